"""What an agency, or one whose work it took over, reported on the directive of the holiday before."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from agencies.models import Succession
from alertdesk.lib import clock
from directives.models import SAID, Answer, Assignment, Directive, RequiredAction, Submission, SubmissionItem

from .checklist import Figure, figures
from .row_tables import RowTable, row_tables
from .standing import FROM_SUBMISSION


@dataclass(frozen=True)
class LastTime:
    """One assignment of last time; `days_late` counts calendar days to the first report, 0 without one."""

    assignment_id: int
    agency_name: str
    state: str
    days_late: int


@dataclass(frozen=True)
class LastAnswer:
    """What an agency had said about the same action; `said` is false where no report had been sent.

    `values` are the same words, counts and rows as they are kept (`models.answer.SAID`).
    """

    assignment_id: int
    agency_name: str
    number: str
    action: str
    state: str
    said: bool
    status: str
    note: str
    figures: tuple[Figure, ...]
    tables: tuple[RowTable, ...]
    values: dict
    reported_on: date | None


def last_time_of(directive: Directive) -> dict[int, tuple[LastTime, ...]]:
    """Return, by agency, what it was asked last time; three queries, whatever the number of agencies."""
    if directive.previous_id is None:
        return {}
    earlier = _earlier(directive.previous_id).prefetch_related(_sendings())
    return {agency: tuple(_last_time(row) for row in rows) for agency, rows in _by_heir(earlier).items()}


def last_time_by_assignment(directive: Directive) -> dict[int, tuple[LastTime, ...]]:
    """Return the same for each assignment of an issued directive."""
    found = last_time_of(directive)
    if not found:
        return {}
    asked = directive.assignments.values_list("pk", "agency", "responsible_agency")
    return {pk: found.get(agency) or found.get(responsible, ()) for pk, agency, responsible in asked}


def on_time(assignments: QuerySet[Assignment]) -> int:
    """Count the assignments whose first report came on the day of the deadline or before it."""
    return sum(_in_time(assignment) for assignment in assignments.prefetch_related(_sendings()))


def last_answers(answer: Answer) -> tuple[LastAnswer, ...]:
    """Return what was said last time about the same action as an answer's; nothing where that had no such action."""
    assignment, previous = answer.assignment, answer.assignment.directive.previous
    if previous is None:
        return ()
    actions = list(assignment.directive.actions.all())
    action = same_actions(actions, list(previous.actions.all())).get(answer.action_id)
    if action is None:
        return ()
    earlier = _by_heir(_earlier(previous.pk).select_related("submission").prefetch_related(_sendings()))
    rows = earlier.get(assignment.agency_id) or earlier.get(assignment.responsible_agency_id, ())
    return tuple(_last_answer(row, action, previous) for row in rows)


def same_actions(actions: list[RequiredAction], earlier: list[RequiredAction]) -> dict[int, RequiredAction]:
    """Return, by action, the one of the earlier directive that asked the same.

    That is the one of the same number and kind, else the only one of a kind that both have once; where
    that is not sure, none.
    """
    by_place = {(action.position, action.kind): action for action in earlier}
    times = Counter(action.kind for action in actions), Counter(action.kind for action in earlier)
    once = {a.kind: a for a in earlier if times[0][a.kind] == times[1][a.kind] == 1 and a.kind != a.Kind.GENERAL}
    pairs = ((action.pk, by_place.get((action.position, action.kind)) or once.get(action.kind)) for action in actions)
    return {pk: found for pk, found in pairs if found}


def _earlier(directive_id: int):
    return Assignment.objects.filter(directive=directive_id).on_board()


def _sendings() -> Prefetch:
    return Prefetch("submissions", Submission.objects.select_related("recorded").defer("snapshot"))


def _by_heir(assignments: Iterable[Assignment]) -> dict[int, list[Assignment]]:
    """Return assignments by every agency that has their work today; an agency's own come first."""
    acts = Succession.objects.filter(takes_over=True, successor__isnull=False, happened_on__lte=clock.today())
    heirs = defaultdict(set)
    for predecessor, successor in acts.values_list("predecessor", "successor"):
        heirs[predecessor].add(successor)
    found: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        for agency in _reached({assignment.agency_id, assignment.responsible_agency_id}, heirs):
            found[agency].append(assignment)
    return {agency: sorted(rows, key=lambda row: row.agency_id != agency) for agency, rows in found.items()}


def _reached(agencies: set[int], heirs: dict[int, set[int]]) -> set[int]:
    found = frontier = set(agencies)
    while frontier:
        frontier = {heir for agency in frontier for heir in heirs[agency]} - found
        found = found | frontier
    return found


def _last_time(assignment: Assignment) -> LastTime:
    reported = _reported_on(assignment)
    due_on = assignment.due_at.astimezone(clock.ZONE).date()
    return LastTime(
        assignment_id=assignment.pk,
        agency_name=assignment.agency_name,
        state=assignment.state,
        days_late=max(0, (reported - due_on).days) if reported else 0,
    )


def _in_time(assignment: Assignment) -> bool:
    reported = _reported_on(assignment)
    return reported is not None and reported <= assignment.due_at.astimezone(clock.ZONE).date()


def _reported_on(assignment: Assignment) -> date | None:
    """Return the day on which the first report came, whichever way."""
    days = [
        sent.recorded.arrived_on if sent.is_recorded else sent.submitted_at.astimezone(clock.ZONE).date()
        for sent in assignment.submissions.all()
    ]
    return min(days, default=None)


def _last_answer(assignment: Assignment, action: RequiredAction, directive: Directive) -> LastAnswer:
    sent = assignment.submission if assignment.state in FROM_SUBMISSION else None
    said: SubmissionItem | None = sent.items.filter(action=action).first() if sent else None
    return LastAnswer(
        assignment_id=assignment.pk,
        agency_name=assignment.agency_name,
        number=directive.full_number,
        action=str(action),
        state=assignment.state,
        said=said is not None,
        status=said.status if said else "",
        note=said.note if said else "",
        figures=figures(action.kind, said) if said else (),
        tables=row_tables(said.rows) if said else (),
        values={name: getattr(said, name) for name in SAID} if said else {},
        reported_on=_reported_on(assignment) if said else None,
    )
