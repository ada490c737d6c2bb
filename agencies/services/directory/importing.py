"""Take a file into the directory: first what it would do, then, once confirmed, all of it or nothing."""

import hashlib
from dataclasses import dataclass

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.services.registers import RegisterChanged
from agencies.services.trail import record_event

from .agency_rows import AgencyPlanner
from .columns import read_records
from .people_rows import PeoplePlanner
from .plans import DirectoryUnreadable, Plan
from .register_rows import OwnRegisterPlanner, RegisterDirectoryPlanner, RegisterPlanner
from .tables import read_rows

AGENCIES, PEOPLE = "agencies", "people"
SALT = "alertdesk.directory"
VALID_SECONDS = 3600
# What a form may carry back; Django refuses a body above DATA_UPLOAD_MAX_MEMORY_SIZE (2.5 MB).
LONGEST_TICKET = 2_000_000


Planner = AgencyPlanner | PeoplePlanner | RegisterPlanner


class PlanChanged(Exception):
    """The directory is another one than the preview was made from; nothing was written."""


@dataclass(frozen=True)
class Preview:
    """What a file would do, and the ticket by which exactly that is confirmed; no ticket while it has problems."""

    what: str
    plan: Plan
    ticket: str = ""


@dataclass(frozen=True)
class Ticket:
    """What a ticket was given for: agencies, people or a register, perhaps of one agency; the plan; the file's rows."""

    what: str
    agency: int | None
    digest: str
    rows: list[list[str]]


def preview_file(data: bytes, *, what: str, actor: User, agency: Agency | None = None) -> Preview:
    """Work out what a file changes, and write nothing. Raises DirectoryUnreadable.

    `what` is AGENCIES, PEOPLE or a register: of one `agency`, or without it of the whole directory.
    """
    return _preview(read_rows(data), what, actor, agency)


def read_ticket(ticket: str, *, actor: User) -> Ticket:
    """Return what a ticket holds.

    The rows travel inside the signed ticket, so nothing is kept on the server between the two pages.
    Raises DirectoryUnreadable when it is not this person's, not ours, or older than an hour.
    """
    try:
        pk, *held = signing.loads(ticket, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        pk = None
    if pk != actor.pk:
        raise DirectoryUnreadable(_("The preview is too old. Choose the file again."))
    return Ticket(*held)


@transaction.atomic
def import_directory(ticket: str, *, actor: User) -> Plan:
    """Write what the preview of the ticket showed. Raises PlanChanged when it would be something else by now."""
    held = read_ticket(ticket, actor=actor)
    list(Agency.objects.select_for_update().order_by("pk").values_list("pk"))  # one import at a time
    agency = _agency_of(held)
    planner = _planned(held.rows, held.what, actor, agency)
    if planner.plan.problems or planner.plan.digest != held.digest:
        raise PlanChanged
    try:
        with transaction.atomic():
            written = planner.write()
    except (IntegrityError, RegisterChanged) as error:
        raise PlanChanged from error
    source = hashlib.sha256(repr(held.rows).encode()).hexdigest()
    record_event(f"import_{held.what}", actor, actor=actor, agency=agency, sha256=source, **written)
    return planner.plan


def preview_again(ticket: str, *, actor: User) -> Preview:
    """Return the preview of a ticket's rows as the directory is now."""
    held = read_ticket(ticket, actor=actor)
    return _preview(held.rows, held.what, actor, _agency_of(held))


def _agency_of(held: Ticket) -> Agency | None:
    return Agency.objects.get(pk=held.agency) if held.agency else None


def _preview(rows: list[list[str]], what: str, actor: User, agency: Agency | None) -> Preview:
    plan = _planned(rows, what, actor, agency).plan
    if plan.problems:
        return Preview(what, plan)
    ticket = signing.dumps([actor.pk, what, agency and agency.pk, plan.digest, rows], salt=SALT, compress=True)
    if len(ticket) > LONGEST_TICKET:
        raise DirectoryUnreadable(_("The file is too large: up to 2 MB of text. Split it into several files."))
    return Preview(what, plan, ticket)


def _planned(rows: list[list[str]], what: str, actor: User, agency: Agency | None) -> Planner:
    """Return the planner of a file, its plan worked out."""
    planner = _planner_of(what, actor, agency)
    planner.read(read_records(rows, planner.columns, planner.plan))
    return planner


def _planner_of(what: str, actor: User, agency: Agency | None) -> Planner:
    if what == AGENCIES:
        return AgencyPlanner(actor)
    if what == PEOPLE:
        return PeoplePlanner(actor)
    return OwnRegisterPlanner(actor, what, agency) if agency else RegisterDirectoryPlanner(actor, what)
