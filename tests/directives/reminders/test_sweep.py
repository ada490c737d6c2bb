"""One sweep by its command, its heartbeat, and the whole way across the deadline."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from alertdesk.lib import clock
from directives.models import Assignment, DemoClock, Heartbeat, Notice, State
from directives.reminders import sweep as sweeping
from directives.reminders.outbox import enqueue
from directives.tasks import sweep as task

from .conftest import sweep_at


def command(*arguments: str) -> dict:
    out = io.StringIO()
    call_command("sweep_reminders", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_the_counts_of_a_sweep_at_that_moment(cast, mailoutbox):
    cast.issue(cast.health)
    counts = command("--at", "2023-04-26T09:00")
    assert (counts["planned"], counts["sent"], counts["without_address"]) == (2, 2, 0)
    assert command("--at", "2023-04-26T02:00:00+00:00")["planned"] == 0
    counts = command("--at", "2023-04-28T07:30")
    assert (counts["planned"], counts["sent"]) == (4, 2), "the day itself and the roster, in one message"
    assert len(mailoutbox) == 4


def test_a_moment_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="28/4"):
        command("--at", "28/4")


def test_in_the_demo_the_sweep_stands_at_the_storys_moment(cast):
    cast.issue(cast.health)
    DemoClock.objects.create(now=clock.local(2023, 4, 26, 9))
    command()
    assert set(Notice.objects.values_list("planned_at", flat=True)) == {clock.local(2023, 4, 26, 9)}


def test_every_sweep_leaves_the_heartbeat_of_the_real_clock(db):
    Heartbeat.objects.create(pk=1, swept_at=timezone.now() - timedelta(days=1))
    task()
    beat = Heartbeat.objects.get()
    assert abs((timezone.now() - beat.swept_at).total_seconds()) < 5


def test_a_planner_that_fails_keeps_back_nothing_planned_and_turns_ready_red(cast, way_out, monkeypatch):
    (assignment,) = cast.issue(cast.health)
    enqueue(assignment, Notice.Kind.ARRIVAL, cast.health.mailbox)
    monkeypatch.setattr(sweeping, "plan_due", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sweep_at(2023, 4, 26, 9)
    assert len(way_out.sent) == 1
    assert not Heartbeat.objects.exists()


def test_the_clock_crosses_the_deadline_and_only_those_who_owe_are_reminded(cast, way_out):
    health, town = cast.issue(cast.health, cast.town)
    for moment in ((4, 26, 9), (4, 27, 14), (4, 28, 8), (4, 28, 15), (4, 29, 9), (4, 30, 9), (5, 4, 8)):
        if moment == (4, 28, 8):
            Assignment.objects.filter(pk=health.pk).update(state=State.SUBMITTED)
        sweep_at(2023, *moment)
    assert kinds(health) == ["arrival", "half_way"]
    assert kinds(town) == ["arrival", "half_way", "due", "roster", "last_hours", "overdue"]
    assert len(way_out.sent) == 2 * 7


def kinds(assignment) -> list[str]:
    """Return what the agency's mailbox was told, in order."""
    mailbox = assignment.responsible_agency.mailbox
    return list(Notice.objects.filter(assignment=assignment, address=mailbox).values_list("kind", flat=True))
