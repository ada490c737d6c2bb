"""Keep the registers of an agency: add, change and remove rows, and say that a register is still right."""

from django.db import IntegrityError, transaction
from django.db.models import F

from agencies.models import REGISTERS, Agency, RegisterConfirmation, RegisterRow, User
from agencies.models.registers import fingerprint_of
from agencies.permissions import can_keep_registers
from alertdesk.lib import clock

from .trail import record_event


class NotKeeper(Exception):
    """The person may read the register but not write in it."""


class RegisterChanged(Exception):
    """Someone else has changed the row or the register since the person saw it; nothing was written."""


def seen_as(agency: Agency, register: str) -> str:
    """Return the fingerprint of what an agency's register holds now."""
    return fingerprint_of(REGISTERS[register].objects.kept().filter(agency=agency).values_list("pk", "version"))


@transaction.atomic
def add_row(register: str, *, agency: Agency, actor: User, values: dict) -> RegisterRow:
    """Add a row to an agency's register; `values` holds the register's FIELDS.

    Raises RegisterChanged when the same row has come in meanwhile.
    """
    _require_keeper(actor, agency)
    row = REGISTERS[register](agency=agency, created_by=actor, changed_by=actor, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise RegisterChanged from error
    record_event("register_add", row, actor=actor, agency=agency)
    return row


@transaction.atomic
def change_row(row: RegisterRow, *, actor: User, version: int, values: dict) -> list[str]:
    """Set the FIELDS of a row as it was seen in `version`; return which of them changed.

    Raises RegisterChanged when it has another version by now, is removed, or meets another row.
    """
    _require_keeper(actor, row.agency)
    stored = type(row).objects.kept().filter(pk=row.pk, version=version).first()
    if stored is None:
        raise RegisterChanged
    fields = [field for field in row.FIELDS if getattr(stored, field) != values[field]]
    if fields:
        write_version(row, actor=actor, version=version, **{field: values[field] for field in fields})
        record_event("register_change", row, actor=actor, agency=row.agency, fields=fields)
    return fields


@transaction.atomic
def remove_row(row: RegisterRow, *, actor: User, version: int) -> None:
    """Take a row out of its register; it stays as history. Raises RegisterChanged as `change_row` does."""
    _require_keeper(actor, row.agency)
    write_version(row, actor=actor, version=version, removed_at=clock.now())
    record_event("register_remove", row, actor=actor, agency=row.agency)


@transaction.atomic
def confirm_register(agency: Agency, register: str, *, actor: User, seen: str) -> RegisterConfirmation:
    """Note that a register is still right as it was `seen`. Raises RegisterChanged when it is another by now."""
    _require_keeper(actor, agency)
    if seen != seen_as(agency, register):
        raise RegisterChanged
    confirmation = RegisterConfirmation.objects.create(
        agency=agency, register=register, fingerprint=seen, confirmed_by=actor
    )
    record_event("register_confirm", confirmation, actor=actor, agency=agency, register=register, seen=seen)
    return confirmation


def write_version(row: RegisterRow, *, actor: User, version: int, **values) -> None:
    """Write values into a kept row that still has `version`, which grows; RegisterChanged otherwise."""
    kept = type(row).objects.kept().filter(pk=row.pk, version=version)
    try:
        with transaction.atomic():
            written = kept.update(version=F("version") + 1, changed_at=clock.now(), changed_by=actor, **values)
    except IntegrityError as error:
        raise RegisterChanged from error
    if not written:
        raise RegisterChanged


def _require_keeper(actor: User, agency: Agency) -> None:
    if not can_keep_registers(actor, agency):
        raise NotKeeper
