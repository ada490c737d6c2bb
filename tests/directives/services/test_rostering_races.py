"""Two people of an agency save the roster at the same moment, on PostgreSQL: one of them is told."""

from datetime import timedelta

import pytest
from django.db import connection

from agencies.models import DutyPerson, Event, Role
from alertdesk.lib import clock
from directives.models import Assignment, Shift
from directives.services.errors import Overtaken
from directives.services.rostering import check_in, put_roster, seen_roster
from tests.cast import ISSUED_AT, make_cast, make_user
from tests.directives.services.test_races import race, winners

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
RACERS = 6


@pytest.fixture
def cast():
    assert connection.vendor == "postgresql"
    with clock.frozen(ISSUED_AT):
        yield make_cast()


def roster(name):
    begin = clock.local(2023, 4, 29)
    hours = timedelta(hours=12)
    return [
        Shift(post="Trực", name=name, telephone="0905111", starts_at=begin + hours * n, ends_at=begin + hours * (n + 1))
        for n in range(4)
    ]


def test_of_many_who_save_the_roster_at_once_one_wins_and_it_is_whole(cast):
    health = cast.issue()[0]
    people = [make_user(f"canbo{n}@syt.example", Role.OFFICER, cast.health) for n in range(RACERS)]
    seen = seen_roster(health)

    def save(n):
        return lambda: put_roster(
            Assignment.objects.get(pk=health.pk), actor=people[n], seen=seen, shifts=roster(f"Người {n}")
        )

    results = race(*[save(n) for n in range(RACERS)])
    assert len(winners(results)) == 1
    assert all(isinstance(result, Overtaken) for result in results if result is not None)
    assert len(set(health.shifts.values_list("name", flat=True))) == 1
    assert health.shifts.count() == 4
    assert DutyPerson.objects.count() == 1
    assert Event.objects.filter(act="put_roster").count() == 1


def test_many_presses_of_one_link_are_one_confirmation(cast):
    health = cast.issue()[0]
    put_roster(health, actor=cast.officer, seen=seen_roster(health), shifts=roster("An"))
    first = health.shifts.first()

    def press():
        with clock.frozen(first.starts_at):
            return check_in(first)

    assert len(winners(race(*[press] * RACERS))) == RACERS
    assert Event.objects.filter(act="check_in").count() == 1
