"""How the registers of agencies stand: how many rows, and whether the agency has said that they are right."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from agencies.models import REGISTERS, Agency, Register, RegisterConfirmation
from agencies.models.registers import fingerprint_of


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
