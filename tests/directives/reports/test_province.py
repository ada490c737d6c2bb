"""What leaders read changes with the holiday: who owes before it, whom to call in it, what came of it after."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alertdesk.lib import clock
from directives.models import CalendarOverride
from directives.reports.home import desk
from directives.reports.phase import Phase, stage_of
from directives.reports.province import WAITING_SHOWN, province
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_agency, make_cast

pytestmark = pytest.mark.django_db
AFTER = clock.local(2023, 5, 4, 8)


@pytest.fixture
def cast():
    return make_cast()


def read(cast, now):
    return province(desk(cast.leader, now=now).in_progress, now=now)


def send(cast, assignment, at=ISSUED_AT):
    with clock.frozen(at):
        answer_everything(assignment, cast.officer)
        assignment.refresh_from_db()
        submit_report(assignment, actor=cast.officer)


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (clock.local(2023, 4, 26, 9), Phase.BEFORE),
        (clock.local(2023, 4, 28, 23), Phase.BEFORE),  # the deadline has passed, the holiday has not begun
        (clock.local(2023, 4, 29), Phase.DURING),
        (clock.local(2023, 5, 3, 23), Phase.DURING),
        (clock.local(2023, 5, 4), Phase.AFTER),
    ],
)
def test_the_holiday_after_the_deadline_divides_the_time(moment, phase):
    stage = stage_of(DEADLINE, now=moment, overrides={})
    assert (stage.phase, stage.first_day, stage.last_day) == (phase, date(2023, 4, 29), date(2023, 5, 3))


def test_without_a_holiday_near_it_the_deadline_divides_the_time():
    deadline = clock.local(2023, 6, 15, 17)
    assert stage_of(deadline, now=deadline, overrides={}).phase == Phase.BEFORE
    assert stage_of(deadline, now=deadline + timedelta(hours=1), overrides={}).phase == Phase.AFTER


def test_the_offices_own_calendar_is_read(cast):
    cast.issue()
    CalendarOverride.objects.create(day=date(2023, 5, 4), is_working=False)
    (part,) = read(cast, AFTER)
    assert part.stage.phase == Phase.DURING


def test_before_the_holiday_the_first_agencies_without_a_report_are_named_in_order(cast):
    send(cast, cast.issue(cast.health, *(make_agency(f"Sở {letter}") for letter in "ĐDCĂABÂEÊGHI"))[0])
    (part,) = read(cast, DEADLINE - timedelta(hours=1))
    names = [agency.agency_name for agency in part.waiting]
    assert names == [f"Sở {letter}" for letter in "AĂÂBCDĐEÊG"]
    assert len(names) == WAITING_SHOWN
    assert part.line.numbers.owing == 12
    assert part.results == ()


def test_an_agency_without_a_report_comes_with_its_telephone_and_lateness(cast):
    cast.issue(cast.health)
    (part,) = read(cast, clock.local(2023, 4, 28, 23))
    (agency,) = part.waiting
    assert (agency.telephone, agency.is_late, agency.days_late) == ("0256.3800001", True, 0)


def test_in_the_holiday_nobody_is_listed_and_the_contacts_are_there(cast):
    cast.issue()
    (part,) = read(cast, clock.local(2023, 4, 30, 7))
    assert (part.waiting, part.results) == ((), ())
    assert part.line.contacts[0]["phones"] == ["0256.2210517"]


def test_after_the_holiday_the_answers_of_standing_reports_are_counted(cast):
    health, _town = cast.issue()
    send(cast, health)
    (part,) = read(cast, AFTER)
    assert part.results == (("done", 5), ("partly", 0), ("nil", 0), ("not_applicable", 0))
    assert part.answers == 5


def test_reports_that_came_today_are_the_gain_since_yesterday(cast):
    health, town = cast.issue()
    send(cast, health, ISSUED_AT)
    send(cast, cast.issue(cast.health)[0], DEADLINE - timedelta(hours=2))
    gained = {part.line.directive_id: part.line.gained for part in read(cast, DEADLINE - timedelta(hours=1))}
    assert gained[town.directive_id] == 0
    assert sum(gained.values()) == 1


@pytest.mark.parametrize("now", [DEADLINE, clock.local(2023, 4, 30, 7), AFTER])
def test_many_directives_take_no_more_queries_than_one(cast, django_assert_num_queries, now):
    send(cast, cast.issue()[0])
    read(cast, now)  # the person's memberships are read once
    with CaptureQueriesContext(connection) as few:
        read(cast, now)
    for _n in range(4):
        send(cast, cast.issue()[0])
    with django_assert_num_queries(len(few)):
        read(cast, now)
