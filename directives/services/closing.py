"""End a directive, open it again, take it back, or release one recipient."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from directives.models import TRANSITIONS, Assignment, Directive, DirectiveState, State
from directives.permissions import is_staff_of

from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .transitions import locked, move


def _change(directive: Directive, verb: str, actor: User, source: str, to: str) -> None:
    """Move a directive itself by one conditional update, with its event."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    held = Directive.objects.filter(pk=directive.pk, state=source, version=directive.version)
    if not held.update(state=to, version=directive.version + 1):
        raise Overtaken
    directive.refresh_from_db()
    record_event(verb, directive, actor=actor, agency=directive.issuer, version=directive.version)


def _move_each(directive: Directive, verb: str, actor: User, **changes) -> int:
    """Move every assignment that the verb applies to; return how many."""
    rows = list(directive.assignments.select_for_update().filter(state__in=TRANSITIONS[verb].sources))
    for assignment in rows:
        extra = {"lapsed_from": assignment.state} if verb == "lapse" else {}
        move(assignment, verb, actor=actor, **extra, **changes)
    return len(rows)


@transaction.atomic
def close_directive(directive: Directive, *, actor: User) -> int:
    """End an issued directive; assignments still owed lapse, visibly. Return how many lapsed."""
    _change(directive, "close", actor, DirectiveState.ISSUED, DirectiveState.CLOSED)
    return _move_each(directive, "lapse", actor)


@transaction.atomic
def reopen_directive(directive: Directive, *, actor: User, reason: str) -> int:
    """Open a closed directive again; lapsed assignments become what they were. Return how many."""
    if not reason.strip():
        raise Incomplete(_("Say why the directive is opened again."))
    _change(directive, "reopen", actor, DirectiveState.CLOSED, DirectiveState.ISSUED)
    return _move_each(directive, "revive", actor)


@transaction.atomic
def recall_directive(directive: Directive, *, actor: User) -> int:
    """Take an issued directive back; nobody has to answer any more. Return how many were released."""
    _change(directive, "recall", actor, DirectiveState.ISSUED, DirectiveState.RECALLED)
    return _move_each(directive, "withdraw", actor)


@transaction.atomic
def remove_recipient(assignment: Assignment, *, actor: User) -> Assignment:
    """Release one agency from an issued directive; what it wrote is kept."""
    assignment = locked(assignment)
    if not is_staff_of(actor, assignment.directive):
        raise NotAllowed
    if assignment.state == State.ACCEPTED:
        raise DomainError(_("Its report has been acknowledged; the agency stays on the list."))
    return move(assignment, "withdraw", actor=actor)
