"""The board: agencies × required actions of one directive, for the desk and for leaders."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import ngettext

from alertdesk.lib.text import fold
from directives.models import Assignment, CallLog, Directive, RequiredAction, State

from . import board_filters
from .board_filters import BAR_ORDER, Choice, Filters
from .numbers import Numbers, numbers
from .roll_up import Counts, Group, roll_up
from .standing import (
    Standing,
    days_overdue,
    standings,
    with_standing,
)
from .units import counts_sent

NO_UNITS = Counts()


@dataclass(frozen=True)
class Cell:
    """One agency × one action; `code` is what `models.board_cell` says."""

    action_id: int
    position: int
    code: str
    status: str
    has_figures: bool
    is_verified: bool
    done: bool
    late: bool
    days_late: int
    units: Counts


@dataclass(frozen=True)
class Recorded:
    """Who at the desk entered the current report, by which channel it came, and on which day."""

    by: str
    channel: str
    arrived_on: date


@dataclass(frozen=True)
class Row:
    """One agency on the board; `days_late` counts calendar days and is 0 on the day of the deadline itself."""

    assignment_id: int
    name: str
    short_name: str
    kind: str
    kind_label: str
    contact_name: str
    telephone: str
    state: str
    state_since: datetime
    owes: bool
    due_at: datetime
    extended_until: datetime | None
    late: bool
    days_late: int
    cells: tuple[Cell, ...]
    done: int
    total: int
    recorded: Recorded | None
    last_call: CallLog | None
    search_text: str

    @property
    def recorded_by(self) -> str:
        """The name of the person at the desk who recorded the current report, or nothing."""
        return self.recorded.by if self.recorded else ""

    @property
    def is_amended(self) -> bool:
        """Whether the report was opened again by an amendment, without the desk finding anything insufficient."""
        return self.state == State.RETURNED and all(cell.code != "returned" for cell in self.cells)


@dataclass(frozen=True)
class Head:
    """One required action above its column; counts are of the agencies still required."""

    action_id: int
    position: int
    title: str
    kind: str
    due_at: datetime | None
    has_own_deadline: bool
    done: int
    late: int
    total: int
    added_at: datetime | None
    units: Counts

    @property
    def sort(self) -> str:
        """The order of the board that goes by this column."""
        return f"{board_filters.BY_ACTION}{self.position}"


@dataclass(frozen=True)
class Board:
    """Everything the board shows; `rows` are filtered and sorted, the rest is of the whole directive."""

    directive: Directive
    now: datetime
    filters: Filters
    numbers: Numbers
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    all_count: int
    amended: int
    segments: tuple[tuple[str, int], ...]
    late_cells: int
    states: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    late: Choice
    sorts: tuple[Choice, ...]

    @property
    def owing_count(self) -> int:
        """How many of the rows shown still owe a report."""
        return sum(row.owes for row in self.rows)

    @property
    def amended_note(self) -> str:
        """How many of the reports that wait for more were opened again by an amendment alone, in words."""
        count = self.amended
        said = ngettext("%(count)s by an amendment", "%(count)s by an amendment", count) % {"count": count}
        return said if count else ""


def board(directive: Directive, *, now: datetime, filters: Filters | None = None) -> Board:
    """Read a directive's board; the number of queries does not depend on the number of agencies."""
    filters = filters or Filters()
    actions = list(directive.actions.select_related("amendment"))
    rows = _rows(directive, actions, now)
    required = [row for row in rows if row.state != State.WITHDRAWN]
    shown = board_filters.ordered([row for row in rows if board_filters.matches(row, filters)], filters.sort)
    return Board(
        directive=directive,
        now=now,
        filters=filters,
        numbers=numbers(directive, now=now),
        heads=tuple(_head(directive, action, required) for action in actions),
        rows=tuple(shown),
        all_count=len(rows),
        amended=sum(row.is_amended for row in required),
        segments=_segments(required),
        late_cells=sum(cell.late for row in required for cell in row.cells),
        states=board_filters.state_choices(rows, filters),
        kinds=board_filters.kind_choices(rows, filters),
        late=board_filters.late_choice(rows, filters),
        sorts=board_filters.sort_choices(filters, len(shown), [action.position for action in actions]),
    )


def _rows(directive, actions, now) -> list[Row]:
    assignments = _loaded(Assignment.objects.filter(directive=directive).on_board())
    return [_row(assignment, actions, now) for assignment in assignments]


def _loaded(assignments):
    calls = Prefetch("calls", CallLog.objects.select_related("called_by"))
    return with_standing(assignments).prefetch_related(calls, "children")


def _row(assignment: Assignment, actions, now) -> Row:
    stands = standings(assignment, actions, now=now)
    late = assignment.is_overdue(actions, now)
    return Row(
        assignment_id=assignment.pk,
        name=assignment.agency_name,
        short_name=assignment.agency_short_name,
        kind=assignment.agency.kind,
        kind_label=assignment.agency.get_kind_display(),
        contact_name=assignment.responsible_agency.contact_name,
        telephone=assignment.responsible_agency.telephone,
        state=assignment.state,
        state_since=assignment.state_since,
        owes=assignment.owes_answer,
        due_at=assignment.due_at,
        extended_until=assignment.due_at if assignment.is_extended else None,
        late=late,
        days_late=days_overdue(assignment, actions, now),
        cells=tuple(_cell(standing, assignment) for standing in stands),
        done=sum(standing.is_done for standing in stands),
        total=len(stands),
        recorded=_recorded(assignment),
        last_call=next(iter(assignment.calls.all()), None),
        search_text=fold(f"{assignment.search_text} {assignment.agency_name} {assignment.agency_short_name}"),
    )


def _cell(standing: Standing, assignment: Assignment) -> Cell:
    asks_units = standing.action.kind == RequiredAction.Kind.CASCADE
    return Cell(
        action_id=standing.action.pk,
        position=standing.action.position,
        code=standing.cell,
        status=standing.status,
        has_figures=standing.has_figures,
        is_verified=standing.is_verified,
        done=standing.is_done,
        late=standing.late,
        days_late=standing.days_late,
        units=counts_sent(standing.said, assignment) if asks_units else NO_UNITS,
    )


def _recorded(assignment: Assignment) -> Recorded | None:
    """Return the mark of a report that the desk recorded, while that report is the one looked at."""
    submission = assignment.submission
    looked_at = assignment.state in (State.SUBMITTED, State.ACCEPTED, State.RETURNED)
    if not (looked_at and submission and submission.is_recorded):
        return None
    recorded = submission.recorded
    return Recorded(str(submission.submitted_by), recorded.get_channel_display(), recorded.arrived_on)


def _head(directive, action, rows) -> Head:
    cells = [cell for row in rows for cell in row.cells if cell.action_id == action.pk]
    done = sum(cell.done for cell in cells)
    late = sum(cell.late for cell in cells)
    return Head(
        action_id=action.pk,
        position=action.position,
        title=action.title,
        kind=action.kind,
        due_at=action.due_at or directive.deadline,
        has_own_deadline=bool(action.due_at),
        done=done,
        late=late,
        total=len(cells),
        added_at=action.amendment.made_at if action.amendment else None,
        units=roll_up(Group(tuple(cell.units for cell in cells))),
    )


def _segments(rows) -> tuple[tuple[str, int], ...]:
    """Count cells by code, in the order of the way from done to not begun."""
    counts = Counter(cell.code for row in rows for cell in row.cells)
    return tuple((code, counts[code]) for code in BAR_ORDER if counts[code])
