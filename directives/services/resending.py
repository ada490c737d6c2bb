"""Give refused messages a fresh start."""

from collections.abc import Iterable

from django.db import transaction

from agencies.models import User
from agencies.services.trail import record_event
from directives.models import Delivery, Directive
from directives.permissions import is_staff_of
from directives.reminders.outbox import requeue
from directives.reminders.poke import poke_on_commit

from .errors import NotAllowed


@transaction.atomic
def resend(deliveries: Iterable[Delivery], directive: Directive, *, actor: User) -> int:
    """Send messages of a directive again that were refused; returns how many still were."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    again = [delivery for delivery in deliveries if requeue(delivery)]
    for delivery in again:
        record_event("resend", delivery, actor=actor, agency=directive.issuer)
    poke_on_commit()
    return len(again)
