"""Decide who is asked for a roster before the holiday, and who to confirm being on duty: pure functions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from alertdesk.lib import working_days as office
from alertdesk.lib.clock import ZONE
from directives.models import Notice

from .occasions import CHECK_IN_FROM, CHECK_IN_UNTIL, Rules, is_check_in_day, roster_days
from .planning import CALM, Planned

Kind = Notice.Kind


@dataclass(frozen=True)
class Turn:
    """One shift that nobody has confirmed yet, and the address of who can."""

    starts_at: datetime
    ends_at: datetime
    address: str


@dataclass(frozen=True)
class Duty:
    """The duty of one assignment: `lacks_roster` where its days of duty are not covered.

    `addresses` are asked for the roster; `told` are (kind, address) of what was written today already, and
    `first_at` is when an address was first told of the directive, or of what its desk has decided since.
    """

    assignment_id: int
    cycle: int
    rules: Rules
    lacks_roster: bool
    addresses: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    told: frozenset[tuple[str, str]] = frozenset()
    first_at: Mapping[str, datetime] = field(default_factory=dict)


def is_of_interest(rules: Rules, now: datetime, overrides: office.Overrides) -> bool:
    """Whether the plan of a directive may send anything about its duty on this day."""
    today = now.astimezone(ZONE).date()
    return today in roster_days(rules, overrides) or is_check_in_day(today, rules)


def plan_duty(
    duties: Iterable[Duty], now: datetime, overrides: office.Overrides, *, reminded: Collection[str] = ()
) -> Iterator[Planned]:
    """Yield the notices about duty that are due now, each once a day and address.

    Who has had today's reminder (`reminded`) was told there what the roster lacks.
    """
    today = now.astimezone(ZONE).date()
    for duty in duties:
        wanted = [(Kind.CHECK_IN, address) for address in _to_confirm(duty, now, today)]
        if _asks_for_roster(duty, now, today, overrides):
            calm = _still_calm(duty, now, overrides)
            wanted += [(Kind.ROSTER, a) for a in duty.addresses if a not in reminded and a not in calm]
        for kind, address in wanted:
            if (kind, address) not in duty.told:
                yield Planned(duty.assignment_id, duty.cycle, kind, today, address)


def _asks_for_roster(duty: Duty, now: datetime, today: date, overrides: office.Overrides) -> bool:
    is_day = today in roster_days(duty.rules, overrides)
    return duty.lacks_roster and is_day and office.is_office_time(now, overrides)


def _still_calm(duty: Duty, now: datetime, overrides: office.Overrides) -> set[str]:
    """Return the addresses whose first message is too fresh for another."""
    return {a for a, first_at in duty.first_at.items() if now < office.add_working_hours(first_at, CALM, overrides)}


def _to_confirm(duty: Duty, now: datetime, today: date) -> list[str]:
    """Return the addresses of those who are or will be on duty on this day of the holiday."""
    if not is_check_in_day(today, duty.rules):
        return []
    if not CHECK_IN_FROM <= now.astimezone(ZONE).time() <= CHECK_IN_UNTIL:
        return []
    return sorted({turn.address for turn in duty.turns if is_of_day(turn, now)} - {""})


def is_of_day(turn, now: datetime) -> bool:
    """Whether a shift runs now or still begins today."""
    return turn.ends_at > now and turn.starts_at.astimezone(ZONE).date() <= now.astimezone(ZONE).date()
