"""Invite all recipients of a directive in one act."""

from django.db import transaction

from agencies.models import User
from agencies.services.invitations import invite_agency
from directives.models import Assignment, Directive, Notice, State
from directives.permissions import is_staff_of
from directives.reminders.outbox import enqueue
from directives.reminders.poke import poke_on_commit

from .errors import NotAllowed


@transaction.atomic
def invite_recipients(directive: Directive, *, actor: User) -> tuple[list[Assignment], list[Assignment]]:
    """Open an account for every recipient's official mailbox and send it a set-password link.

    Agencies that need not report any more, whose account has been used already, or that were
    invited today are not written to. Returns the assignments written to and those without a mailbox.
    """
    if not is_staff_of(actor, directive):
        raise NotAllowed
    invited, without_mailbox = [], []
    required = directive.assignments.on_board().exclude(state=State.WITHDRAWN)
    for assignment in required.select_related("responsible_agency"):
        user = invite_agency(assignment.responsible_agency, actor=actor)
        if user is None:
            without_mailbox.append(assignment)
        elif user.last_login is None and enqueue(assignment, Notice.Kind.INVITATION, user.email):
            invited.append(assignment)
    poke_on_commit()
    return invited, without_mailbox
