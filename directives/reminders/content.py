"""What a message says about each assignment, read from its rows into plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alertdesk.lib.clock import ZONE
from alertdesk.lib.text import squeeze
from alertdesk.lib.working_days import Overrides, working_days_between
from directives.models import (
    Answer,
    Assignment,
    Delivery,
    Directive,
    DirectiveState,
    Notice,
    RequiredAction,
    ReviewItem,
    State,
    Verdict,
    duty_window,
)
from directives.templatetags.alertdesk import vn_datetime

from .discretion import discreet, tells_detail
from .duties import Link, links_of, roster_lacks
from .news import news_of
from .planning import REMINDING

Kind = Notice.Kind
SUBJECT_WORDS = 120
AFTER_REVIEW = (State.RETURNED, State.IN_PROGRESS, State.AWAITING_APPROVAL)
# Of notices of one moment about one assignment the later in this list leads.
MINOR = (Kind.ALSO_OPEN, Kind.ROSTER)
WITH_ROSTER = (*REMINDING, Kind.MANUAL, Kind.ROSTER, Kind.ALSO_OPEN)
# After these nothing is to be done any more.
OVER = (Kind.RECALLED, Kind.ACCEPTED)


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
    directive_id: int
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
    roster: list[str]
    turns: list[Link]
    replaces: int | None
    thread: str

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done any more: the report is no longer asked for, or has been sent."""
        return self.kind in OVER or self.stands

    @property
    def left_beside_deadline(self) -> str:
        """How far the deadline is, for where the deadline itself stands beside it."""
        return self.time_left.partition(" (")[0]

    @property
    def is_ready_to_send(self) -> bool:
        """Whether only the sending itself is open."""
        return not (self.missing or self.asked or self.waits_for_head or self.is_over)


PREFETCHED = (
    "assignment__shifts__person",
    "assignment__directive__actions",
    "assignment__directive__issuer__names",
    "assignment__submission__items__action",
)


def with_content(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Load notices with all that a mail reads, in a fixed number of queries."""
    # Not the directive: prefetched, it is read once and shared by all its notices.
    joined = notices.select_related(
        "assignment__submission",
        "assignment__parent",
        "assignment__responsible_agency",
    )
    return joined.prefetch_related(*PREFETCHED, *_as_far_as_read()).annotate(thread=Subquery(_first_mail()))


def _first_mail() -> QuerySet:
    """Return the Message-ID of what an address was first sent about an assignment: its thread begins there."""
    sent = Delivery.objects.filter(
        notices__assignment=OuterRef("assignment"),
        address=OuterRef("address"),
        channel=Delivery.Channel.EMAIL,
        state=Delivery.State.SENT,
    )
    return sent.exclude(pk=OuterRef("delivery")).order_by("pk").values("message_id")[:1]


def load_content(notices: Iterable[Notice]) -> None:
    """Load the same for notices that are in no database yet; their assignments are there."""
    prefetch_related_objects(list(notices), *PREFETCHED, *_as_far_as_read())


def _as_far_as_read() -> list[Prefetch | str]:
    """Return the answers without their rows, which no message tells, and what was asked for."""
    answers = Answer.objects.only("assignment", "action", "status", "note")
    asked = ReviewItem.objects.filter(verdict=Verdict.MORE, review__decided_at__isnull=False)
    return [
        Prefetch("assignment__answers", answers),
        "assignment__answers__action",
        "assignment__answers__evidence",
        Prefetch("assignment__submission__items__verdicts", asked),
    ]


def read_entries(notices: Iterable[Notice], now: datetime, overrides: Overrides) -> list[Entry]:
    """Return one entry per assignment, the most urgent first; what an arriving directive replaces stands there."""
    in_order = sorted(notices, key=lambda n: (n.assignment_id, n.planned_at, n.kind not in MINOR, n.pk or 0))
    groups = (list(group) for _pk, group in groupby(in_order, key=lambda n: n.assignment_id))
    entries = sorted((_entry(g, now, overrides) for g in groups), key=lambda e: (e.is_over, e.due_at, e.assignment_id))
    replaced = {entry.replaces for entry in entries if entry.kind == Kind.ARRIVAL}
    return [e for e in entries if not (e.kind == Kind.RECALLED and e.directive_id in replaced)]


def _entry(notices: list[Notice], now: datetime, overrides: Overrides) -> Entry:
    lead = _lead(notices)
    assignment, directive = lead.assignment, lead.assignment.directive
    due_at = assignment.first_due_at(directive.actions.all())
    return Entry(
        kind=lead.kind,
        assignment_id=assignment.pk,
        directive_id=directive.pk,
        agency=assignment.agency_name,
        document=document_name(directive),
        about=discreet(directive.subject),
        issuer=_sender(lead),
        urgency=directive.urgency_words,
        due_at=due_at,
        is_late=due_at < now,
        time_left=time_left(due_at, now, overrides),
        missing=_missing(assignment),
        asked=_asked(assignment),
        waits_for_head=assignment.state == State.AWAITING_APPROVAL,
        link=settings.SITE_URL + reverse("directives:assignment", args=[assignment.pk]),
        contacts=directive.contacts,
        news=list(dict.fromkeys(line for notice in notices for line in news_of(notice))),
        stands=assignment.is_reported,
        roster=_roster(lead, now, overrides),
        turns=links_of(lead, now) if lead.kind == Kind.CHECK_IN else [],
        replaces=directive.supersedes_id,
        thread=getattr(lead, "thread", None) or "",
    )


def _lead(notices: list[Notice]) -> Notice:
    """Return the notice that says why the message comes: the latest, but none that only comes along."""
    return next((notice for notice in reversed(notices) if notice.kind not in MINOR), notices[-1])


def _sender(notice: Notice) -> str:
    """Return who asks: the issuing body, or the agency that passed the directive on and reviews its units."""
    parent, directive = notice.assignment.parent, notice.assignment.directive
    if parent is not None and notice.kind not in (Kind.ARRIVAL, Kind.AMENDED):
        return parent.agency_name
    return str(directive.issuer.name_on(directive.reference_day) or directive.issuer_name)


def _roster(notice: Notice, now: datetime, overrides: Overrides) -> list[str]:
    """Return what the roster lacks, in a message that reminds."""
    if notice.kind not in WITH_ROSTER or notice.assignment.directive.state != DirectiveState.ISSUED:
        return []
    return roster_lacks(notice.assignment, duty_window(notice.assignment.directive, overrides), now)


def document_name(directive: Directive) -> str:
    """Return how a mail names the directive: its number, or what it is about while it has neither number nor symbol."""
    kind = capfirst(directive.doc_type)
    if directive.full_number:
        return _("%(type)s No. %(number)s") % {"type": kind, "number": squeeze(directive.full_number)}
    subject = discreet(squeeze(directive.subject))[:SUBJECT_WORDS]
    return _("%(type)s on %(subject)s") % {"type": kind, "subject": subject}


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
    return [discreet(str(action)) for action in assignment.directive.actions.all() if action.pk not in complete]


def _asked(assignment: Assignment) -> list[Asked]:
    """Return what the desk asked for; reasons about weaknesses are read behind the login only."""
    if assignment.state not in AFTER_REVIEW or assignment.submission is None:
        return []
    items = assignment.submission.items.all()
    return [
        Asked(discreet(str(item.action)), "" if _is_sensitive(item.action, verdict.reason) else verdict.reason)
        for item in items
        for verdict in item.verdicts.all()
    ]


def _is_sensitive(action: RequiredAction, reason: str) -> bool:
    return action.kind == RequiredAction.Kind.VULNERABILITIES or tells_detail(reason)
