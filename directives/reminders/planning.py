"""Decide who is due a reminder now: pure functions of the assignments, the calendar and the moment.

The first telling (arrival, or what more is asked for) goes at once; the occasions after it are those of
`occasions`. Of occasions that were missed only the latest is planned, so an outage is not followed by a
burst. An address has at most one reminder a day, which lists whatever is open there; only the hours
before a deadline may bring another.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from alertdesk.lib import working_days as office
from alertdesk.lib.clock import ZONE
from directives.models import OWING, Notice, State

from .occasions import USUAL, Occasion, Rules, may_reach, occasions

Kind = Notice.Kind
TELLING = (Kind.ARRIVAL, Kind.RETURNED, Kind.AMENDED, Kind.EXTENSION)
# Told at once and once, by the act that caused it; the planner never plans these.
NEWS = (Kind.AMENDED, Kind.EXTENSION, Kind.RECALLED, Kind.REPLY, Kind.ACCEPTED)
# What the calendar brings about an answer that is owed; at most one message of these a day and address.
REMINDING = (
    Kind.BEFORE, Kind.HALF_WAY, Kind.LAST_MORNING, Kind.LAST_HOURS, Kind.DUE, Kind.OVERDUE, Kind.POST_HOLIDAY,
)  # fmt: skip
FIRST_TELLING = {State.SENT: Kind.ARRIVAL, State.RETURNED: Kind.RETURNED}
CALM = timedelta(hours=4)  # working time after the first telling in which nothing else is sent


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
    rules: Rules = USUAL


@dataclass(frozen=True)
class Planned:
    """One notice to write."""

    assignment_id: int
    cycle: int
    kind: str
    occasion: date
    address: str


def plan(
    cases: Iterable[Case],
    now: datetime,
    overrides: office.Overrides = office.NO_OVERRIDES,
    *,
    reminded: Collection[str] = (),
    called: Collection[str] = (),
) -> Iterator[Planned]:
    """Yield the notices that are due now, at most one for each address of an assignment.

    `reminded` are the addresses that have had today's reminder already. An address that gets its reminder now,
    or is `called` for another reason, is given everything else that it owes along with it.
    """
    planner = Planner(now, overrides)
    beside: list[tuple[Case, str]] = []
    called = set(called)
    for case in cases:
        for address, told in case.told.items():
            occasion = planner.due(case, told, is_reminded=address in reminded)
            if occasion:
                called.update([address] if occasion.kind in REMINDING else [])
                yield Planned(case.assignment_id, case.cycle, occasion.kind, occasion.day, address)
            elif case.state in OWING:
                beside.append((case, address))
    today = now.astimezone(ZONE).date()
    for case, address in beside:
        if address in called:
            yield Planned(case.assignment_id, case.cycle, Kind.ALSO_OPEN, today, address)


class Planner:
    """The rules at one moment; a window that many assignments share is worked out once."""

    def __init__(self, now: datetime, overrides: office.Overrides):
        self._now, self._overrides = now, overrides
        self._today = now.astimezone(ZONE).date()
        self._occasions = cache(lambda begun_at, due_at, rules: occasions(begun_at, due_at, now, overrides, rules))
        self._calm_until = cache(lambda first_at: office.add_working_hours(first_at, CALM, overrides))
        self._may_reach = cache(lambda kind, due_at: may_reach(kind, due_at, now, overrides))

    def due(self, case: Case, told: Told, *, is_reminded: bool = False) -> Occasion | None:
        """Return what one address of an assignment is to be told now."""
        if case.state not in OWING:
            return None
        first = FIRST_TELLING.get(case.state)
        if first and told.first_at is None:
            return Occasion(case.state_since, 0, first) if self._may_reach(first, case.due_at) else None
        if self._today in case.rules.skipped:
            return None
        if is_reminded and case.due_at.astimezone(ZONE).date() != self._today:
            return None
        return self._reminder(case, told)

    def _reminder(self, case: Case, told: Told) -> Occasion | None:
        """Return the latest occasion that has come, unless the address has been reminded since it came."""
        calm_until = self._calm_until(told.first_at) if told.first_at else case.begun_at
        of_window = self._occasions(case.begun_at, case.due_at, case.rules)
        latest = max((o for o in of_window if calm_until <= o.moment <= self._now), default=None)
        if latest is None or (told.last_at and told.last_at >= latest.moment):
            return None
        return latest if self._may_reach(latest.kind, case.due_at) else None
