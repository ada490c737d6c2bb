"""Whoever a roster names becomes a person of the agency's register, where the writer keeps it."""

from agencies.models import Agency, DutyPerson, Register, User
from agencies.permissions import can_keep_registers
from agencies.services.registers import RegisterChanged, add_row
from directives.models import Shift


def register_people(shifts: list[Shift], *, agency: Agency, actor: User) -> None:
    """Point each shift at its person in the register; the same name and telephone is the same person.

    Somebody who is not there yet is added where the actor keeps the register, and otherwise stays a name.
    """
    known = {_who(row): row for row in DutyPerson.objects.kept().filter(agency=agency).order_by("-pk")}
    may_add = can_keep_registers(actor, agency)
    for shift in shifts:
        if shift.who not in known and may_add:
            known[shift.who] = _added(shift, agency, actor)
        shift.person = known.get(shift.who)


def _who(row: DutyPerson) -> tuple[str, str]:
    return Shift(name=row.name, telephone=row.telephone).who


def _added(shift: Shift, agency: Agency, actor: User) -> DutyPerson | None:
    values = {"name": shift.name, "position": shift.position, "telephone": shift.telephone, "email": ""}
    try:
        return add_row(Register.DUTY, agency=agency, actor=actor, values=values | {"is_active": True})
    except RegisterChanged:
        return None
