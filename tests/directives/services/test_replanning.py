"""The desk changes when a directive reminds, and the planner keeps to it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Event
from alertdesk.lib import clock
from directives.models import Notice, ReminderPlan, State
from directives.reminders.sweep import sweep
from directives.services.closing import close_directive
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.replanning import plan_of, replan
from tests.cast import make_cast

LATE = clock.local(2023, 5, 19, 17)


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def directive(cast):
    (assignment,) = cast.issue(cast.health, deadline=LATE)
    type(assignment).objects.update(state=State.ACKNOWLEDGED)
    return assignment.directive


def days_of_reminders(*days) -> list[str]:
    """Sweep on days of May at 08:00 and return on which of them a reminder was planned."""
    found = []
    for day in days:
        with clock.frozen(clock.local(2023, 5, day, 8)):
            if sweep()["planned"]:
                found.append(day)
    return found


def test_without_a_plan_of_its_own_a_directive_keeps_to_the_usual_days(directive):
    assert plan_of(directive).pk is None
    assert days_of_reminders(*range(4, 25)) == [10, 16, 18, 19, 22, 23, 24]


def test_the_planner_reads_the_days_that_the_desk_has_chosen(cast, directive):
    replan(directive, actor=cast.staff, seen=0, days_before=[2, 5, 2], on_the_day=False, overdue_every=2)
    assert ReminderPlan.objects.get().days_before == [5, 2]
    assert days_of_reminders(*range(4, 27)) == [12, 17, 22, 24, 26]


def test_a_day_left_out_sends_nothing_and_the_next_one_goes_on(cast, directive):
    replan(directive, actor=cast.staff, seen=0, skipped=[date(2023, 5, 18), date(2023, 5, 22)])
    assert days_of_reminders(18, 19, 22, 23) == [19, 23]


def test_nothing_before_or_after_the_deadline_where_the_desk_wants_none(cast, directive):
    replan(directive, actor=cast.staff, seen=0, days_before=[], on_the_day=False, overdue_every=0)
    assert days_of_reminders(*range(4, 27)) == []


def test_duty_is_left_alone_where_the_desk_wants_it(cast):
    (assignment,) = cast.issue(cast.health)
    replan(assignment.directive, actor=cast.staff, seen=0, roster=False, check_in=False)
    with clock.frozen(clock.local(2023, 4, 28, 8)):
        sweep()
    assert not Notice.objects.filter(kind="roster").exists()


def test_each_change_counts_up_and_leaves_its_line_in_the_trail(cast, directive):
    assert replan(directive, actor=cast.staff, seen=0, on_the_day=False).version == 1
    assert replan(directive, actor=cast.staff, seen=1, on_the_day=True).version == 2
    assert list(Event.objects.filter(act="replan").values_list("actor", flat=True)) == [cast.staff.pk] * 2


def test_a_change_that_was_overtaken_is_refused_and_changes_nothing(cast, directive):
    replan(directive, actor=cast.second_staff, seen=0, days_before=[2])
    with pytest.raises(Overtaken):
        replan(directive, actor=cast.staff, seen=0, days_before=[9])
    assert ReminderPlan.objects.get().days_before == [2]


def test_nobody_but_its_desk_changes_a_plan_and_only_while_the_directive_is_in_force(cast, directive):
    for stranger in (cast.officer, cast.leader, cast.admin):
        with pytest.raises(NotAllowed):
            replan(directive, actor=stranger, seen=0, on_the_day=False)
    close_directive(directive, actor=cast.staff)
    directive.refresh_from_db()
    with pytest.raises(DomainError, match="hiệu lực"):
        replan(directive, actor=cast.staff, seen=0, on_the_day=False)
    assert not ReminderPlan.objects.exists()


@pytest.mark.parametrize("days", [[0], [21], [1, 2, 3, 4, 5, 6, 7]])
def test_days_that_are_none_are_refused(cast, directive, days):
    with pytest.raises(Incomplete):
        replan(directive, actor=cast.staff, seen=0, days_before=days)


def test_the_database_keeps_to_the_known_rhythms(directive):
    with pytest.raises(IntegrityError, match="reminder_plan_overdue_every_known"), transaction.atomic():
        ReminderPlan.objects.create(directive=directive, overdue_every=4)
