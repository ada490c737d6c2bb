"""The registers of an agency that ends go on at the one that takes over its work.

The rows themselves move, so what earlier answers say of them still points at them. Only where the successor keeps a row
of the same kind already are two made one, or told apart by the name they come from.
"""

from collections.abc import Iterable

from django.db import transaction

from agencies.models import REGISTERS, Agency, MachineGroup, RegisterRow, User
from agencies.models.registers.systems import MOST_MACHINES
from alertdesk.lib import clock
from alertdesk.lib.text import fold

from .registers import write_version
from .trail import record_event


def count_rows(agencies: Iterable[Agency]) -> int:
    """Return how many rows the registers of some agencies hold today."""
    agencies = list(agencies)
    return sum(model.objects.kept().filter(agency__in=agencies).count() for model in REGISTERS.values())


@transaction.atomic
def hand_over_registers(predecessor: Agency, heir: Agency, *, actor: User) -> None:
    """Move every kept row of an agency to the one that takes over.

    Two groups of machines of one product line are added up. Of providers and people on duty that both have, the
    successor's row stays. Another row whose name the successor has already gets the predecessor's name beside it.
    """
    for register, model in REGISTERS.items():
        rows = list(model.objects.kept().filter(agency=predecessor).select_for_update().order_by("pk"))
        for row in rows:
            _move(row, heir, predecessor, actor)
        if rows:
            record_event(
                "register_hand_over",
                heir,
                actor=actor,
                agency=predecessor,
                register=register,
                rows=[r.pk for r in rows],
            )


def _move(row: RegisterRow, heir: Agency, predecessor: Agency, actor: User) -> None:
    same = _same(row, heir)
    if same is None:
        write_version(row, actor=actor, version=row.version, agency=heir)
    elif isinstance(row, MachineGroup):
        together = min(row.machines + same.machines, MOST_MACHINES)
        write_version(same, actor=actor, version=same.version, machines=together)
        _remove(row, actor)
    elif row.KEY == ("name",):
        write_version(row, actor=actor, version=row.version, agency=heir, name=_told_apart(row, heir, predecessor))
    else:
        _remove(row, actor)


def _same(row: RegisterRow, heir: Agency) -> RegisterRow | None:
    """Return the successor's own row that the register would take for this one."""
    key = [fold(str(getattr(row, name))) for name in row.KEY]
    kept = type(row).objects.kept().filter(agency=heir)
    return next((one for one in kept if [fold(str(getattr(one, name))) for name in row.KEY] == key), None)


def _told_apart(row: RegisterRow, heir: Agency, predecessor: Agency) -> str:
    """Return the row's name with where it comes from; a number too where even that is taken."""
    taken = {fold(name) for name in type(row).objects.kept().filter(agency=heir).values_list("name", flat=True)}
    longest = row._meta.get_field("name").max_length
    for number in range(1, len(taken) + 2):
        mark = f" ({predecessor.current_name.short_name}{f' {number}' if number > 1 else ''})"
        name = row.name[: longest - len(mark)] + mark
        if fold(name) not in taken:
            break
    return name


def _remove(row: RegisterRow, actor: User) -> None:
    write_version(row, actor=actor, version=row.version, removed_at=clock.now())
