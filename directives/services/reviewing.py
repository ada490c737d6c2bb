"""The desk reviews one submission item by item, then acknowledges it or asks for more."""

import hashlib
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import Assignment, Notice, Review, ReviewItem, State, Submission, SubmissionItem, Verdict
from directives.permissions import can_review, keeps_report
from directives.reminders.outbox import tell
from directives.reminders.poke import poke_on_commit

from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .transitions import locked, move


@transaction.atomic
def save_review(
    submission: Submission,
    *,
    actor: User,
    verdicts: dict[int, tuple[str, str]],
    verified: Collection[int] = (),
    note: str = "",
    seen: str | None = None,
) -> Review:
    """Keep verdicts so far, {item id: (verdict, reason)}; once begun, the agency cannot take the report back.

    `verified` are the ids of the items whose figures the desk has compared with another source. `seen` is the
    `verdicts_read` that the person started from: Overtaken when a colleague kept others meanwhile.
    """
    _require_open(submission, actor)
    if seen is not None and seen != verdicts_read(submission):
        raise Overtaken(
            _("A colleague has kept other verdicts meanwhile. They are shown when you open the report again.")
        )
    review, _is_new = Review.objects.get_or_create(submission=submission, defaults={"reviewer": actor})
    Review.objects.filter(pk=review.pk).update(note=note, reviewer=actor)
    own = {item.pk: item for item in submission.items.all()}
    for item_id, (verdict, reason) in verdicts.items():
        _require_reason(own[item_id], verdict, reason)
        is_verified = item_id in verified
        if is_verified:
            _require_verifiable(own[item_id], verdict)
        ReviewItem.objects.update_or_create(
            review=review,
            item=own[item_id],
            defaults={
                "verdict": verdict,
                "reason": reason if verdict == Verdict.MORE else "",
                "is_verified": is_verified,
            },
        )
    review.refresh_from_db()
    record_event("review", submission, actor=actor, agency=submission.assignment.agency, review=review.pk)
    return review


def verdicts_read(submission: Submission) -> str:
    """Return a fingerprint of the verdicts kept so far; it changes with every other verdict or reason."""
    kept = ReviewItem.objects.filter(review__submission=submission).order_by("item_id")
    rows = [":".join(map(str, row)) for row in kept.values_list("item_id", "verdict", "reason", "is_verified")]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _require_open(submission: Submission, actor: User) -> None:
    assignment = locked(submission.assignment)
    if not can_review(actor, submission):
        raise NotAllowed(_("A report is reviewed by someone other than the person who sent or recorded it."))
    if assignment.state != State.SUBMITTED or assignment.submission_id != submission.pk:
        raise Overtaken


def _require_reason(item: SubmissionItem, verdict: str, reason: str) -> None:
    if verdict == Verdict.MORE and not reason.strip():
        raise Incomplete(_("Say what is asked for in item %(number)d.") % {"number": item.action.position})


def _require_verifiable(item: SubmissionItem, verdict: str) -> None:
    if verdict != Verdict.OK or not item.has_figures:
        raise Incomplete(_("Only figures that are sufficient can be verified."))


@transaction.atomic
def finish_review(
    submission: Submission,
    *,
    actor: User,
    verdicts: dict[int, tuple[str, str]],
    verified: Collection[int] = (),
    note: str = "",
    seen: str | None = None,
) -> Assignment:
    """Decide on every item: acknowledge the report when all are sufficient, else ask the agency for more."""
    review = save_review(submission, actor=actor, verdicts=verdicts, verified=verified, note=note, seen=seen)
    if review.items.count() != submission.items.count():
        raise Incomplete(_("Decide on every item first."))
    decided = Review.objects.filter(pk=review.pk, decided_at__isnull=True).update(
        decided_at=clock.now(), reviewer=actor
    )
    if not decided:
        raise Overtaken
    verb = "return" if review.items.filter(verdict=Verdict.MORE).exists() else "accept"
    assignment = move(locked(submission.assignment), verb, actor=actor)
    if verb == "accept":
        tell([assignment], Notice.Kind.ACCEPTED)
    poke_on_commit()
    return assignment


@transaction.atomic
def reopen_accepted(assignment: Assignment, *, actor: User, item: SubmissionItem, reason: str) -> Assignment:
    """Ask for more on one item of a report that had already been acknowledged."""
    assignment = locked(assignment)
    if not keeps_report(actor, assignment):
        raise NotAllowed
    if assignment.state != State.ACCEPTED or item.submission_id != assignment.submission_id:
        raise DomainError(_("Only an acknowledged report can be opened again."))
    _require_reason(item, Verdict.MORE, reason)
    ReviewItem.objects.filter(review=assignment.submission.review, item=item).update(
        verdict=Verdict.MORE, reason=reason, is_verified=False
    )
    assignment = move(assignment, "reopen_accepted", actor=actor)
    poke_on_commit()
    return assignment
