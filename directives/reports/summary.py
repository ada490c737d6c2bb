"""What the leadership summary says: one directive counted by action, by group and by agency at one moment."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from agencies.models import Agency
from alertdesk.lib.text import sort_key
from directives.models import COMPLETE, REPORTED, Assignment, CalendarOverride, Directive, RequiredAction, State

from .comparison import Comparison, comparison
from .incidents import IncidentFigures, figures_of
from .numbers import Numbers, numbers
from .phase import stage_of
from .progress import Progress, progress
from .standing import Standing, days_overdue, standings, with_standing


@dataclass(frozen=True)
class ActionCount:
    """One required action over all agencies; counts of things come only from reports that stand."""

    position: int
    title: str
    kind: str
    done: int
    partly: int
    nil: int
    not_applicable: int
    unanswered: int
    with_figures: int
    verified: int
    total: int
    total_done: int
    extra: int


@dataclass(frozen=True)
class Group:
    """The agencies of one kind."""

    kind: str
    agencies: int
    reported: int
    accepted: int
    overdue: int


@dataclass(frozen=True)
class AgencyLine:
    """One agency: how it stands and one cell per action; `statuses` are empty where nothing has been reported."""

    name: str
    kind: str
    state: str
    reported: bool
    supplementing: bool
    extended_until: datetime | None
    late: bool
    days_late: int
    recorded: bool
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """One directive at one moment, `as_of`."""

    directive: Directive
    as_of: datetime
    numbers: Numbers
    progress: Progress
    actions: tuple[ActionCount, ...]
    groups: tuple[Group, ...]
    agencies: tuple[AgencyLine, ...]
    incidents: IncidentFigures
    comparison: Comparison | None

    @property
    def owing(self) -> tuple[AgencyLine, ...]:
        """The agencies that have never reported."""
        return tuple(line for line in self.agencies if not line.reported and not line.supplementing)

    @property
    def supplementing(self) -> tuple[AgencyLine, ...]:
        """The agencies that have reported and are asked for, or are writing, something more."""
        return tuple(line for line in self.agencies if line.supplementing)


def summary(directive: Directive, *, now: datetime) -> Summary:
    """Count a directive at `now`; agencies no longer required are left out."""
    actions = list(directive.actions.all())
    assignments = with_standing(
        Assignment.objects.filter(directive=directive).on_board().exclude(state=State.WITHDRAWN)
    )
    stands = [(a, standings(a, actions, now=now)) for a in assignments]
    lines = [_line(assignment, found, actions, now) for assignment, found in stands]
    return Summary(
        directive=directive,
        as_of=now,
        numbers=numbers(directive, now=now),
        progress=progress(directive, now=now),
        actions=tuple(_count(action, _column(stands, n)) for n, action in enumerate(actions)),
        groups=tuple(_group(kind, lines) for kind in Agency.Kind if any(x.kind == kind for x in lines)),
        agencies=tuple(sorted(lines, key=lambda line: (_KIND_RANK[line.kind], sort_key(line.name)))),
        incidents=_incidents(directive, now),
        comparison=comparison(directive, late=[a for a, _found in stands if a.is_overdue(actions, now)], now=now),
    )


def _incidents(directive: Directive, now: datetime) -> IncidentFigures:
    """Count the incidents around the holiday as its leaders see them."""
    day = None
    if directive.deadline:
        stage = stage_of(directive.deadline, now=now, overrides=CalendarOverride.objects.as_mapping())
        day = stage.day_to_cover
    return figures_of([(directive.pk, day)], now=now)[directive.pk]


_KIND_RANK = {kind: rank for rank, kind in enumerate(Agency.Kind.values)}


def _line(assignment, found: list[Standing], actions, now) -> AgencyLine:
    reported = assignment.state in REPORTED
    late = assignment.is_overdue(actions, now)
    return AgencyLine(
        name=assignment.agency_name,
        kind=assignment.agency.kind,
        state=assignment.state,
        reported=reported,
        supplementing=not reported and assignment.submission_id is not None,
        extended_until=assignment.due_at if assignment.is_extended else None,
        late=late,
        days_late=days_overdue(assignment, actions, now),
        recorded=reported and assignment.submission is not None and assignment.submission.is_recorded,
        statuses=tuple(_shown(assignment, standing) for standing in found),
    )


def _shown(assignment, standing: Standing) -> str:
    """Return what the appendix shows of one action: the answer once reported, "more" where it was asked for."""
    if assignment.state in REPORTED:
        return standing.status
    return "more" if standing.cell == "returned" else ""


def _column(stands, n: int) -> list[tuple[Assignment, Standing]]:
    return [(assignment, found[n]) for assignment, found in stands]


def _count(action: RequiredAction, column) -> ActionCount:
    reported = [standing for assignment, standing in column if assignment.state in REPORTED]
    statuses = Counter(standing.status for standing in reported)
    figures = [standing.said for standing in reported if standing.said and standing.said.has_figures]
    return ActionCount(
        position=action.position,
        title=action.title,
        kind=action.kind,
        done=statuses["done"],
        partly=statuses["partly"],
        nil=statuses["nil"],
        not_applicable=statuses["not_applicable"],
        unanswered=len(column) - sum(statuses[status] for status in COMPLETE),
        with_figures=len(figures),
        verified=sum(standing.is_verified for standing in reported),
        total=sum(said.total or 0 for said in figures),
        total_done=sum(said.done or 0 for said in figures),
        extra=sum(said.extra or 0 for said in figures),
    )


def _group(kind: str, lines: list[AgencyLine]) -> Group:
    own = [line for line in lines if line.kind == kind]
    return Group(
        kind=kind,
        agencies=len(own),
        reported=sum(line.reported for line in own),
        accepted=sum(line.state == State.ACCEPTED for line in own),
        overdue=sum(line.late for line in own),
    )
