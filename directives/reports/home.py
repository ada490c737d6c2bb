"""The first page after signing in: an officer's own work, and the directives of the desk or of a leader."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q

from agencies.models import Agency, Role
from alertdesk.lib import clock
from alertdesk.lib.text import sort_key
from directives.models import COMPLETE, Assignment, CallLog, Directive, DirectiveState, RequiredAction, State

from .checklist import NextStep, next_step
from .mail_today import MailToday, mail_today
from .numbers import Numbers, numbers_of
from .progress import arrived_on
from .roll_up import Counts, agency_group, roll_up
from .standing import days_overdue, standings, with_standing

CLOSED_SHOWN_DAYS = 30
LAST_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Work:
    """One assignment on an officer's or a head's list."""

    assignment_id: int
    number: str
    urgency: str
    subject: str
    issuer_name: str
    agency_name: str
    state: str
    is_amended: bool
    due_at: datetime
    next_due_at: datetime
    owes: bool
    late: bool
    days_late: int
    complete: int
    total: int
    next_step: NextStep
    units: Counts
    to_review: int

    @property
    def next_label(self) -> str:
        """What comes next, in words."""
        return self.next_step.label


@dataclass(frozen=True)
class DirectiveLine:
    """One directive of the desk with its numbers; `gained` reports came today."""

    directive_id: int
    number: str
    subject: str
    state: str
    deadline: datetime | None
    issued_at: datetime | None
    contacts: tuple[dict, ...]
    numbers: Numbers
    gained: int
    mail: MailToday


@dataclass(frozen=True)
class ToCall:
    """An agency to call: late, or not even received on the last day; neither called today nor promised for later."""

    assignment_id: int
    directive_id: int
    agency_name: str
    contact_name: str
    telephone: str
    state: str
    is_late: bool
    days_late: int
    last_call: CallLog | None


@dataclass(frozen=True)
class Desk:
    """What the desk or a leader sees first."""

    in_progress: tuple[DirectiveLine, ...]
    drafts: tuple[DirectiveLine, ...]
    ended: tuple[DirectiveLine, ...]
    to_review: int
    to_call: tuple[ToCall, ...]


def my_work(user, *, now: datetime) -> tuple[Work, ...]:
    """List the assignments of the agencies the person writes for: what is owed first, by deadline."""
    assignments = (
        with_standing(Assignment.objects.visible_to(user).filter(responsible_agency__in=_own_agencies(user)))
        .exclude(state=State.WITHDRAWN)
        # Units that report to the person's own agency stand behind that agency's report.
        .exclude(parent__responsible_agency__in=_own_agencies(user))
        .select_related("directive")
        .prefetch_related(Prefetch("directive__actions", RequiredAction.objects.all()), "children")
    )
    lines = [_work(assignment, now) for assignment in assignments]
    return tuple(sorted(lines, key=_next_first))


def desk(user, *, now: datetime) -> Desk:
    """Read the directives the person may see as staff or leader, with their numbers and the calls to make."""
    directives = list(Directive.objects.visible_to(user).distinct())
    ids = [directive.pk for directive in directives]
    counted = numbers_of(ids, now=now)
    gained, mail = arrived_on(now.astimezone(clock.ZONE).date(), ids), mail_today(ids, now=now)
    lines = [_line(directive, counted, gained, mail) for directive in directives]
    since = now - timedelta(days=CLOSED_SHOWN_DAYS)
    running = [line for line in lines if line.state == DirectiveState.ISSUED]
    return Desk(
        in_progress=tuple(sorted(running, key=lambda line: line.deadline)),
        drafts=tuple(line for line in lines if line.state == DirectiveState.DRAFT),
        ended=tuple(line for line in lines if line.issued_at and line.issued_at > since and line not in running),
        to_review=sum(line.numbers.to_review for line in lines),
        to_call=_calls_to_make([line.directive_id for line in running], now),
    )


def _next_first(line: Work) -> tuple:
    """Put what is owed first, the nearest deadline on top; below it what has ended, the latest on top."""
    return (False, line.next_due_at.timestamp(), line.assignment_id) if line.owes else (True, -line.assignment_id)


def _own_agencies(user):
    """Return the agencies the person writes for and everything below them."""
    own = Agency.objects.none()
    for agency in user.agencies_as(Role.OFFICER, Role.HEAD):
        own = own | Agency.objects.under(agency)
    return own.values("pk")


def _work(assignment: Assignment, now) -> Work:
    actions = list(assignment.directive.actions.all())
    stands = standings(assignment, actions, now=now)
    open_dues = [standing.due_at for standing in stands if standing.status not in COMPLETE]
    complete = len(stands) - len(open_dues)
    late = assignment.is_overdue(actions, now)
    return Work(
        assignment_id=assignment.pk,
        number=assignment.directive.full_number,
        urgency=assignment.directive.urgency_words,
        subject=assignment.directive.subject,
        issuer_name=assignment.directive.issuer_name,
        agency_name=assignment.agency_name,
        state=assignment.state,
        is_amended=assignment.state == State.RETURNED and all(standing.cell != "returned" for standing in stands),
        due_at=assignment.due_at,
        next_due_at=min(open_dues, default=assignment.due_at),
        owes=assignment.owes_answer,
        late=late,
        days_late=days_overdue(assignment, actions, now),
        complete=complete,
        total=len(actions),
        next_step=next_step(assignment.state, is_complete=complete == len(actions)),
        units=roll_up(agency_group(None, assignment.children.all())),
        to_review=sum(child.state == State.SUBMITTED for child in assignment.children.all()),
    )


def _line(directive: Directive, counted, gained, mail) -> DirectiveLine:
    pk = directive.pk
    return DirectiveLine(
        directive_id=pk,
        number=directive.full_number,
        subject=directive.subject,
        state=directive.state,
        deadline=directive.deadline,
        issued_at=directive.issued_at,
        contacts=tuple(directive.contacts),
        numbers=counted.get(pk, Numbers()),
        gained=gained.get(pk, 0),
        mail=mail.get(pk, MailToday()),
    )


def _calls_to_make(directive_ids, now) -> tuple[ToCall, ...]:
    late = Q(pk__in=Assignment.objects.overdue(now).values("pk"))
    unaware = Q(state=State.SENT, due_at__lt=now + LAST_DAY)
    candidates = (
        Assignment.objects.filter(late | unaware, directive__in=directive_ids)
        .on_board()
        .select_related("responsible_agency", "directive")
        .prefetch_related("calls", "directive__actions")
    )
    found = [_to_call(assignment, now) for assignment in candidates if not _is_reached(assignment, now)]
    return tuple(sorted(found, key=lambda call: (not call.is_late, -call.days_late, sort_key(call.agency_name))))


def _is_reached(assignment: Assignment, now) -> bool:
    """Whether the agency was called today or has promised its report for today or a later day."""
    last, today = next(iter(assignment.calls.all()), None), now.astimezone(clock.ZONE).date()
    if last is None:
        return False
    return last.called_at.astimezone(clock.ZONE).date() == today or bool(last.promised_on and last.promised_on >= today)


def _to_call(assignment: Assignment, now) -> ToCall:
    actions = list(assignment.directive.actions.all())
    return ToCall(
        assignment.pk,
        assignment.directive_id,
        assignment.agency_name,
        assignment.responsible_agency.contact_name,
        assignment.responsible_agency.telephone,
        assignment.state,
        assignment.is_overdue(actions, now),
        days_overdue(assignment, actions, now),
        next(iter(assignment.calls.all()), None),
    )
