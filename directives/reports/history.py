"""What happened to one assignment, in sentences, and what the agency has changed since the desk asked for more."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.models import Event
from directives.models import (
    Assignment,
    Evidence,
    RequiredAction,
    ReviewItem,
    Submission,
    SubmissionItem,
    Verdict,
)

from .checklist import Checklist, Figure, Item, figures

SENTENCES = {
    "add_recipient": _("The directive was put to the agency after its issue"),
    "acknowledge": _("The agency confirmed receipt"),
    "start": _("The agency began to answer"),
    "ask_approval": _("The answers were put before the head of the agency"),
    "stop_approval": _("The answers were opened again before approval"),
    "submit": _("The report was sent"),
    "record": _("The desk recorded a report received another way"),
    "take_back": _("The agency took the report back"),
    "return": _("The desk asked for more"),
    "accept": _("The desk acknowledged the report"),
    "reopen_accepted": _("The desk asked for more after it had acknowledged the report"),
    "withdraw": _("The report is no longer required"),
    "remind": _("The desk sent a reminder"),
    "transfer": _("The agency was merged or changed; the one that took over answers from here on"),
    "lapse": _("The directive was closed without a report"),
    "revive": _("The directive was opened again"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened, when, and who did it."""

    at: datetime
    text: str
    who: str


def history(assignment: Assignment) -> tuple[Line, ...]:
    """List what happened to an assignment, newest first, beginning with its arrival."""
    events = list(
        Event.objects.filter(subject_type="assignment", subject_id=assignment.pk, act__in=SENTENCES).select_related(
            "actor"
        )
    )
    lines = [Line(event.at, str(SENTENCES[event.act]), str(event.actor or "")) for event in events]
    if not any(event.act == "add_recipient" for event in events) and assignment.directive.issued_at:
        lines.insert(0, Line(assignment.directive.issued_at, str(_("The directive was issued to the agency")), ""))
    return tuple(reversed(lines))


def submissions_of(assignment: Assignment) -> tuple[Submission, ...]:
    """List all sendings of an assignment, newest first, with who sent, recorded and reviewed them."""
    rows = assignment.submissions.select_related("submitted_by", "recorded", "review__reviewer")
    return tuple(rows.order_by("-round"))


@dataclass(frozen=True)
class SentItem:
    """What a submission says about one action, and what the desk decided on it once the review was finished."""

    action: RequiredAction
    status: str
    note: str
    figures: tuple[Figure, ...]
    evidence: tuple[Evidence, ...]
    verdict: str
    reason: str

    @property
    def needs_more(self) -> bool:
        """Whether the desk asks for more about this action."""
        return self.verdict == Verdict.MORE


def sent_items(submission: Submission) -> tuple[SentItem, ...]:
    """Read a submission action by action; the verdicts of an unfinished review stay at the desk."""
    decided = ReviewItem.objects.filter(review__submission=submission, review__decided_at__isnull=False)
    verdicts = {verdict.item_id: verdict for verdict in decided}
    items = submission.items.select_related("action").prefetch_related("evidence")
    return tuple(_sent_item(item, verdicts.get(item.pk)) for item in items)


def _sent_item(item: SubmissionItem, verdict: ReviewItem | None) -> SentItem:
    return SentItem(
        action=item.action,
        status=item.status,
        note=item.note,
        figures=figures(item.action.kind, item),
        evidence=tuple(item.evidence.all()),
        verdict=verdict.verdict if verdict else "",
        reason=verdict.reason if verdict else "",
    )


def untouched(checklist: Checklist) -> tuple[Item, ...]:
    """Return the items that the desk asks more about and the agency has not changed since the desk said so."""
    asked_at = _asked_at(checklist.assignment)
    return tuple(item for item in checklist.asked_for if asked_at and not _changed_since(item, asked_at))


def _asked_at(assignment: Assignment) -> datetime | None:
    review = getattr(assignment.submission, "review", None)
    return review.decided_at if review else None


def _changed_since(item: Item, moment: datetime) -> bool:
    saved = item.answer.saved_at if item.answer else None
    return bool(saved and saved > moment) or any(file.uploaded_at > moment for file in item.evidence)
