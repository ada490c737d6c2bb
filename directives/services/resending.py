"""Give a refused message a fresh start."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from directives.models import Delivery, Directive
from directives.permissions import is_staff_of
from directives.reminders.outbox import requeue
from directives.reminders.poke import poke_on_commit

from .errors import NotAllowed, Overtaken


@transaction.atomic
def resend(delivery: Delivery, directive: Directive, *, actor: User) -> None:
    """Send a message of a directive again that the mail server refused; Overtaken when it is not refused any more."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    if not requeue(delivery):
        raise Overtaken(_("This message is not among the refused ones any more."))
    record_event("resend", delivery, actor=actor, agency=directive.issuer)
    poke_on_commit()
