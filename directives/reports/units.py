"""The units of one agency: whom the directive was passed on to, how far each is, and who could still get it."""

from dataclasses import dataclass
from datetime import datetime

from agencies.models import Agency
from alertdesk.lib import clock
from directives.models import (
    Answer,
    Assignment,
    ExtensionRequest,
    Remark,
    RequiredAction,
    State,
    SubmissionItem,
    Unit,
)

from .roll_up import Counts, agency_group, roll_up
from .standing import FROM_SUBMISSION


@dataclass(frozen=True)
class UnitLine:
    """One unit with what waits about its own report: it is late, asks for more time, or has asked something."""

    unit: Unit
    late: bool = False
    extension: ExtensionRequest | None = None
    question: Remark | None = None

    @property
    def to_review(self) -> bool:
        """Whether the unit's report waits for the agency's review."""
        return bool(self.unit.assignment and self.unit.assignment.state == State.SUBMITTED)


@dataclass(frozen=True)
class Units:
    """The units of one agency; `answer_position` is the action that asks about them, None where none does.

    `offered` are units with an account that do not have the directive, `direct` those that the desk addressed.
    """

    lines: tuple[UnitLine, ...]
    counts: Counts
    limit: datetime
    answer_position: int | None
    offered: tuple[Agency, ...]
    direct: tuple[str, ...]

    @property
    def to_review(self) -> int:
        """How many reports of units wait for the agency's review."""
        return sum(line.to_review for line in self.lines)

    @property
    def passed_on(self) -> int:
        """How many units report here themselves."""
        return sum(line.unit.assignment is not None for line in self.lines)


def units_written(assignment: Assignment, *, now: datetime) -> Units:
    """Read an agency's units as it sees them itself: with what it is writing."""
    actions = _actions(assignment)
    said = _sent(assignment, actions) or assignment.answers.filter(action__in=_asking(actions)).first()
    return _units(assignment, actions, said, now)


def units_sent(assignment: Assignment, *, now: datetime) -> Units:
    """Read an agency's units as the desk sees them: what it is still writing is its own."""
    actions = _actions(assignment)
    return _units(assignment, actions, _sent(assignment, actions), now)


def counts_sent(said: Answer | SubmissionItem | None, assignment: Assignment) -> Counts:
    """Count the units of a row of the board: those passed on to, and of the others what has been sent."""
    said = said if assignment.state in FROM_SUBMISSION else None
    return roll_up(agency_group(said, assignment.children.all()))


def _actions(assignment: Assignment) -> list[RequiredAction]:
    return list(assignment.directive.actions.all())


def _asking(actions: list[RequiredAction]) -> list[RequiredAction]:
    return [action for action in actions if action.kind == RequiredAction.Kind.CASCADE]


def _sent(assignment: Assignment, actions: list[RequiredAction]) -> SubmissionItem | None:
    if assignment.state not in FROM_SUBMISSION or assignment.submission is None:
        return None
    return assignment.submission.items.filter(action__in=_asking(actions)).first()


def _units(assignment, actions, said, now) -> Units:
    children = list(assignment.children.order_by("position"))
    group = agency_group(said, children)
    named = [part for part in group.parts if isinstance(part, Unit)]
    offered, direct = _others(assignment)
    asking = _asking(actions)
    return Units(
        lines=_lines(named, children, actions, now),
        counts=roll_up(group),
        limit=assignment.due_for_units(actions),
        answer_position=asking[0].position if asking else None,
        offered=offered,
        direct=direct,
    )


def _lines(units: list[Unit], children: list[Assignment], actions, now) -> tuple[UnitLine, ...]:
    requests = {row.assignment_id: row for row in ExtensionRequest.objects.waiting().filter(assignment__in=children)}
    questions = Remark.objects.awaiting_reply().filter(assignment__in=children).select_related("action")
    asked = {row.assignment_id: row for row in questions}
    return tuple(
        UnitLine(unit, child.is_overdue(actions, now), requests.get(child.pk), asked.get(child.pk))
        if (child := unit.assignment)
        else UnitLine(unit)
        for unit in units
    )


def _others(assignment: Assignment) -> tuple[tuple[Agency, ...], tuple[str, ...]]:
    """Return the units that could get the directive, and the names of those that the desk addressed itself."""
    able = Agency.objects.answering_under(assignment.responsible_agency, clock.today())
    able = list(able.prefetch_related("names").order_by("pk"))
    known = {row.agency_id: row for row in assignment.directive.assignments.filter(agency__in=able)}
    offered = tuple(unit for unit in able if unit.pk not in known or _is_let_go(known[unit.pk], assignment))
    return offered, tuple(row.agency_name for row in known.values() if row.parent_id is None)


def _is_let_go(row: Assignment, parent: Assignment) -> bool:
    return row.parent_id == parent.pk and row.state == State.WITHDRAWN
