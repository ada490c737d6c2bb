"""The units below an agency, each once: by its own report where it has one here, else by what the agency wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alertdesk.lib.text import fold

from .assignment import Assignment
from .states import State

ROW_TYPE = "unitrow"


@dataclass(frozen=True)
class Unit:
    """One unit: whether the directive was sent on to it, has arrived, and was reported on."""

    name: str
    is_sent: bool
    is_received: bool
    is_reported: bool
    assignment: Assignment | None = None
    sent_on: date | None = None
    machines: int | None = None
    note: str = ""


def units_below(rows: Iterable[dict], children: Iterable[Assignment]) -> list[Unit]:
    """Return the units of an answer's kept rows and of the assignments passed on, in this order, each once.

    A unit that is both counts by its assignment; one that was let go, by its row where it has one.
    """
    asked = [child for child in children if child.state != State.WITHDRAWN]
    here = {_key(name) for child in asked for name in (child.agency_name, child.agency_short_name)}
    typed = [row for row in rows if row.get("row") == ROW_TYPE and _key(row["name"]) not in here]
    return [*(_of_assignment(child) for child in asked), *(_of_row(row) for row in typed)]


def _key(name: str) -> str:
    """Return what two spellings of a unit share: "UBND xã Nhơn Lý" and "Xã Nhơn Lý" are one."""
    return fold(name).removeprefix("uy ban nhan dan ").removeprefix("ubnd ").strip()


def _of_assignment(child: Assignment) -> Unit:
    return Unit(
        name=child.agency_name,
        is_sent=True,
        is_received=child.acknowledged_at is not None or child.is_reported,
        is_reported=child.is_reported,
        assignment=child,
    )


def _of_row(row: dict) -> Unit:
    return Unit(
        name=row["name"],
        is_sent=bool(row.get("sent_on")),
        # Who has reported has received it, whether or not the box was ticked.
        is_received=bool(row.get("is_received") or row.get("is_done")),
        is_reported=bool(row.get("is_done")),
        sent_on=date.fromisoformat(row["sent_on"]) if row.get("sent_on") else None,
        machines=row.get("machines"),
        note=row.get("note", ""),
    )
