"""Release agencies from a directive that is recalled or replaced, or one of them alone; each of them is told."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from directives.models import TRANSITIONS, Assignment, Directive, DirectiveState, Notice, State
from directives.permissions import keeps_report
from directives.reminders.outbox import tell
from directives.reminders.poke import poke_on_commit

from .directive_moves import move_assignments, move_directive
from .errors import DomainError, Incomplete, NotAllowed
from .transitions import locked, move


@transaction.atomic
def recall_directive(directive: Directive, *, actor: User) -> int:
    """Take an issued directive back; nobody has to answer any more. Return how many were released."""
    move_directive(directive, "recall", actor=actor)
    return _release_all(directive, actor)


@transaction.atomic
def supersede_directive(old: Directive, *, by: Directive, actor: User) -> int:
    """Let a directive that has just been issued take the place of an older one; return how many were released.

    Raises Incomplete where the older one is not in force or is another body's.
    """
    old = Directive.objects.select_for_update().select_related("issuer").get(pk=old.pk)
    _require_replaceable(old, by)
    move_directive(old, "supersede", actor=actor, facts={"by": by.pk})
    return _release_all(old, actor)


def _require_replaceable(old: Directive, by: Directive) -> None:
    named = {"document": old.full_number or old.subject, "state": DirectiveState(old.state).label}
    if old.state != DirectiveState.ISSUED:
        raise Incomplete(
            _(
                "%(document)s, which this one would replace, is by now in the state “%(state)s”. "
                "Take it out of the draft and issue again."
            )
            % named
        )
    if not Agency.objects.inherited_by([by.issuer]).filter(pk=old.issuer_id).exists():
        raise Incomplete(_("%(document)s was issued by another body and cannot be replaced here.") % named)


@transaction.atomic
def remove_recipient(assignment: Assignment, *, actor: User) -> Assignment:
    """Release one agency from an issued directive, and its units with it; what they wrote is kept."""
    assignment = locked(assignment)
    if not keeps_report(actor, assignment):
        raise NotAllowed
    if assignment.state == State.ACCEPTED:
        raise DomainError(_("Its report has been acknowledged; the agency stays on the list."))
    released = move(assignment, "withdraw", actor=actor)
    _tell([released, *_release_units(released, actor)])
    return released


def _release_units(assignment: Assignment, actor: User) -> list[Assignment]:
    """Release the units to which an agency passed the directive on, and theirs."""
    sources = TRANSITIONS["withdraw"].sources
    units = list(assignment.children.select_for_update().filter(state__in=sources).order_by("pk"))
    released = [move(unit, "withdraw", actor=actor) for unit in units]
    return released + [below for unit in released for below in _release_units(unit, actor)]


def _release_all(directive: Directive, actor: User) -> int:
    released = move_assignments(directive, "withdraw", actor=actor)
    _tell(released)
    return sum(assignment.parent_id is None for assignment in released)


def _tell(released: Iterable[Assignment]) -> None:
    tell(released, Notice.Kind.RECALLED)
    poke_on_commit()
