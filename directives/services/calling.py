"""Note a telephone call about an assignment."""

from datetime import date

from django.db import transaction

from agencies.models import User
from agencies.services.trail import record_event
from directives.models import Assignment, CallLog
from directives.permissions import keeps_report

from .errors import NotAllowed


@transaction.atomic
def log_call(
    assignment: Assignment,
    *,
    actor: User,
    spoke_with: str,
    promised: str,
    telephone: str = "",
    promised_on: date | None = None,
) -> CallLog:
    """Write down with whom the desk spoke and what was promised."""
    if not keeps_report(actor, assignment):
        raise NotAllowed
    call = CallLog.objects.create(
        assignment=assignment,
        called_by=actor,
        spoke_with=spoke_with,
        promised=promised,
        telephone=telephone,
        promised_on=promised_on,
    )
    record_event("call", call, actor=actor, agency=assignment.agency)
    return call
