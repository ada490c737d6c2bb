"""What a reminder says about each assignment, read from its rows into plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alertdesk.lib.clock import ZONE
from alertdesk.lib.text import squeeze
from alertdesk.lib.working_days import Overrides, working_days_between
from directives.models import Assignment, Directive, Notice, RequiredAction, ReviewItem, State, Verdict
from directives.templatetags.alertdesk import vn_datetime

from .news import news_of

SUBJECT_WORDS = 120
AFTER_REVIEW = (State.RETURNED, State.IN_PROGRESS, State.AWAITING_APPROVAL)


@dataclass(frozen=True)
class Asked:
    """One item on which the desk asked for more; `reason` is blank where a mail must not tell it."""

    title: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """One assignment in a mail."""

    kind: str
    assignment_id: int
    agency: str
    document: str
    about: str
    issuer: str
    urgency: str
    due_at: datetime
    is_late: bool
    time_left: str
    missing: list[str]
    asked: list[Asked]
    waits_for_head: bool
    link: str
    contacts: list[dict]
    news: list[str]
    stands: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done any more: the report is no longer asked for, or has been sent."""
        return self.kind == Notice.Kind.RECALLED or self.stands

    @property
    def left_beside_deadline(self) -> str:
        """How far the deadline is, for where the deadline itself stands beside it."""
        return self.time_left.partition(" (")[0]

    @property
    def is_ready_to_send(self) -> bool:
        """Whether only the sending itself is open."""
        return not (self.missing or self.asked or self.waits_for_head)


PREFETCHED = (
    "assignment__directive__actions",
    "assignment__directive__issuer__names",
    "assignment__answers__action",
    "assignment__answers__evidence",
    "assignment__submission__items__action",
)


def with_content(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Load notices with all that a mail reads, in a fixed number of queries."""
    joined = notices.select_related("assignment__directive__issuer", "assignment__submission")
    return joined.prefetch_related(*PREFETCHED, _asked_for())


def load_content(notices: Iterable[Notice]) -> None:
    """Load the same for notices that are in no database yet; their assignments are there."""
    prefetch_related_objects(list(notices), *PREFETCHED, _asked_for())


def _asked_for() -> Prefetch:
    asked = ReviewItem.objects.filter(verdict=Verdict.MORE, review__decided_at__isnull=False)
    return Prefetch("assignment__submission__items__verdicts", asked)


def read_entries(notices: Iterable[Notice], now: datetime, overrides: Overrides) -> list[Entry]:
    """Return one entry per assignment, the most urgent first."""
    latest = {notice.assignment_id: notice for notice in sorted(notices, key=lambda n: (n.planned_at, n.pk))}
    return sorted((_entry(n, now, overrides) for n in latest.values()), key=lambda e: (e.due_at, e.assignment_id))


def _entry(notice: Notice, now: datetime, overrides: Overrides) -> Entry:
    assignment, directive = notice.assignment, notice.assignment.directive
    due_at = assignment.first_due_at(directive.actions.all())
    return Entry(
        kind=notice.kind,
        assignment_id=assignment.pk,
        agency=assignment.agency_name,
        document=document_name(directive),
        about=directive.subject,
        issuer=str(directive.issuer.name_on(directive.reference_day) or directive.issuer_name),
        urgency=directive.urgency_words,
        due_at=due_at,
        is_late=due_at < now,
        time_left=time_left(due_at, now, overrides),
        missing=_missing(assignment),
        asked=_asked(assignment),
        waits_for_head=assignment.state == State.AWAITING_APPROVAL,
        link=settings.SITE_URL + reverse("directives:assignment", args=[assignment.pk]),
        contacts=directive.contacts,
        news=news_of(notice),
        stands=assignment.is_reported,
    )


def document_name(directive: Directive) -> str:
    """Return how a mail names the directive: its number, or what it is about while it has neither number nor symbol."""
    kind = capfirst(directive.doc_type)
    if directive.full_number:
        return _("%(type)s No. %(number)s") % {"type": kind, "number": squeeze(directive.full_number)}
    return _("%(type)s on %(subject)s") % {"type": kind, "subject": squeeze(directive.subject)[:SUBJECT_WORDS]}


def time_left(due_at: datetime, now: datetime, overrides: Overrides) -> str:
    """Say how far the deadline is in working days; on its own day, until when."""
    today, day = now.astimezone(ZONE).date(), due_at.astimezone(ZONE).date()
    if due_at < now:
        late = working_days_between(day, today, overrides)
        return _late(late) if late else _("The deadline has passed")
    if today == day:
        return _("Due today (%(deadline)s)") % {"deadline": vn_datetime(due_at)}
    left = working_days_between(today, day, overrides)
    if not left:
        return _("Due on a day off (%(deadline)s)") % {"deadline": vn_datetime(due_at)}
    return ngettext("%(days)s working day left", "%(days)s working days left", left) % {"days": left}


def _late(days: int) -> str:
    return ngettext("%(days)s working day overdue", "%(days)s working days overdue", days) % {"days": days}


def _missing(assignment: Assignment) -> list[str]:
    """Return the actions, as "1. Title", whose answer is not complete."""
    complete = {answer.action_id for answer in assignment.answers.all() if not answer.missing()}
    return [str(action) for action in assignment.directive.actions.all() if action.pk not in complete]


def _asked(assignment: Assignment) -> list[Asked]:
    """Return what the desk asked for; reasons about weaknesses are read behind the login only."""
    if assignment.state not in AFTER_REVIEW or assignment.submission is None:
        return []
    items = assignment.submission.items.all()
    return [
        Asked(str(item.action), "" if _is_sensitive(item.action, verdict.reason) else verdict.reason)
        for item in items
        for verdict in item.verdicts.all()
    ]


def _is_sensitive(action: RequiredAction, reason: str) -> bool:
    return action.kind == RequiredAction.Kind.VULNERABILITIES or "CVE-" in reason.upper()
