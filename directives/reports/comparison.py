"""One directive's reporting beside that of the holiday before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from directives.models import OWING, REPORTED, Assignment, Directive, State

from .last_time import LastTime, last_time_by_assignment, on_time
from .numbers import numbers_of


@dataclass(frozen=True)
class Turnout:
    """How many of the agencies asked have a report that stands, how many of these came in time, and were accepted."""

    agencies: int
    reported: int
    on_time: int
    accepted: int

    def share(self, count: int) -> int:
        """Return a count in whole percent of the agencies asked."""
        return count * 100 // self.agencies if self.agencies else 0


@dataclass(frozen=True)
class Comparison:
    """Last time's turnout beside this one's so far; `again` names who is late now and was late or silent then."""

    previous: Directive
    last: Turnout
    now: Turnout
    again: tuple[str, ...]


def comparison(directive: Directive, *, late: Iterable[Assignment], now: datetime) -> Comparison | None:
    """Compare a directive with the one before it, None where none is named; `late` are its agencies that are late."""
    previous = directive.previous
    if previous is None:
        return None
    counted = numbers_of([directive.pk, previous.pk], now=now)
    earlier = last_time_by_assignment(directive)
    return Comparison(
        previous=previous,
        last=_turnout(previous, counted),
        now=_turnout(directive, counted),
        again=tuple(row.agency_name for row in late if any(map(_failed, earlier.get(row.pk, ())))),
    )


def _turnout(directive: Directive, counted: dict) -> Turnout:
    numbers = counted.get(directive.pk)
    if numbers is None:
        return Turnout(0, 0, 0, 0)
    standing = directive.assignments.on_board().filter(state__in=REPORTED)
    return Turnout(numbers.agencies, numbers.reported, on_time(standing), numbers.accepted)


def _failed(row: LastTime) -> bool:
    return row.days_late > 0 or row.state in (State.LAPSED, *OWING)
