"""Questions and answers between an agency and the desk about one required action."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import Assignment, Notice, Remark, RequiredAction, State
from directives.permissions import can_answer, keeps_report
from directives.reminders.outbox import tell
from directives.reminders.poke import poke_on_commit

from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .transitions import locked

LONGEST = 4000


@transaction.atomic
def write_remark(
    assignment: Assignment, action: RequiredAction, *, actor: User, text: str, seen: int | None = None
) -> Remark:
    """Add a line to a thread for the side that the person works for; a line of the desk is told to the agency.

    `seen` is the id of the last line the person read (0: none yet): Overtaken when another has come since.
    """
    assignment = locked(assignment)
    by_desk = _writes_for_desk(actor, assignment)
    _require_open(assignment)
    _require_words(text)
    if seen is not None and seen != _last_line(assignment, action):
        raise Overtaken(_("Something has been written here meanwhile. Read it, then send your words again."))
    remark = Remark.objects.create(
        assignment=assignment, action=action, text=text, by_desk=by_desk, written_by=actor, written_at=clock.now()
    )
    record_event("remark", remark, actor=actor, agency=assignment.agency, action=action.pk)
    if by_desk:
        tell([assignment], Notice.Kind.REPLY)
        poke_on_commit()
    return remark


@transaction.atomic
def settle(remark: Remark, *, actor: User) -> Remark:
    """Note that the last word of an agency needs no reply."""
    if not keeps_report(actor, locked(remark.assignment)):
        raise NotAllowed
    if not Remark.objects.awaiting_reply().filter(pk=remark.pk).update(settled_at=clock.now()):
        raise Overtaken(_("This has been answered or settled already."))
    remark.refresh_from_db()
    record_event("settle", remark, actor=actor, agency=remark.assignment.agency)
    return remark


def _writes_for_desk(actor: User, assignment: Assignment) -> bool:
    """Return for which side the person writes; nobody writes for both."""
    for_desk, for_agency = keeps_report(actor, assignment), can_answer(actor, assignment)
    # Who works for an agency reaches its units too; towards these they are the side that reviews.
    if for_desk and for_agency and assignment.parent is None:
        raise DomainError(_("You work for the desk and for this agency: a colleague of one side has to write."))
    if not (for_desk or for_agency):
        raise NotAllowed
    return for_desk


def _require_open(assignment: Assignment) -> None:
    if assignment.state == State.WITHDRAWN or assignment.directive.is_draft:
        raise DomainError(_("No report is required any more, so nothing can be asked or answered here."))


def _require_words(text: str) -> None:
    if not text.strip():
        raise Incomplete(_("Write the question first."))
    if len(text) > LONGEST:
        raise Incomplete(_("Write at most %(longest)d characters.") % {"longest": LONGEST})


def _last_line(assignment: Assignment, action: RequiredAction) -> int:
    lines = Remark.objects.filter(assignment=assignment, action=action).order_by("-id")
    return lines.values_list("pk", flat=True).first() or 0
