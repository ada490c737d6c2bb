"""Decide who is due a reminder now: pure functions of one assignment, the calendar and the moment.

The first telling (arrival, or what more is asked for) goes at once. Before the deadline the occasions
are 7, 3 and 1 working days, or, where the whole window is under 3 working days, half-way, the last
working morning and 2 hours; then the day itself, and each working day after it. Of occasions that were
missed only the latest is planned, so an outage is not followed by a burst.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise

from alertdesk.lib import working_days as office
from alertdesk.lib.clock import ZONE
from directives.models import OWING, Notice, State

Kind = Notice.Kind
TELLING = (Kind.ARRIVAL, Kind.RETURNED, Kind.AMENDED, Kind.EXTENSION)
# Told at once and once, by the act that caused it; the planner never plans these.
NEWS = (Kind.AMENDED, Kind.EXTENSION, Kind.RECALLED, Kind.REPLY)
FIRST_TELLING = {State.SENT: Kind.ARRIVAL, State.RETURNED: Kind.RETURNED}
WORKING_DAYS_BEFORE = (7, 3, 1)
SHORT_WINDOW = 3 * office.FULL_DAY
CALM = timedelta(hours=4)  # working time after the first telling in which nothing else is sent
LAST_HOURS = timedelta(hours=2)
APART = timedelta(hours=2)  # of two occasions closer than this the later is enough


@dataclass(frozen=True)
class Told:
    """What one address has had in this cycle: when it was first told, when it was last reminded."""

    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True)
class Case:
    """One assignment as the planner sees it; `begun_at` is when this cycle's window opened."""

    assignment_id: int
    cycle: int
    state: str
    state_since: datetime
    begun_at: datetime
    due_at: datetime
    told: Mapping[str, Told] = field(default_factory=dict)


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


@dataclass(frozen=True)
class Planned:
    """One notice to write."""

    assignment_id: int
    cycle: int
    kind: str
    occasion: date
    address: str


def plan(cases: Iterable[Case], now: datetime, overrides: office.Overrides = office.NO_OVERRIDES) -> Iterator[Planned]:
    """Yield the notices that are due now, at most one for each address of an assignment."""
    planner = Planner(now, overrides)
    for case in cases:
        for address, told in case.told.items():
            occasion = planner.due(case, told)
            if occasion:
                yield Planned(case.assignment_id, case.cycle, occasion.kind, occasion.day, address)


class Planner:
    """The rules at one moment; a window that many assignments share is worked out once."""

    def __init__(self, now: datetime, overrides: office.Overrides):
        self._now, self._overrides = now, overrides
        self._occasions = cache(lambda begun_at, due_at: occasions(begun_at, due_at, now, overrides))
        self._calm_until = cache(lambda first_at: office.add_working_hours(first_at, CALM, overrides))

    def due(self, case: Case, told: Told) -> Occasion | None:
        """Return what one address of an assignment is to be told now."""
        if case.state not in OWING:
            return None
        first = FIRST_TELLING.get(case.state)
        if first and told.first_at is None:
            return Occasion(case.state_since, 0, first)
        return self._reminder(case, told)

    def _reminder(self, case: Case, told: Told) -> Occasion | None:
        """Return the latest occasion that has come, unless the address has been reminded since it came."""
        calm_until = self._calm_until(told.first_at) if told.first_at else case.begun_at
        come = (o for o in self._occasions(case.begun_at, case.due_at) if calm_until <= o.moment <= self._now)
        latest = max(come, default=None)
        if latest is None or (told.last_at and told.last_at >= latest.moment):
            return None
        return latest if may_reach(latest.kind, case.due_at, self._now, self._overrides) else None


def occasions(begun_at: datetime, due_at: datetime, now: datetime, overrides: office.Overrides) -> list[Occasion]:
    """Return the occasions of a window after its opening: until the deadline the early ones, then the last overdue."""
    if now > due_at:
        found = _overdue(due_at, now, overrides)
    elif office.working_hours_between(begun_at, due_at, overrides) < SHORT_WINDOW:
        found = [*_of_short_window(begun_at, due_at, overrides), _on_the_day(due_at)]
    else:
        found = [*_of_long_window(due_at, overrides), _on_the_day(due_at)]
    return _apart(sorted(occasion for occasion in found if occasion.moment > begun_at))


def _apart(found: list[Occasion]) -> list[Occasion]:
    """Leave out each occasion that another follows closely."""
    return [one for one, then in pairwise(found) if then.moment - one.moment >= APART] + found[-1:]


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _on_the_day(due_at: datetime) -> Occasion:
    return Occasion(office.at(_day(due_at), office.OPENING), 2, Kind.DUE)


def _of_long_window(due_at: datetime, overrides: office.Overrides) -> Iterator[Occasion]:
    for count in WORKING_DAYS_BEFORE:
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


def _overdue(due_at: datetime, now: datetime, overrides: office.Overrides) -> list[Occasion]:
    """Return the latest working morning after the deadline's day."""
    here = now.astimezone(ZONE)
    day = here.date()
    if here.time() < office.OPENING or not office.is_working_day(day, overrides):
        day = office.subtract_working_days(day, 1, overrides)
    return [Occasion(office.at(day, office.OPENING), 0, Kind.OVERDUE)] if day > _day(due_at) else []


def may_reach(kind: str, due_at: datetime, now: datetime, overrides: office.Overrides = office.NO_OVERRIDES) -> bool:
    """Whether a notice may be sent at this hour: what a person caused at once, the deadline's day from
    07:30 on, everything else in office time.
    """
    if kind in (*TELLING, *NEWS, Kind.INVITATION, Kind.MANUAL):
        return True
    here = now.astimezone(ZONE)
    if here.date() == _day(due_at):
        return here.time() >= office.OPENING
    return office.is_office_time(now, overrides)
