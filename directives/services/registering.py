"""What an answer's rows say of systems, machines, portals and providers becomes the agency's register."""

from django.core.exceptions import ValidationError

from agencies.models import Agency, RegisterRow, User
from agencies.permissions import can_keep_registers
from agencies.services.registers import RegisterChanged, add_row, change_row
from alertdesk.lib.text import fold
from directives.models import Answer, AnswerRow

from .detailing import rows_of

# What a register asks for and an answer does not: the commonest value, to be set right in the register.
ASSUMED = {"portals": {"kind": "site"}, "providers": {"service": "other"}}


def register_rows(answer: Answer, *, agency: Agency, actor: User) -> None:
    """Put the rows of an answer into the registers of the agency, where the person keeps them.

    A row is that of the register with the same name, accents and case aside; what differs follows the
    answer. A value that a register would refuse is left out of it and stays in the answer.
    """
    rows = [row for row in rows_of(answer) if row.SHARED]
    if not rows or not can_keep_registers(actor, agency):
        return
    for row in rows:
        kept = _kept(row, agency, actor)
        if kept and row.link != kept:
            type(row).objects.filter(pk=row.pk).update(**{row.LINKS[0]: kept})


def _kept(row: AnswerRow, agency: Agency, actor: User) -> RegisterRow | None:
    """Return the register's row for one of an answer, changed or added as needed; None where it cannot be."""
    model = row._meta.get_field(row.LINKS[0]).related_model
    said = {theirs: getattr(row, ours) for theirs, ours in row.SHARED.items()}
    found = row.link if row.link and row.link.removed_at is None else _same(model, agency, said)
    try:
        if found:
            return _changed(found, said, actor)
        return _added(model, agency, said, actor)
    except RegisterChanged:
        return None


def _same(model: type[RegisterRow], agency: Agency, said: dict) -> RegisterRow | None:
    keys = [key for key in model.KEY if key in said]
    wanted = [fold(str(said[key])) for key in keys]
    kept = model.objects.kept().filter(agency=agency)
    return next((row for row in kept if [fold(str(getattr(row, key))) for key in keys] == wanted), None)


def _changed(found: RegisterRow, said: dict, actor: User) -> RegisterRow:
    """Let the register follow what the answer says; a blank in the answer says nothing."""
    given = {field: value for field, value in said.items() if value not in ("", None)}
    values = {field: getattr(found, field) for field in found.FIELDS} | given
    version, row = found.version, type(found).objects.get(pk=found.pk)
    for field, value in values.items():
        setattr(row, field, value)
    if _fits(row):
        change_row(row, actor=actor, version=version, values=values)
    return found


def _added(model: type[RegisterRow], agency: Agency, said: dict, actor: User) -> RegisterRow | None:
    given = {field: value for field, value in said.items() if value not in ("", None)}
    values = ASSUMED.get(model.register, {}) | given
    return (
        add_row(model.register, agency=agency, actor=actor, values=values)
        if _fits(model(agency=agency, **values))
        else None
    )


def _fits(row: RegisterRow) -> bool:
    """Whether the register takes such a row; who wrote it and when is not asked here."""
    try:
        row.full_clean(
            exclude={"created_by", "changed_by", "agency"}, validate_unique=False, validate_constraints=False
        )
    except ValidationError:
        return False
    return True
