"""The weaknesses that a draft's action names: taken from its text, and from a file after a preview."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from directives.intake.vulnerability_cells import VulnerabilityRow
from directives.models import RequiredAction, Vulnerability

from .drafting import require_draft
from .errors import DomainError

FIELDS = ("product_line", "impact", "cvss", "exploited_since", "fix")


@transaction.atomic
def save_vulnerabilities(action: RequiredAction, rows: Iterable[VulnerabilityRow], *, actor: User) -> tuple[int, int]:
    """Add or change an action's weaknesses by their CVE number, all or none; return how many of each.

    What a file leaves blank stays as it was: a later file may add what an earlier one did not know.
    """
    require_draft(action.directive, actor)
    rows = list(rows)
    if not rows:
        raise DomainError(_("The file names no vulnerability."))
    RequiredAction.objects.select_for_update().get(pk=action.pk)  # two files at once: one after the other
    known = {flaw.cve: flaw for flaw in action.vulnerabilities.all()}
    fresh = [Vulnerability(action=action, cve=row.cve, **_said(row)) for row in rows if row.cve not in known]
    changed = [_changed(known[row.cve], row) for row in rows if row.cve in known]
    Vulnerability.objects.bulk_create(fresh)
    Vulnerability.objects.bulk_update(changed, FIELDS)
    record_event("edit", action.directive, actor=actor, agency=action.directive.issuer, action=action.pk)
    return len(fresh), len(changed)


@transaction.atomic
def clear_vulnerabilities(action: RequiredAction, *, actor: User) -> None:
    """Take all weaknesses off an action of a draft."""
    require_draft(action.directive, actor)
    action.vulnerabilities.all().delete()
    record_event("edit", action.directive, actor=actor, agency=action.directive.issuer, action=action.pk)


def _said(row: VulnerabilityRow) -> dict:
    """Return what a row says, without what it leaves blank."""
    return {name: value for name in FIELDS if (value := getattr(row, name))}


def _changed(flaw: Vulnerability, row: VulnerabilityRow) -> Vulnerability:
    for name, value in _said(row).items():
        setattr(flaw, name, value)
    return flaw
