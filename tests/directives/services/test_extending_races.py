"""Requests for more time under real parallel acts on PostgreSQL: one winner, the others are told."""

from datetime import timedelta

import pytest
from django.db import connection

from alertdesk.lib import clock
from directives.models import Assignment, ExtensionRequest, ExtensionState, Notice, State
from directives.services.extending import (
    ask_extension,
    extend_unasked,
    grant_extension,
    refuse_extension,
    withdraw_request,
)
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_cast
from tests.directives.services.test_races import RACERS, race, winners

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
LATER = clock.local(2023, 5, 4, 17)
REASON = "Chờ số liệu của các đơn vị trực thuộc."


@pytest.fixture
def cast():
    assert connection.vendor == "postgresql"
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def asked(health, cast):
    return ask_extension(health, actor=cast.officer, until=LATER, reason=REASON)


def test_of_many_asking_at_once_one_request_stays(cast, health):
    results = race(*[lambda: asked(fresh(health), cast)] * RACERS)
    assert len(winners(results)) == 1
    assert ExtensionRequest.objects.count() == 1


def test_without_the_lock_the_constraint_alone_leaves_one_request(cast, health, monkeypatch):
    """The control: what the lock orders, the database would refuse, and the loser still reads a sentence."""
    monkeypatch.setattr("directives.services.extending.locked", fresh)
    results = race(*[lambda: asked(fresh(health), cast)] * RACERS)
    assert len(winners(results)) == 1
    assert ExtensionRequest.objects.count() == 1


def test_of_staff_deciding_at_once_one_wins_and_the_agency_is_told_once(cast, health):
    request = asked(health, cast)
    acts = [
        lambda n=n: grant_extension(
            fresh(request), actor=(cast.staff, cast.second_staff)[n % 2], until=LATER + timedelta(days=n)
        )
        for n in range(RACERS)
    ]
    acts.append(lambda: refuse_extension(fresh(request), actor=cast.staff, note="Đề nghị báo cáo đúng hạn."))
    assert len(winners(race(*acts))) == 1
    decided, health = fresh(request), fresh(health)
    granted = decided.state == ExtensionState.GRANTED
    assert (health.due_at, health.cycle) == ((decided.granted_until, 2) if granted else (DEADLINE, 1))
    assert Notice.objects.filter(kind="extension", channel="email").count() == 2  # its mailbox and its officer


def test_of_granting_and_withdrawing_one_wins(cast, health):
    request = asked(health, cast)
    results = race(
        lambda: grant_extension(fresh(request), actor=cast.staff, until=LATER),
        lambda: withdraw_request(fresh(request), actor=cast.officer),
    )
    assert len(winners(results)) == 1
    assert fresh(health).is_extended == (fresh(request).state == ExtensionState.GRANTED)


def test_a_report_sent_while_more_time_is_granted_is_never_lost(cast, health):
    answer_everything(health, cast.officer)
    request = asked(health, cast)
    results = race(
        lambda: submit_report(fresh(health), actor=cast.officer),
        lambda: grant_extension(fresh(request), actor=cast.staff, until=LATER),
    )
    assert not isinstance(results[0], Exception)
    health = fresh(health)
    assert (health.state, health.submissions.count()) == (State.SUBMITTED, 1)
    # Granted first, or refused because the report was there.
    assert health.is_extended == (fresh(request).state == ExtensionState.GRANTED)


def test_asking_and_being_given_at_once_leave_no_request_that_stands_beside_the_gift(cast, health):
    race(
        lambda: ask_extension(fresh(health), actor=cast.officer, until=LATER, reason=REASON),
        lambda: extend_unasked(fresh(health), actor=cast.staff, until=LATER, reason=REASON),
    )
    rows = list(ExtensionRequest.objects.values_list("state", flat=True))
    assert rows in (["asked"], ["granted"])
    assert Assignment.objects.get(pk=health.pk).is_extended == (rows == ["granted"])
