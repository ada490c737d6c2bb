"""Passing on under real parallel acts on PostgreSQL: each unit once, and nothing after the end."""

import pytest
from django.db import connection

from alertdesk.lib import clock
from directives.models import Assignment, Directive, State
from directives.services.cascading import pass_on
from directives.services.closing import close_directive
from directives.services.issuing import add_recipient
from directives.services.releasing import remove_recipient
from tests.cast import ISSUED_AT, make_cast
from tests.directives.services.test_races import RACERS, race, winners
from tests.directives.units import FOR_UNITS, make_unit

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    assert connection.vendor == "postgresql"
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def units(cast):
    return [make_unit(cast.town, number)[0] for number in (1, 2, 3)]


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_of_many_officers_passing_on_each_unit_gets_it_once(cast, units):
    town = cast.issue()[1]
    results = race(
        *[
            lambda who=who: pass_on(fresh(town), actor=who, units=units, deadline=FOR_UNITS)
            for who in (cast.head, cast.town_officer) * (RACERS // 2)
        ]
    )
    assert len(winners(results)) == 1
    assert sorted(town.children.values_list("agency", flat=True)) == [unit.pk for unit in units]


def test_of_two_officers_with_other_units_both_win_and_no_place_is_given_twice(cast, units):
    town = cast.issue()[1]
    acts = [lambda u=u: pass_on(fresh(town), actor=cast.head, units=[u], deadline=FOR_UNITS) for u in units]
    assert len(winners(race(*acts))) == 3
    places = list(Assignment.objects.values_list("position", flat=True))
    assert len(set(places)) == len(places)


def test_the_desk_and_the_agency_put_it_to_a_unit_once(cast, units):
    town = cast.issue()[1]
    race(
        lambda: pass_on(fresh(town), actor=cast.head, units=units[:1], deadline=FOR_UNITS),
        lambda: add_recipient(fresh(town.directive), units[0], actor=cast.staff),
    )
    assert Assignment.objects.get(agency=units[0]).parent is None


def test_a_directive_that_is_being_closed_takes_no_unit_on(cast, units):
    town = cast.issue()[1]
    race(
        lambda: pass_on(fresh(town), actor=cast.head, units=units, deadline=FOR_UNITS),
        lambda: close_directive(Directive.objects.get(pk=town.directive_id), actor=cast.staff),
    )
    assert not Assignment.objects.exclude(state=State.LAPSED).exists()


def test_an_agency_that_is_being_released_leaves_no_unit_behind(cast, units):
    town = cast.issue()[1]
    race(
        lambda: pass_on(fresh(town), actor=cast.head, units=units, deadline=FOR_UNITS),
        lambda: remove_recipient(fresh(town), actor=cast.staff),
    )
    assert not town.children.exclude(state=State.WITHDRAWN).exists()
