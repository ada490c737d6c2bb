"""When a directive reminds: the moments of one window by the desk's plan, and at which hours a message may leave.

Before the deadline the occasions are 7, 3 and 1 working days unless the plan says otherwise, or, where the
whole window is under 3 working days, half-way, the last working morning and 2 hours; then the day itself,
and working days after it. During a holiday the calendar reminds nobody; the first working day after it
does, of everything that is open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from alertdesk.lib import working_days as office
from alertdesk.lib.clock import ZONE
from directives.models import Notice

Kind = Notice.Kind
# What a person does on purpose goes out at any hour; an answer waits for the end of a holiday.
ON_PURPOSE = (Kind.ARRIVAL, Kind.AMENDED, Kind.RECALLED, Kind.INVITATION, Kind.MANUAL, Kind.ESCALATED)
PROMPT = (Kind.RETURNED, Kind.EXTENSION, Kind.REPLY, Kind.ACCEPTED)
SHORT_WINDOW = 3 * office.FULL_DAY
LAST_HOURS = timedelta(hours=2)
APART = timedelta(hours=2)  # of two occasions closer than this the later is enough
ROSTER_DAYS = (1,)  # working days before the holiday
CHECK_IN_FROM, CHECK_IN_UNTIL = time(7), time(20)


@dataclass(frozen=True)
class Rules:
    """What the desk has planned for a directive, and the first and last day of its holiday."""

    days_before: tuple[int, ...] = (7, 3, 1)
    on_the_day: bool = True
    overdue_every: int = 1  # working days; 0 is never
    roster: bool = True
    check_in: bool = True
    skipped: frozenset[date] = frozenset()
    holiday: tuple[date, date] | None = None


USUAL = Rules()


@dataclass(frozen=True, order=True)
class Occasion:
    """A moment from which a reminder is due; of two at one moment the higher rank wins."""

    moment: datetime
    rank: int
    kind: str

    @property
    def day(self) -> date:
        """The day in Vietnam that stands in the notice's key."""
        return self.moment.astimezone(ZONE).date()


def occasions(
    begun_at: datetime, due_at: datetime, now: datetime, overrides: office.Overrides, rules: Rules = USUAL
) -> list[Occasion]:
    """Return the occasions of a window after its opening: until the deadline the early ones, then the last overdue."""
    if now > due_at:
        found = [*_overdue(due_at, now, overrides, rules), *_after_holiday(overrides, rules)]
    else:
        early = (one for one in _early(begun_at, due_at, overrides, rules) if one.moment <= due_at)
        found = [*early, *_after_holiday(overrides, rules)]
    return _apart(sorted(one for one in found if one.moment > begun_at and one.day not in rules.skipped))


def schedule(
    begun_at: datetime, due_at: datetime, until: date, overrides: office.Overrides, rules: Rules = USUAL
) -> list[Occasion]:
    """Return all occasions of a window up to a day, as they come when a sweep runs at every moment."""
    found = set(occasions(begun_at, due_at, due_at, overrides, rules))
    day = _day(due_at)
    while (day := office.add_working_days(day, 1, overrides)) <= until:
        opens = office.at(day, office.OPENING)
        found |= {one for one in occasions(begun_at, due_at, opens, overrides, rules) if one.moment == opens}
    shown = (one for one in found if one.day <= until and may_reach(one.kind, due_at, one.moment, overrides))
    return _apart(sorted(shown))


def _apart(found: list[Occasion]) -> list[Occasion]:
    """Leave out each occasion that another follows closely."""
    return [one for one, then in pairwise(found) if then.moment - one.moment >= APART] + found[-1:]


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _early(begun_at: datetime, due_at: datetime, overrides: office.Overrides, rules: Rules) -> Iterator[Occasion]:
    """Yield what the plan wants before the deadline and on its day; nothing of it after the deadline itself."""
    if rules.days_before:
        if office.working_hours_between(begun_at, due_at, overrides) < SHORT_WINDOW:
            yield from _of_short_window(begun_at, due_at, overrides)
        else:
            yield from _of_long_window(due_at, overrides, rules)
    if rules.on_the_day:
        yield Occasion(office.at(_day(due_at), office.OPENING), 2, Kind.DUE)


def _of_long_window(due_at: datetime, overrides: office.Overrides, rules: Rules) -> Iterator[Occasion]:
    for count in rules.days_before:
        day = office.subtract_working_days(_day(due_at), count, overrides)
        yield Occasion(office.at(day, office.OPENING), 1, Kind.BEFORE)


def _of_short_window(begun_at: datetime, due_at: datetime, overrides: office.Overrides) -> Iterator[Occasion]:
    half = office.working_hours_between(begun_at, due_at, overrides) / 2
    yield Occasion(office.add_working_hours(begun_at, half, overrides), 0, Kind.HALF_WAY)
    yield Occasion(office.at(_last_working_morning(due_at, overrides), office.OPENING), 1, Kind.LAST_MORNING)
    yield Occasion(_last_hours(due_at), 3, Kind.LAST_HOURS)


def _last_working_morning(due_at: datetime, overrides: office.Overrides) -> date:
    """Return the last working day whose whole morning lies before the deadline."""
    day = _day(due_at)
    whole = office.is_working_day(day, overrides) and office.at(day, office.NOON) <= due_at
    return day if whole else office.subtract_working_days(day, 1, overrides)


def _last_hours(due_at: datetime) -> datetime:
    """Return two hours before the deadline, kept inside the office's day: a bare date ends at 23:59:59."""
    day = _day(due_at)
    end = min(due_at, office.at(day, office.CLOSING))
    return max(end - LAST_HOURS, office.at(day, office.OPENING))


def _overdue(due_at: datetime, now: datetime, overrides: office.Overrides, rules: Rules) -> Iterator[Occasion]:
    """Yield the latest working morning after the deadline's day that the plan reminds on."""
    if not rules.overdue_every:
        return
    here = now.astimezone(ZONE)
    day = here.date()
    if here.time() < office.OPENING or not office.is_working_day(day, overrides):
        day = office.subtract_working_days(day, 1, overrides)
    late = office.working_days_between(_day(due_at), day, overrides)
    if late > 0:
        day = office.subtract_working_days(day, (late - 1) % rules.overdue_every, overrides)
        yield Occasion(office.at(day, office.OPENING), 1, Kind.OVERDUE)


def _after_holiday(overrides: office.Overrides, rules: Rules) -> Iterator[Occasion]:
    if rules.holiday:
        day = office.add_working_days(rules.holiday[1], 1, overrides)
        yield Occasion(office.at(day, office.OPENING), 0, Kind.POST_HOLIDAY)


def roster_days(rules: Rules, overrides: office.Overrides) -> list[date]:
    """Return the working days before the holiday on which an incomplete roster is asked for."""
    if not (rules.roster and rules.holiday):
        return []
    days = (office.subtract_working_days(rules.holiday[0], count, overrides) for count in ROSTER_DAYS)
    return [day for day in days if day not in rules.skipped]


def is_check_in_day(day: date, rules: Rules) -> bool:
    """Whether people on duty are asked on `day` to confirm that they are there."""
    wanted = rules.check_in and rules.holiday and day not in rules.skipped
    return bool(wanted and rules.holiday[0] <= day <= rules.holiday[1])


def _ends_holiday(day: date, overrides: office.Overrides) -> bool:
    """Whether the night before `day` still belongs to a holiday, so that its morning brings one message with all."""
    return office.is_in_holiday(day - timedelta(days=1), overrides)


def may_reach(kind: str, due_at: datetime, now: datetime, overrides: office.Overrides = office.NO_OVERRIDES) -> bool:
    """Whether a notice may be sent at this hour: what a person does on purpose at once, an answer except in a
    holiday, the deadline's day from 07:30 on, everything else in office time.
    """
    if kind in ON_PURPOSE:
        return True
    here = now.astimezone(ZONE)
    if kind == Kind.CHECK_IN:
        return CHECK_IN_FROM <= here.time() <= CHECK_IN_UNTIL
    if office.is_in_holiday(here.date(), overrides):
        return False
    if kind in PROMPT:
        return here.time() >= office.OPENING or not _ends_holiday(here.date(), overrides)
    if here.date() == _day(due_at):
        return here.time() >= office.OPENING
    return office.is_office_time(now, overrides)
