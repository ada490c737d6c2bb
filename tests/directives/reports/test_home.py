"""The first page lists what an officer owes, and what a desk has running, to review and to call."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Assignment, State
from directives.reports.checklist import NextStep
from directives.reports.home import desk, my_work
from directives.services.answering import acknowledge
from directives.services.calling import log_call
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_agency, make_cast, make_directive, make_user

pytestmark = pytest.mark.django_db
NOW, LATER = DEADLINE - timedelta(hours=1), DEADLINE + timedelta(days=2)


@pytest.fixture
def cast():
    return make_cast()


def test_officer_sees_own_work_with_the_next_step_and_nobody_elses(cast):
    health, town = cast.issue()
    [line] = my_work(cast.officer, now=NOW)
    assert (line.assignment_id, line.next_step, line.complete, line.total) == (health.pk, NextStep.ACKNOWLEDGE, 0, 5)
    assert [line.assignment_id for line in my_work(cast.head, now=NOW)] == [town.pk]
    assert my_work(cast.staff, now=NOW) == ()
    assert my_work(cast.admin, now=NOW) == ()


def test_officer_of_an_agency_sees_the_work_of_its_units(cast):
    unit = make_agency("Trung tâm Y tế", parent=cast.health)
    [assignment] = cast.issue(unit)
    assert [line.assignment_id for line in my_work(cast.officer, now=NOW)] == [assignment.pk]


def test_what_is_owed_comes_first_and_withdrawn_work_is_gone(cast):
    sent, owed, gone = (cast.issue(cast.health)[0] for _n in range(3))
    answer_everything(sent, cast.officer)
    submit_report(sent, actor=cast.officer)
    Assignment.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
    lines = my_work(cast.officer, now=LATER)
    assert [(line.assignment_id, line.late, line.days_late) for line in lines] == [
        (owed.pk, True, 2),
        (sent.pk, False, 0),
    ]


def test_desk_sees_running_directives_with_their_numbers_and_drafts_apart(cast):
    health, _town = cast.issue()
    draft = make_directive(cast.desk)
    answer_everything(health, cast.officer)
    submit_report(health, actor=cast.officer)
    seen = desk(cast.staff, now=LATER)
    [line] = seen.in_progress
    assert (line.numbers.agencies, line.numbers.reported, line.numbers.overdue) == (2, 1, 1)
    assert ([d.directive_id for d in seen.drafts], seen.to_review) == ([draft.pk], 1)
    assert desk(cast.leader, now=LATER) == replace(seen, drafts=())


def test_stranger_to_the_issuing_body_sees_no_directive(cast):
    cast.issue()
    other = make_user("x@khac.example", Role.STAFF, make_agency("Sở khác"))
    seen = desk(other, now=LATER)
    assert (seen.in_progress, seen.drafts, seen.to_call, seen.to_review) == ((), (), (), 0)


def test_late_agency_is_to_be_called_until_reached_or_promised(cast):
    health, town = cast.issue()
    assert desk(cast.staff, now=DEADLINE - timedelta(days=2)).to_call == ()
    assert {call.assignment_id for call in desk(cast.staff, now=LATER).to_call} == {health.pk, town.pk}
    with clock.frozen(LATER):
        log_call(health, actor=cast.staff, spoke_with="A", promised="Sẽ gửi")
    promised_on = (LATER + timedelta(days=2)).date()
    with clock.frozen(DEADLINE + timedelta(hours=1)):
        log_call(town, actor=cast.staff, spoke_with="B", promised="Hẹn", promised_on=promised_on)
    assert desk(cast.staff, now=LATER).to_call == ()
    after = desk(cast.staff, now=LATER + timedelta(days=1)).to_call
    assert [call.assignment_id for call in after] == [health.pk]
    assert len(desk(cast.staff, now=LATER + timedelta(days=3)).to_call) == 2


def test_agency_without_receipt_is_to_be_called_on_the_last_day(cast):
    health, town = cast.issue()
    acknowledge(health, actor=cast.officer)
    (call,) = desk(cast.staff, now=NOW).to_call
    assert (call.assignment_id, call.is_late) == (town.pk, False)


def test_home_takes_the_same_queries_for_one_and_five_directives(cast, django_assert_num_queries):
    def officer_and_desk():
        my_work(cast.officer, now=LATER)
        desk(cast.staff, now=LATER)

    acknowledge(cast.issue()[0], actor=cast.officer)
    officer_and_desk()  # the people's memberships are read once
    with CaptureQueriesContext(connection) as few:
        officer_and_desk()
    for _n in range(4):
        acknowledge(cast.issue()[0], actor=cast.officer)
    with django_assert_num_queries(len(few)):
        officer_and_desk()
