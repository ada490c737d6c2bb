"""Duty and incidents of one holiday for leaders and the quick report, with honest denominators."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from alertdesk.lib import clock
from directives.models import Shift, State
from directives.reports.holiday_facts import holiday_facts
from directives.services.incidents import close_incident, confirm_none
from directives.services.releasing import remove_recipient
from directives.services.rostering import check_in, put_roster, seen_roster
from tests.cast import ISSUED_AT, make_agency, make_cast
from tests.directives.incidents import ADDRESS, make_incident

pytestmark = pytest.mark.django_db
FIRST = clock.local(2023, 4, 29)
ON_DUTY, AFTER = clock.local(2023, 4, 29, 8), clock.local(2023, 5, 4, 8)
PHONE = "0905.111.111"


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def story(cast):
    """Four agencies: a roster that ends after 12 of 120 hours, an early word of none, one removed, one silent."""
    others = [make_agency(f"Sở {n}", parent=cast.province) for n in range(2)]
    health, town, removed, _silent = cast.issue(cast.health, cast.town, *others)
    shift = Shift(post="Trực", name="An", telephone=PHONE, starts_at=FIRST, ends_at=FIRST + timedelta(hours=12))
    put_roster(health, actor=cast.officer, seen=seen_roster(health), shifts=[shift])
    confirm_none(town, actor=cast.town_officer)
    remove_recipient(removed, actor=cast.staff)
    make_incident(cast, health)
    return health


def facts(story, now=ON_DUTY, **fields):
    return holiday_facts(story.directive, now=now, **fields)


def test_who_is_on_duty_is_counted_over_the_agencies_that_are_asked(story):
    duty = facts(story).duty
    assert (duty.agencies, duty.with_roster, duty.without_roster, duty.covered) == (3, 1, 2, 0)
    assert [(one.agency_name, one.line.name) for one in duty.on_duty] == [("Sở Y tế", "An")]


def test_a_shift_counts_as_missed_until_its_person_confirms(story):
    duty = facts(story).duty
    assert (duty.begun, duty.confirmed, duty.missed, len(duty.unconfirmed)) == (1, 0, 1, 1)
    with clock.frozen(ON_DUTY):
        check_in(story.shifts.get())
    duty = facts(story).duty
    assert (duty.begun, duty.confirmed, duty.missed, duty.unconfirmed) == (1, 1, 0, ())


def test_the_gaps_of_the_next_day_begin_where_the_roster_ends_and_stay_inside_the_days_of_duty(story):
    (gap,) = facts(story).duty.gaps
    assert (gap.agency_name, gap.post) == ("Sở Y tế", "Trực")
    assert (gap.starts_at, gap.ends_at) == (FIRST + timedelta(hours=12), ON_DUTY + timedelta(hours=24))
    last = clock.local(2023, 5, 3, 20)
    assert [one.ends_at for one in facts(story, now=last).duty.gaps] == [clock.local(2023, 5, 4)]
    assert facts(story, now=AFTER).duty.gaps == ()


def test_neither_a_telephone_nor_the_detail_of_an_incident_is_in_it(story):
    written = str(asdict(facts(story)))
    assert "Sở Y tế" in written
    assert PHONE not in written
    assert ADDRESS not in written


def test_an_open_incident_stands_there_with_what_is_due_next(cast, story):
    read = facts(story)
    (line,) = read.open_incidents
    assert (line.agency_name, line.is_serious, line.is_late) == ("Sở Y tế", False, False)
    assert line.next_clock.limit.code == "notice_2017"
    incident = story.incidents.get()
    close_incident(incident, actor=cast.officer, values={"ended_at": ISSUED_AT, "result": "Đã cài lại máy."})
    read = facts(story)
    assert (read.open_incidents, read.incidents.closed) == ((), 1)


def test_incidents_are_new_from_the_given_moment_on(story):
    assert facts(story).reported == 0
    assert facts(story, since=ISSUED_AT).reported == 1
    assert facts(story, now=ISSUED_AT).reported == 1


def test_who_has_said_nothing_of_incidents_is_counted_and_an_early_word_ends_with_the_holiday(cast, story):
    assert facts(story).silent == 1
    assert facts(story, now=AFTER).silent == 2
    assert story.directive.assignments.filter(state=State.WITHDRAWN).count() == 1
