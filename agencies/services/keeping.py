"""Change how an agency is reached and recognised."""

import hashlib
import json

from django.db import transaction

from agencies.models import Agency, User
from alertdesk.lib import electronic_code

from .trail import record_event

FIELDS = ("code", "mailbox", "telephone", "contact_name", "needs_approval")


class AgencyChanged(Exception):
    """Someone else has changed the agency since the person saw it; nothing was written."""


def fingerprint(agency: Agency) -> str:
    """Return what changes with any of the details, to tell an agency as seen from one changed since."""
    name = agency.current_name
    values = [[getattr(agency, field) for field in FIELDS], name.aliases if name else []]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


@transaction.atomic
def update_agency(agency: Agency, *, actor: User, seen: str, values: dict, aliases: list[str]) -> list[str]:
    """Set the details of an agency as it was seen and the other names it goes by now; return what changed.

    `values` holds FIELDS. Raises AgencyChanged when `seen` is not its fingerprint any more.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if fingerprint(agency) != seen:
        raise AgencyChanged
    changed = [field for field in FIELDS if getattr(agency, field) != values[field]]
    for field in changed:
        setattr(agency, field, values[field])
    agency.code_key = electronic_code.key(agency.code)
    agency.save()
    name = agency.current_name
    if name and name.aliases != aliases:
        name.aliases = aliases
        name.save(update_fields=["aliases"])
        changed.append("aliases")
    if changed:
        record_event("agency_change", agency, actor=actor, agency=agency, fields=changed)
    return changed
