"""An agency's own scan summed up as rows of its answer: machines by product line, weaknesses by place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models.registers.systems import PRODUCT_LINES
from alertdesk.lib.text import fold
from directives.intake.scan_rows import ScanRow
from directives.models import AnswerRow, ProductRow, WeaknessRow

from .windows_builds import floor_for, read_build

State = WeaknessRow.State
WORST_FIRST = (State.EXPOSED, State.MITIGATED, State.FIXED, State.ABSENT)
GONE = {State.FIXED, State.ABSENT}


@dataclass(frozen=True)
class Machine:
    """What a scan says of one machine of a product line; `build` is its lowest."""

    build: tuple[int, int] | None
    states: frozenset[str]

    def is_updated(self, on: date) -> bool:
        """Whether its build reaches the floor, or, where no table answers, nothing open is left on it."""
        floor = floor_for(self.build[0], on) if self.build else None
        if floor:
            return self.build[1] >= floor.patch
        return bool(self.states) and self.states <= GONE


def scanned_rows(scan: Iterable[ScanRow], *, on: date, known: Iterable[AnswerRow] = ()) -> list[AnswerRow]:
    """Return the rows of an answer after a scan: the known ones with what it says of them, then the new ones.

    `on` is the directive's day, by which builds are judged. A machine of which nothing says that it is updated
    counts as not updated. What the scan does not name stays.
    """
    scan = list(scan)
    kept = {_key(row): row for row in known}
    for found in (*_products(scan, on), *_weaknesses(scan)):
        before = kept.get(_key(found))
        kept[_key(found)] = _carried(found, before) if before else found
    return sorted(kept.values(), key=lambda row: isinstance(row, WeaknessRow))


def line_of(row: ScanRow) -> str:
    """Return the product line a row belongs to, as the registers call it where they do; nothing where it says none."""
    words = f" {fold(row.product)} "
    known = sorted((line for line in PRODUCT_LINES if f" {fold(line)} " in words), key=len)
    is_windows = not row.product and read_build(row.build)
    return known[-1] if known else "Windows" if is_windows else row.product


def _key(row: AnswerRow) -> tuple[str, str]:
    return row.row_type(), fold(str(row))


def _products(scan: list[ScanRow], on: date) -> list[ProductRow]:
    by_line: dict[str, dict[str, list[ScanRow]]] = defaultdict(lambda: defaultdict(list))
    for row in scan:
        if line := line_of(row):
            by_line[line][fold(row.host)].append(row)
    return [_product(line, [_machine(rows) for rows in hosts.values()], on) for line, hosts in by_line.items()]


def _machine(rows: list[ScanRow]) -> Machine:
    builds = [build for row in rows if (build := read_build(row.build))]
    return Machine(min(builds, default=None), frozenset(row.state for row in rows if row.state))


def _product(line: str, machines: list[Machine], on: date) -> ProductRow:
    lowest = min((machine.build for machine in machines if machine.build), default=None)
    return ProductRow(
        product_line=line,
        total=len(machines),
        updated=sum(machine.is_updated(on) for machine in machines),
        build=f"{lowest[0]}.{lowest[1]}" if lowest else "",
    )


def _weaknesses(scan: list[ScanRow]) -> list[WeaknessRow]:
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in scan:
        if row.cve:
            found[row.cve, line_of(row) or row.host][fold(row.host)].add(row.state)
    return [_weakness(cve, place, hosts) for (cve, place), hosts in found.items()]


def _weakness(cve: str, place: str, hosts: dict[str, set[str]]) -> WeaknessRow:
    worst = [next(state for state in WORST_FIRST if state in states) for states in hosts.values()]
    state = next(state for state in WORST_FIRST if state in worst)
    return WeaknessRow(cve=cve, place=place, state=state, note=_counted(worst.count(State.EXPOSED), len(worst)))


def _counted(still: int, machines: int) -> str:
    """Say how many machines it is; the words go into the official reply and are Vietnamese for whoever reads."""
    with override(settings.LANGUAGE_CODE):
        return _scanned() + " " + _("%(open)d of %(all)d machines not fixed yet.") % {"open": still, "all": machines}


def _scanned() -> str:
    return _("By the scan:")


def _carried(found: AnswerRow, before: AnswerRow) -> AnswerRow:
    """Return what the scan found with the words people wrote about it before."""
    if isinstance(found, ProductRow):
        found.build = found.build or before.build
        if found.pending:
            found.reason, found.until = before.reason, before.until
        return found
    with override(settings.LANGUAGE_CODE):
        found.note = found.note if before.note.startswith(_scanned()) else before.note or found.note
    return found


def lacking_reason(rows: Iterable[AnswerRow]) -> list[ProductRow]:
    """Return the product lines of which machines are left and nobody has said why."""
    return [row for row in rows if isinstance(row, ProductRow) and row.pending and not row.reason]
