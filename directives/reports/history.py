"""What happened to one assignment, in sentences, and what the agency has changed since the desk asked for more."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Event
from directives.models import (
    Assignment,
    Evidence,
    ExtensionRequest,
    RequiredAction,
    ReviewItem,
    Submission,
    SubmissionItem,
    Verdict,
)
from directives.templatetags.alertdesk import vn_datetime

from .checklist import Checklist, Figure, Item, figures
from .row_tables import RowTable, row_tables

SENTENCES = {
    "add_recipient": _("The directive was put to the agency after its issue"),
    "pass_on": _("The directive was passed on to the unit"),
    "add_again": _("The agency was released and is asked to report again"),
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
    "amend": _("The report was opened again, since the directive asks for more actions"),
    "withdraw": _("The report is no longer required"),
    "remind": _("The desk sent a reminder"),
    "escalate": _("The desk wrote to the head of the agency"),
    "transfer": _("The agency was merged or changed; the one that took over answers from here on"),
    "lapse": _("The directive was closed without a report"),
    "revive": _("The directive was opened again"),
    "ask_extension": _("The agency asked for more time"),
    "withdraw_request": _("The agency withdrew its request for more time"),
    "grant": _("The desk granted more time"),
    "refuse": _("The desk did not grant more time"),
    "extend_unasked": _("The desk gave more time"),
    "put_roster": _("The agency wrote its duty roster"),
}

# What the desk does about an agency's report, the agency above does about a unit's.
OF_KEEPER = {
    "return": _("%(keeper)s asked for more"),
    "accept": _("%(keeper)s acknowledged the report"),
    "reopen_accepted": _("%(keeper)s asked for more after it had acknowledged the report"),
    "grant": _("%(keeper)s granted more time"),
    "refuse": _("%(keeper)s did not grant more time"),
    "extend_unasked": _("%(keeper)s gave more time"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened, when, who did it, and perhaps what was said."""

    at: datetime
    text: str
    who: str
    detail: str = ""


def history(assignment: Assignment) -> tuple[Line, ...]:
    """List what happened to an assignment, newest first, beginning with its arrival."""
    extensions = {extension.pk: extension for extension in assignment.extensions.all()}
    own = Q(subject_type="assignment", subject_id=assignment.pk)
    about_time = Q(subject_type="extensionrequest", subject_id__in=extensions)
    events = list(Event.objects.filter(own | about_time, act__in=SENTENCES).select_related("actor"))
    keeper = assignment.parent.agency_name if assignment.parent else ""
    lines = [_line(event, extensions, keeper) for event in events]
    if not any(event.act == "add_recipient" for event in events) and assignment.directive.issued_at:
        lines.insert(0, Line(assignment.directive.issued_at, str(_("The directive was issued to the agency")), ""))
    lines += _amendments(assignment, lines[0].at) if lines else ()
    return tuple(reversed(sorted(lines, key=lambda line: line.at)))


def _amendments(assignment: Assignment, arrived_at: datetime) -> list[Line]:
    """Return the changes of the directive since the agency has it."""
    rows = assignment.directive.amendments.filter(made_at__gte=arrived_at).select_related("made_by")
    return [Line(row.made_at, str(_("The directive was changed")), str(row.made_by), row.reason) for row in rows]


def _line(event: Event, extensions: dict[int, ExtensionRequest], keeper: str) -> Line:
    """Return one event in words; `keeper` is the agency that a unit reports to, blank where that is the desk."""
    is_about_time = event.subject_type == "extensionrequest"
    detail = _said_of(extensions[event.subject_id], event.act) if is_about_time else ""
    by_keeper = keeper and event.act in OF_KEEPER
    text = OF_KEEPER[event.act] % {"keeper": keeper} if by_keeper else str(SENTENCES[event.act])
    return Line(event.at, text, str(event.actor or ""), detail)


def _said_of(extension: ExtensionRequest, act: str) -> str:
    """Return the deadline asked for, or the old one and the new, and below it the words that were given."""
    if act == "ask_extension":
        deadlines, words = vn_datetime(extension.wanted_until), extension.reason
    elif extension.granted_until:
        deadlines = f"{vn_datetime(extension.due_before)} → {vn_datetime(extension.granted_until)}"
        words = extension.reason if act == "extend_unasked" else extension.decision_note
    else:
        deadlines, words = "", extension.decision_note
    return "\n".join(part for part in (deadlines, words) if part)


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
    tables: tuple[RowTable, ...]
    evidence: tuple[Evidence, ...]
    verdict: str
    reason: str
    is_verified: bool

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
        tables=row_tables(item.rows),
        evidence=tuple(item.evidence.all()),
        verdict=verdict.verdict if verdict else "",
        reason=verdict.reason if verdict else "",
        is_verified=bool(verdict and verdict.is_verified),
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
