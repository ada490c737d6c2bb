"""How the registers of agencies stand: how many rows, and whether the agency has said that they are right."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.models import REGISTERS, Agency, InformationSystem, Register, RegisterConfirmation, RegisterRow
from agencies.models.registers import fingerprint_of
from agencies.services.directory.showing import shown_in
from alertdesk.lib.text import sort_key

MARKS = ("is_important", "has_personal_data", "for_leadership")


@dataclass(frozen=True)
class Standing:
    """One register of one agency; `seen` is what a confirmation has to name."""

    register: Register
    count: int
    seen: str
    confirmation: RegisterConfirmation | None

    @property
    def is_confirmed(self) -> bool:
        """Whether nothing has changed since the agency last said that the register is right."""
        return self.confirmation is not None and self.confirmation.fingerprint == self.seen


def standing_of(agencies: Iterable[Agency]) -> dict[int, list[Standing]]:
    """Return how every register stands, by agency id; a register without rows may be confirmed as well.

    One query a register and one for the confirmations, however many agencies.
    """
    ids = [agency.pk for agency in agencies]
    latest = RegisterConfirmation.objects.filter(agency__in=ids).values("agency", "register").annotate(last=Max("pk"))
    confirmations = RegisterConfirmation.objects.filter(pk__in=latest.values("last")).select_related("confirmed_by")
    confirmed = {(row.agency_id, row.register): row for row in confirmations}
    found = defaultdict(list)
    for register in Register:
        rows = _rows_of(register, ids)
        for pk in ids:
            seen, confirmation = fingerprint_of(rows[pk]), confirmed.get((pk, register.value))
            found[pk].append(Standing(register, len(rows[pk]), seen, confirmation))
    return found


def _rows_of(register: Register, ids: list[int]) -> dict[int, list[tuple[int, int]]]:
    rows = defaultdict(list)
    kept = REGISTERS[register].objects.kept().filter(agency__in=ids)
    for agency, pk, version in kept.values_list("agency", "pk", "version"):
        rows[agency].append((pk, version))
    return rows


@dataclass(frozen=True)
class Cell:
    """One value of a row as shown; `name` tells a telephone or an address from other text."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Row:
    """A row of a register as shown."""

    pk: int
    title: str
    cells: tuple[Cell, ...]


def rows_of(agency: Agency, register: str) -> list[Row]:
    """Return the rows kept in an agency's register, in the order of their names."""
    rows = REGISTERS[register].objects.kept().filter(agency=agency)
    return [Row(row.pk, str(row), _cells(row)) for row in sorted(rows, key=lambda row: (sort_key(str(row)), row.pk))]


def _cells(row: RegisterRow) -> tuple[Cell, ...]:
    if isinstance(row, InformationSystem):
        return _cells_of_system(row)
    return tuple(_cell(row, name) for name in row.FIELDS if name != row.KEY[0])


def _cell(row: RegisterRow, name: str) -> Cell:
    return Cell(name, str(capfirst(row._meta.get_field(name).verbose_name)), shown_in(row, name))


def _cells_of_system(system: InformationSystem) -> tuple[Cell, ...]:
    """Say of a system what is counted: what it is, its level and dossier, its plan and its layers."""
    marks = [_cell(system, name).label for name in MARKS if getattr(system, name)]
    decision = " ".join(filter(None, [system.decision_number, shown_in(system, "decided_on")]))
    approval = system.get_approval_display() or str(InformationSystem.Approval.__empty__)
    return (
        Cell("marks", _("Nature"), "; ".join(marks)),
        Cell("level", _("Level"), shown_in(system, "level") or str(InformationSystem.Level.__empty__)),
        Cell("approval", _("Approval"), f"{approval} ({decision})" if decision else approval),
        _cell(system, "plan"),
        Cell("layers", _("Four layers"), f"{system.layers_in_place}/4"),
        _cell(system, "operator"),
    )
