"""Take a file into the directory: first what it would do, then, once confirmed, all of it or nothing."""

import hashlib
from dataclasses import dataclass

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.services.trail import record_event

from .agency_rows import AgencyPlanner
from .agency_targets import write_targets
from .columns import AGENCY_COLUMNS, PEOPLE_COLUMNS, read_records
from .people_rows import PeoplePlanner, write_people
from .plans import DirectoryUnreadable, Plan
from .tables import read_rows

AGENCIES, PEOPLE = "agencies", "people"
SALT = "alertdesk.directory"
VALID_SECONDS = 3600
# What a form may carry back; Django refuses a body above DATA_UPLOAD_MAX_MEMORY_SIZE (2.5 MB).
LONGEST_TICKET = 2_000_000


class PlanChanged(Exception):
    """The directory is another one than the preview was made from; nothing was written."""


@dataclass(frozen=True)
class Preview:
    """What a file would do, and the ticket by which exactly that is confirmed; no ticket while it has problems."""

    what: str
    plan: Plan
    ticket: str = ""


def preview_file(data: bytes, *, what: str, actor: User) -> Preview:
    """Work out what a file changes, and write nothing. Raises DirectoryUnreadable."""
    return _preview(read_rows(data), what, actor)


def read_ticket(ticket: str, *, actor: User) -> tuple[str, str, list[list[str]]]:
    """Return what a ticket was given for: agencies or people, the plan's fingerprint, the file's rows.

    The rows travel inside the signed ticket, so nothing is kept on the server between the two pages.
    Raises DirectoryUnreadable when it is not this person's, not ours, or older than an hour.
    """
    try:
        pk, what, digest, rows = signing.loads(ticket, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        pk = None
    if pk != actor.pk:
        raise DirectoryUnreadable(_("The preview is too old. Choose the file again."))
    return what, digest, rows


@transaction.atomic
def import_directory(ticket: str, *, actor: User) -> Plan:
    """Write what the preview of the ticket showed. Raises PlanChanged when it would be something else by now."""
    what, digest, rows = read_ticket(ticket, actor=actor)
    list(Agency.objects.select_for_update().order_by("pk").values_list("pk"))  # one import at a time
    planner, plan = _planned(rows, what, actor)
    if plan.problems or plan.digest != digest:
        raise PlanChanged
    try:
        with transaction.atomic():
            written = write_targets(planner.targets) if what == AGENCIES else write_people(planner)
    except IntegrityError as error:
        raise PlanChanged from error
    source = hashlib.sha256(repr(rows).encode()).hexdigest()
    record_event(f"import_{what}", actor, actor=actor, sha256=source, **written)
    return plan


def preview_again(ticket: str, *, actor: User) -> Preview:
    """Return the preview of a ticket's rows as the directory is now."""
    what, _digest, rows = read_ticket(ticket, actor=actor)
    return _preview(rows, what, actor)


def _preview(rows: list[list[str]], what: str, actor: User) -> Preview:
    _planner, plan = _planned(rows, what, actor)
    if plan.problems:
        return Preview(what, plan)
    ticket = signing.dumps([actor.pk, what, plan.digest, rows], salt=SALT, compress=True)
    if len(ticket) > LONGEST_TICKET:
        raise DirectoryUnreadable(_("The file is too large: up to 2 MB of text. Split it into several files."))
    return Preview(what, plan, ticket)


def _planned(rows: list[list[str]], what: str, actor: User) -> tuple[AgencyPlanner | PeoplePlanner, Plan]:
    planner = AgencyPlanner(actor) if what == AGENCIES else PeoplePlanner(actor)
    columns = AGENCY_COLUMNS if what == AGENCIES else PEOPLE_COLUMNS
    return planner, planner.read(read_records(rows, columns, planner.plan))
