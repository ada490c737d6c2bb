"""Working days and working hours of Vietnamese offices.

The public holidays, with days in lieu and swapped days, come from the `holidays` package; an office's
own decisions come in as `overrides` (day → is it worked?) and win. Hours are 07:30–11:30 and 13:30–17:30.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType

import holidays

from .clock import ZONE

OPENING, NOON, AFTERNOON, CLOSING = time(7, 30), time(11, 30), time(13, 30), time(17, 30)
SESSIONS = ((OPENING, NOON), (AFTERNOON, CLOSING))
FULL_DAY = timedelta(hours=8)
LAST_AFTERNOON = time(17)
SATURDAY = 5

Overrides = Mapping[date, bool]
NO_OVERRIDES: Overrides = MappingProxyType({})


@cache
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return a year's days off and its weekend days that are worked instead of another day."""
    # A swap may reach over New Year, so the neighbours are read too.
    calendar = holidays.country_holidays("VN", years=(year - 1, year, year + 1))
    return frozenset(calendar), frozenset(calendar.weekend_workdays)


def is_working_day(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether offices work on `day`."""
    if day in overrides:
        return overrides[day]
    days_off, worked_weekends = _year(day.year)
    return day in worked_weekends if day.weekday() >= SATURDAY else day not in days_off


def is_public_holiday(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether a day off is more than a weekend: a public holiday, one in lieu, or off by decision."""
    return not is_working_day(day, overrides) and (day in _year(day.year)[0] or day in overrides)


def is_in_holiday(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether `day` lies in an unbroken run of days off with a public holiday among them: weekends beside one too."""
    if is_working_day(day, overrides):
        return False
    run = days_off_from(add_working_days(day, -1, overrides) + timedelta(days=1), overrides)
    return any(is_public_holiday(off, overrides) for off in run)


def holiday_after(day: date, overrides: Overrides = NO_OVERRIDES, *, within: int = 10) -> tuple[date, date] | None:
    """Return the first and last day of the holiday that begins at most `within` days after `day`.

    A holiday is a run of two or more days off with a public holiday among them; a plain weekend is none.
    """
    first, end = day + timedelta(days=1), day + timedelta(days=within)
    while first <= end:
        run = days_off_from(first, overrides)
        if len(run) > 1 and any(is_public_holiday(off, overrides) for off in run):
            return run[0], run[-1]
        first += timedelta(days=len(run) + 1)
    return None


def holiday_around(day: date, overrides: Overrides = NO_OVERRIDES, *, within: int = 10) -> tuple[date, date] | None:
    """Return the holiday in which `day` lies, else the nearest that ends or begins at most `within` days from it."""

    def distance(holiday: tuple[date, date]) -> int:
        return max((holiday[0] - day).days, (day - holiday[1]).days, 0)

    found, start = [], subtract_working_days(day - timedelta(days=within), 1, overrides)
    while holiday := holiday_after(start, overrides, within=(day - start).days + within):
        found.append(holiday)
        start = holiday[1]
    return min((one for one in found if distance(one) <= within), key=distance, default=None)


def days_off_from(day: date, overrides: Overrides) -> list[date]:
    """Return the unbroken days off from `day` on, none where it is worked."""
    return [day + timedelta(days=n) for n in range((next(_walk(day - timedelta(days=1), 1, overrides)) - day).days)]


def _walk(day: date, step: int, overrides: Overrides) -> Iterator[date]:
    """Yield the working days after (step 1) or before (step -1) `day`, nearest first."""
    while True:
        day += timedelta(days=step)
        if is_working_day(day, overrides):
            yield day


def add_working_days(day: date, count: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """Return the `count`-th working day after `day`; a negative count goes back, 0 is the day itself."""
    days = _walk(day, 1 if count > 0 else -1, overrides)
    for _step in range(abs(count)):
        day = next(days)
    return day


def subtract_working_days(day: date, count: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """Return the `count`-th working day before `day`."""
    return add_working_days(day, -count, overrides)


def working_days_between(start: date, end: date, overrides: Overrides = NO_OVERRIDES) -> int:
    """Count the working days after `start` up to and with `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start, overrides)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, overrides) for day in days)


def at(day: date, hour: time) -> datetime:
    """Return the aware moment of an hour of a day in Vietnam."""
    return datetime.combine(day, hour, ZONE)


def _sessions(day: date, overrides: Overrides) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working sessions from `day` on, without end."""
    while True:
        if is_working_day(day, overrides):
            yield from ((at(day, start), at(day, end)) for start, end in SESSIONS)
        day += timedelta(days=1)


def working_hours_between(start: datetime, end: datetime, overrides: Overrides = NO_OVERRIDES) -> timedelta:
    """Return the working time between two moments, nothing when `end` comes first."""
    total = timedelta()
    for opens, closes in _sessions(start.astimezone(ZONE).date(), overrides):
        if opens >= end:
            return total
        total += max(min(closes, end) - max(opens, start), timedelta())
    return total


def add_working_hours(moment: datetime, amount: timedelta, overrides: Overrides = NO_OVERRIDES) -> datetime:
    """Return the moment when `amount` of working time has passed since `moment`."""
    if not amount:
        return moment.astimezone(ZONE)
    for opens, closes in _sessions(moment.astimezone(ZONE).date(), overrides):
        begin = max(opens, moment)
        left = max(closes - begin, timedelta())
        if amount <= left:
            return (begin + amount).astimezone(ZONE)
        amount -= left
    raise AssertionError("sessions never end")


def is_office_time(moment: datetime, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether a message may reach an office now: a working day, 07:30 to 17:30, the noon break included."""
    here = moment.astimezone(ZONE)
    return OPENING <= here.time() <= CLOSING and is_working_day(here.date(), overrides)


def last_working_afternoon(before: date, overrides: Overrides = NO_OVERRIDES) -> datetime:
    """Return 17:00 of the last working day before a date."""
    return at(subtract_working_days(before, 1, overrides), LAST_AFTERNOON)


def suggest_deadline(moment: datetime, overrides: Overrides = NO_OVERRIDES) -> datetime | None:
    """Return the last working afternoon before a deadline that falls on a day off, None when its day is worked."""
    day = moment.astimezone(ZONE).date()
    return None if is_working_day(day, overrides) else last_working_afternoon(day, overrides)
