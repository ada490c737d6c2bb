"""Working days and hours, by the official calendar of the years it was announced for."""

from datetime import date, timedelta

import pytest

from alertdesk.lib import working_days as office
from alertdesk.lib.clock import local


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2023, 4, 28), True),
        (date(2023, 4, 29), False),
        (date(2023, 4, 30), False),
        (date(2023, 5, 1), False),
        (date(2023, 5, 2), False),  # in lieu of the Kings' Day on a Saturday
        (date(2023, 5, 3), False),  # in lieu of 30/4 on a Sunday
        (date(2023, 5, 4), True),
        (date(2024, 4, 29), False),  # swapped
        (date(2024, 5, 4), True),  # the Saturday it was swapped for
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2019, 1, 5), True),  # swapped over New Year
        (date(2018, 12, 31), False),
        (date(2026, 2, 17), False),  # Tết by the moon
    ],
)
def test_public_holidays_days_in_lieu_and_swapped_days_are_known(day, is_worked):
    assert office.is_working_day(day) is is_worked


def test_the_offices_own_decision_wins_over_the_calendar():
    overrides = {date(2023, 4, 29): True, date(2023, 4, 28): False}
    assert office.is_working_day(date(2023, 4, 29), overrides)
    assert not office.is_working_day(date(2023, 4, 28), overrides)
    assert office.subtract_working_days(date(2023, 5, 4), 2, overrides) == date(2023, 4, 27)


def test_working_days_are_counted_over_holidays():
    assert office.subtract_working_days(date(2026, 4, 30), 3) == date(2026, 4, 24)
    assert office.add_working_days(date(2023, 4, 28), 1) == date(2023, 5, 4)
    assert office.add_working_days(date(2023, 4, 30), 0) == date(2023, 4, 30)
    assert office.working_days_between(date(2023, 4, 26), date(2023, 5, 4)) == 3
    assert office.working_days_between(date(2023, 5, 4), date(2023, 4, 26)) == -3
    assert office.working_days_between(date(2023, 4, 28), date(2023, 5, 3)) == 0


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (local(2023, 4, 26, 9), local(2023, 4, 28, 17), 22),
        (local(2023, 4, 28, 11), local(2023, 4, 28, 14), 1),  # noon is not worked
        (local(2023, 4, 28, 17), local(2023, 5, 4, 8), 1),
        (local(2023, 4, 29, 8), local(2023, 5, 3, 17), 0),
        (local(2023, 4, 28, 12), local(2023, 4, 28, 9), 0),
    ],
)
def test_working_hours_are_those_of_the_two_sessions(start, end, hours):
    assert office.working_hours_between(start, end) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (local(2023, 4, 26, 9), 4, local(2023, 4, 26, 15)),
        (local(2023, 4, 26, 9), 11, local(2023, 4, 27, 14)),
        (local(2023, 4, 28, 16), 4, local(2023, 5, 4, 10)),
        (local(2023, 4, 28, 20), 1, local(2023, 5, 4, 8, 30)),
        (local(2023, 4, 28, 7, 30), 4, local(2023, 4, 28, 11, 30)),
        (local(2023, 4, 29, 12), 0, local(2023, 4, 29, 12)),
    ],
)
def test_working_hours_are_added_over_noon_nights_and_holidays(start, hours, end):
    assert office.add_working_hours(start, timedelta(hours=hours)) == end


def test_a_deadline_on_a_day_off_is_offered_the_last_working_afternoon():
    assert office.suggest_deadline(local(2023, 4, 30, 23, 59, 59)) == local(2023, 4, 28, 17)
    assert office.suggest_deadline(local(2023, 5, 4, 9)) is None
    assert office.suggest_deadline(local(2023, 4, 30, 9), {date(2023, 4, 30): True}) is None


def test_office_time_is_a_working_day_from_opening_to_closing():
    assert office.is_office_time(local(2023, 4, 28, 7, 30))
    assert office.is_office_time(local(2023, 4, 28, 12))
    assert not office.is_office_time(local(2023, 4, 28, 7, 29))
    assert not office.is_office_time(local(2023, 4, 28, 17, 31))
    assert not office.is_office_time(local(2023, 4, 29, 9))


def test_the_holiday_after_a_deadline_is_the_run_with_a_public_holiday_in_it():
    assert office.holiday_after(date(2023, 4, 28)) == (date(2023, 4, 29), date(2023, 5, 3))
    assert office.holiday_after(date(2023, 4, 20)) == (
        date(2023, 4, 29),
        date(2023, 5, 3),
    )  # the weekend before is none
    assert office.holiday_after(date(2023, 4, 18)) is None  # more than ten days ahead
    assert office.holiday_after(date(2023, 1, 19)) == (date(2023, 1, 20), date(2023, 1, 26))  # Tết


def test_a_plain_weekend_and_a_single_day_off_are_no_holiday():
    assert office.holiday_after(date(2023, 6, 15)) is None
    assert (
        office.holiday_after(date(2025, 3, 31), {date(2025, 4, 7): True}) is None
    )  # the anniversary's Monday is worked


def test_days_off_by_decision_lengthen_a_holiday_or_make_one():
    assert office.holiday_after(date(2023, 4, 28), {date(2023, 5, 4): False}) == (date(2023, 4, 29), date(2023, 5, 4))
    assert office.holiday_after(date(2023, 6, 15), {date(2023, 6, 19): False}) == (date(2023, 6, 17), date(2023, 6, 19))


def test_a_deadline_inside_a_holiday_leaves_the_rest_of_it():
    assert office.holiday_after(date(2023, 4, 30)) == (date(2023, 5, 1), date(2023, 5, 3))


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2023, 4, 28), (date(2023, 4, 29), date(2023, 5, 3))),  # the day before it
        (date(2023, 5, 1), (date(2023, 4, 29), date(2023, 5, 3))),  # within it
        (date(2023, 5, 4), (date(2023, 4, 29), date(2023, 5, 3))),  # the first day after it
        (date(2023, 4, 18), None),  # more than ten days before it
        (date(2023, 5, 14), None),  # more than ten days after it
        (date(2022, 12, 31), (date(2022, 12, 31), date(2023, 1, 2))),
        (date(2023, 1, 12), (date(2023, 1, 20), date(2023, 1, 26))),  # Tết is eight days on, New Year ten back
    ],
)
def test_the_holiday_around_a_day_is_the_one_it_lies_in_or_else_the_nearest(day, holiday):
    assert office.holiday_around(day) == holiday


def test_an_offices_own_decision_makes_the_holiday_around_a_day_longer():
    longer = (date(2023, 4, 29), date(2023, 5, 4))
    assert office.holiday_around(date(2023, 5, 4), {date(2023, 5, 4): False}) == longer
