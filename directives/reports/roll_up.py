"""Units counted upwards: from each unit to its agency, from the agencies to the directive."""

from collections.abc import Iterable
from dataclasses import dataclass

from directives.models import Answer, SubmissionItem, Unit, units_below


@dataclass(frozen=True)
class Counts:
    """How many units, and how many of them the directive was sent to and reported on.

    `listed` are those named one by one: only of these is it known whether it has arrived, so they are what
    `received` is out of.
    """

    units: int = 0
    sent: int = 0
    reported: int = 0
    listed: int = 0
    received: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.units + other.units,
            self.sent + other.sent,
            self.reported + other.reported,
            self.listed + other.listed,
            self.received + other.received,
        )

    @property
    def open(self) -> int:
        """How many units have not reported."""
        return self.units - self.reported


@dataclass(frozen=True)
class Group:
    """An agency, or a whole directive, with what stands below it."""

    parts: tuple["Group | Unit | Counts", ...] = ()


def roll_up(part: Group | Unit | Counts) -> Counts:
    """Return the sum over the leaves of a tree; a leaf is a unit, or a count that an agency gave without names."""
    if isinstance(part, Group):
        return sum((roll_up(below) for below in part.parts), Counts())
    if isinstance(part, Counts):
        return part
    return Counts(1, int(part.is_sent), int(part.is_reported), 1, int(part.is_received))


def agency_group(said: Answer | SubmissionItem | None, children: Iterable) -> Group:
    """Return the units of one agency: those it names or has passed the directive on to, else the counts it gave."""
    units = units_below(said.rows if said else (), children)
    if units or said is None or said.total is None:
        return Group(tuple(units))
    return Group((Counts(said.total, said.done or 0, min(said.extra or 0, said.total)),))
