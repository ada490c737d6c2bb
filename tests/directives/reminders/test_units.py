"""Units to which a directive was passed on are told and reminded like everybody, by their own deadline."""

import pytest

from alertdesk.lib import clock
from directives.models import Notice, State
from directives.reminders.cases import read_cases
from tests.cast import ISSUED_AT
from tests.directives.units import make_unit, passed_on, report

from .conftest import sweep_at

PASSED_ON_AT = clock.local(2023, 4, 26, 15)
Kind = Notice.Kind


@pytest.fixture
def child(cast, way_out):
    with clock.frozen(ISSUED_AT):
        town = cast.issue()[1]
    sweep_at(2023, 4, 26, 9, 5)
    with clock.frozen(PASSED_ON_AT):
        return passed_on(cast, make_unit(cast.town, 1)[0], parent=town)[0]


def told(child):
    return set(Notice.objects.filter(assignment=child).values_list("kind", "address"))


def test_a_unit_is_told_at_its_mailbox_and_its_officers(child, way_out):
    sweep_at(2023, 4, 26, 15, 5)
    assert told(child) == {(Kind.ARRIVAL, "xa1@quynhon.example"), (Kind.ARRIVAL, "vanthu@xa1.example")}
    assert "17:00 27/04/2023" in way_out.sent[-1].subject


def test_its_window_opens_when_it_was_passed_on(child):
    with clock.frozen(PASSED_ON_AT):
        cases, _without = read_cases(PASSED_ON_AT)
    case = next(case for case in cases if case.assignment_id == child.pk)
    assert (case.begun_at, case.due_at) == (PASSED_ON_AT, child.due_at)


def test_it_is_reminded_on_its_own_day_and_after_it(child):
    sweep_at(2023, 4, 26, 15, 5)
    sweep_at(2023, 4, 27, 15, 30)
    assert (Kind.LAST_HOURS, "vanthu@xa1.example") in told(child)
    sweep_at(2023, 4, 28, 8)
    assert (Kind.OVERDUE, "vanthu@xa1.example") in told(child)


def test_nobody_is_reminded_of_what_was_sent(child):
    sweep_at(2023, 4, 26, 15, 5)
    officer = child.agency.memberships.get().user
    with clock.frozen(PASSED_ON_AT):
        report(child, officer)
    sweep_at(2023, 4, 28, 8)
    child.refresh_from_db()
    assert child.state == State.SUBMITTED
    assert {kind for kind, _address in told(child)} == {Kind.ARRIVAL}


def test_reading_the_cases_takes_no_query_for_each_unit(cast, child, django_assert_max_num_queries):
    with clock.frozen(PASSED_ON_AT):
        passed_on(cast, *(make_unit(cast.town, number)[0] for number in range(2, 9)), parent=child.parent)
        with django_assert_max_num_queries(8):
            read_cases(PASSED_ON_AT)
