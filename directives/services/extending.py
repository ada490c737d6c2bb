"""More time for one agency: asked for, withdrawn, granted, refused, or given unasked by the desk."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import (
    EXTENSION_TRANSITIONS,
    Assignment,
    DirectiveState,
    ExtensionRequest,
    ExtensionState,
    Notice,
)
from directives.permissions import can_answer, keeps_report
from directives.reminders.outbox import tell
from directives.reminders.poke import poke_on_commit

from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .transitions import locked


@transaction.atomic
def ask_extension(assignment: Assignment, *, actor: User, until: datetime, reason: str) -> ExtensionRequest:
    """Ask the desk for a later deadline; raises Overtaken while another request is open."""
    assignment = locked(assignment)
    if not can_answer(actor, assignment):
        raise NotAllowed
    _require_owed(assignment)
    _require_reason(reason, _("Say why more time is needed."))
    before = _later(assignment, until)
    request = _create(
        assignment, due_before=before, wanted_until=until, reason=reason, asked_by=actor, asked_at=clock.now()
    )
    record_event("ask_extension", request, actor=actor, agency=assignment.agency)
    return request


@transaction.atomic
def withdraw_request(request: ExtensionRequest, *, actor: User) -> ExtensionRequest:
    """Take back a request that the desk has not answered."""
    assignment = locked(request.assignment)
    if not can_answer(actor, assignment):
        raise NotAllowed
    return _move(request, "withdraw_request", assignment, actor=actor)


@transaction.atomic
def grant_extension(request: ExtensionRequest, *, actor: User, until: datetime, note: str = "") -> ExtensionRequest:
    """Set a later deadline on request, perhaps another one than was asked for, and tell the agency."""
    assignment = _decidable(request, actor)
    before = _later(assignment, until)
    decision = {"decided_by": actor, "decided_at": clock.now(), "decision_note": note}
    _move(request, "grant", assignment, actor=actor, due_before=before, granted_until=until, **decision)
    _prolong(assignment, until)
    return request


@transaction.atomic
def refuse_extension(request: ExtensionRequest, *, actor: User, note: str) -> ExtensionRequest:
    """Leave the deadline as it is, with the reason, and tell the agency."""
    assignment = _decidable(request, actor)
    _require_reason(note, _("Say why more time is not granted."))
    decision = {"decided_by": actor, "decided_at": clock.now(), "decision_note": note}
    _move(request, "refuse", assignment, actor=actor, **decision)
    _announce(assignment)
    return request


@transaction.atomic
def extend_unasked(assignment: Assignment, *, actor: User, until: datetime, reason: str) -> ExtensionRequest:
    """Give an agency more time that it has not asked for; where it has, that request is answered instead."""
    assignment = locked(assignment)
    if not keeps_report(actor, assignment):
        raise NotAllowed
    _require_owed(assignment)
    _require_reason(reason, _("Say why more time is needed."))
    if assignment.extensions.filter(state=ExtensionState.ASKED).exists():
        raise DomainError(_("%(agency)s has asked for more time: answer that request.") % _named(assignment))
    before = _later(assignment, until)
    granted = _create(
        assignment,
        state=ExtensionState.GRANTED,
        due_before=before,
        granted_until=until,
        reason=reason,
        decided_by=actor,
        decided_at=clock.now(),
    )
    record_event("extend_unasked", granted, actor=actor, agency=assignment.agency)
    _prolong(assignment, until)
    return granted


@transaction.atomic
def extend_all(assignments: Iterable[Assignment], *, actor: User, until: datetime, reason: str) -> int:
    """Give several agencies the same later deadline, or none of them; return how many."""
    in_order = sorted(assignments, key=lambda assignment: assignment.pk)
    return len([extend_unasked(assignment, actor=actor, until=until, reason=reason) for assignment in in_order])


def _create(assignment: Assignment, **fields) -> ExtensionRequest:
    try:
        with transaction.atomic():
            return ExtensionRequest.objects.create(assignment=assignment, **fields)
    except IntegrityError as twice:
        raise Overtaken(_("A request for more time is open already.")) from twice


def _decidable(request: ExtensionRequest, actor: User) -> Assignment:
    """Return the assignment locked, where the person may decide and a decision still changes something."""
    assignment = locked(request.assignment)
    if not keeps_report(actor, assignment):
        raise NotAllowed
    _require_owed(assignment)
    return assignment


def _move(request: ExtensionRequest, verb: str, assignment: Assignment, *, actor: User, **changes) -> ExtensionRequest:
    """Carry out one row of the table of extensions by one conditional update, with its event."""
    source, to = EXTENSION_TRANSITIONS[verb]
    if not ExtensionRequest.objects.filter(pk=request.pk, state=source).update(state=to, **changes):
        raise Overtaken
    request.refresh_from_db()
    record_event(verb, request, actor=actor, agency=assignment.agency)
    return request


def _prolong(assignment: Assignment, until: datetime) -> None:
    """Let the assignment's last day be another: a new cycle of reminders begins, with the news of it."""
    held = Assignment.objects.filter(pk=assignment.pk, version=assignment.version)
    if not held.update(due_at=until, is_extended=True, cycle=F("cycle") + 1, version=F("version") + 1):
        raise Overtaken
    assignment.refresh_from_db()
    _announce(assignment)


def _announce(assignment: Assignment) -> None:
    tell([assignment], Notice.Kind.EXTENSION)
    poke_on_commit()


def _require_owed(assignment: Assignment) -> None:
    if not assignment.owes_answer or assignment.directive.state != DirectiveState.ISSUED:
        raise DomainError(
            _("%(agency)s owes no report now (%(state)s); its deadline stays.")
            % {**_named(assignment), "state": assignment.get_state_display().lower()}
        )


def _require_reason(words: str, message) -> None:
    if not words.strip():
        raise Incomplete(message)


def _later(assignment: Assignment, until: datetime) -> datetime:
    """Return the deadline that stands now; refuse one that is not later, or has passed already."""
    present = max(assignment.due_at, assignment.first_due_at(assignment.directive.actions.all()))
    if until <= present:
        raise DomainError(_("%(agency)s: the new deadline must be later than the present one.") % _named(assignment))
    if until <= clock.now():
        raise DomainError(_("The new deadline has passed already."))
    _require_before_parent(assignment, until)
    return present


def _require_before_parent(assignment: Assignment, until: datetime) -> None:
    """Refuse to let a unit report after the agency that passed the directive on to it has to."""
    parent = assignment.parent
    if parent and until > parent.due_for_units(assignment.directive.actions.all()):
        raise DomainError(_("%(agency)s has to report before that itself: choose an earlier moment.") % _named(parent))


def _named(assignment: Assignment) -> dict[str, str]:
    return {"agency": assignment.agency_name}
