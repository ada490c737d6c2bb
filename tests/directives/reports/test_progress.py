"""Progress counts the reports that stand, each on the day it first came."""

from datetime import timedelta

import pytest

from alertdesk.lib import clock
from directives.reports.numbers import numbers
from directives.reports.progress import progress
from directives.services.recording import record_report
from directives.services.submitting import submit_report, take_back
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def _send(cast, assignment, at):
    with clock.frozen(at):
        answer_everything(assignment, cast.officer)
        return submit_report(assignment, actor=cast.officer)


def _shown(directive, now):
    return [(point.day.day, point.reported) for point in progress(directive, now=now).points]


def test_reports_add_up_day_by_day_to_todays_number(cast):
    health, town = cast.issue()
    _send(cast, health, ISSUED_AT + timedelta(days=1))
    items = [{"action": action, "status": "done"} for action in town.directive.actions.all()]
    with clock.frozen(DEADLINE):
        record_report(town, actor=cast.staff, channel="paper", arrived_on=ISSUED_AT.date(), items=items)
    assert _shown(health.directive, DEADLINE) == [(26, 1), (27, 2), (28, 2)]
    assert numbers(health.directive, now=DEADLINE).reported == 2


def test_report_taken_back_no_longer_counts(cast):
    [health, _town] = cast.issue()
    _send(cast, health, ISSUED_AT)
    health.refresh_from_db()
    take_back(health, actor=cast.officer)
    assert _shown(health.directive, DEADLINE) == [(26, 0), (27, 0), (28, 0)]


def test_second_sending_keeps_the_day_of_the_first(cast):
    [health, _town] = cast.issue()
    _send(cast, health, ISSUED_AT)
    health.refresh_from_db()
    take_back(health, actor=cast.officer)
    health.refresh_from_db()
    with clock.frozen(DEADLINE):
        submit_report(health, actor=cast.officer)
    assert _shown(health.directive, DEADLINE) == [(26, 1), (27, 1), (28, 1)]


def test_day_of_a_report_is_the_day_in_vietnam(cast):
    [health, _town] = cast.issue()
    _send(cast, health, clock.local(2023, 4, 27, 0, 30))
    assert _shown(health.directive, DEADLINE)[:2] == [(26, 0), (27, 1)]


def test_curve_ends_a_week_after_the_deadline_and_reaches_it_when_to_come(cast):
    directive = cast.issue()[0].directive
    long_after = progress(directive, now=DEADLINE + timedelta(days=900))
    assert (len(long_after.points), long_after.last_day) == (10, (DEADLINE + timedelta(days=7)).date())
    early = progress(directive, now=ISSUED_AT)
    assert (len(early.points), early.last_day) == (1, DEADLINE.date())
