"""The state of the province for its leaders: a directive's stage, and what that stage asks about."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from alertdesk.lib.text import sort_key
from directives.models import REPORTED, AnswerStatus, Assignment, CalendarOverride, Directive, State, SubmissionItem

from .holiday_facts import DutyFacts, OpenIncident, duty_facts, open_incidents
from .home import DirectiveLine
from .incidents import IncidentFigures, figures_of
from .phase import Phase, Stage, stage_of
from .province_roster import province_rosters
from .standing import days_overdue

WAITING_SHOWN = 10
RESULT_ORDER = (AnswerStatus.DONE, AnswerStatus.PARTLY, AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE)


@dataclass(frozen=True)
class Waiting:
    """An agency whose report has not come, and where it can be reached."""

    agency_name: str
    contact_name: str
    telephone: str
    state: str
    is_late: bool
    days_late: int


@dataclass(frozen=True)
class Province:
    """One directive in progress as a leader reads it.

    `waiting` holds the first few before the holiday, `duty` is read in it, `results` (answer status, how many) after
    it. After it, only the word of those counts among the incidents who spoke on its last day or later.
    """

    line: DirectiveLine
    stage: Stage
    waiting: tuple[Waiting, ...]
    results: tuple[tuple[str, int], ...]
    incidents: IncidentFigures
    open_incidents: tuple[OpenIncident, ...]
    duty: DutyFacts | None

    @property
    def answers(self) -> int:
        """How many answers the results count."""
        return sum(count for _status, count in self.results)


def province(lines: tuple[DirectiveLine, ...], *, now: datetime) -> tuple[Province, ...]:
    """Read what the stage of each directive in progress asks about, in a fixed number of queries."""
    overrides = CalendarOverride.objects.as_mapping()
    stages = {line.directive_id: stage_of(line.deadline, now=now, overrides=overrides) for line in lines}
    waiting = _waiting([pk for pk, stage in stages.items() if stage.phase == Phase.BEFORE], now)
    results = _results([pk for pk, stage in stages.items() if stage.phase == Phase.AFTER])
    incidents = figures_of([(pk, stage.day_to_cover) for pk, stage in stages.items()], now=now)
    dealt_with = open_incidents(stages, now=now)
    duty = _duty([pk for pk, stage in stages.items() if stage.phase == Phase.DURING], now)
    read = [(line, line.directive_id) for line in lines]
    return tuple(
        Province(line, stages[pk], waiting[pk], results[pk], incidents[pk], dealt_with[pk], duty.get(pk))
        for line, pk in read
    )


def _duty(directive_ids, now) -> dict[int, DutyFacts]:
    read = province_rosters(Directive.objects.filter(pk__in=directive_ids), now=now)
    return {pk: duty_facts(rosters, now=now) for pk, rosters in read.items()}


def _waiting(directive_ids, now) -> dict[int, tuple[Waiting, ...]]:
    """Return the first agencies without a report by directive: the late first, then in order of names."""
    rows = Assignment.objects.owing().filter(directive__in=directive_ids).on_board()
    found = defaultdict(list)
    rows = rows.select_related("responsible_agency", "directive").prefetch_related("directive__actions")
    for assignment in rows:
        found[assignment.directive_id].append(assignment)
    first = {pk: sorted(owing, key=lambda a: (a.due_at, sort_key(a.agency_name))) for pk, owing in found.items()}
    shown = {pk: tuple(_line(assignment, now) for assignment in owing[:WAITING_SHOWN]) for pk, owing in first.items()}
    return defaultdict(tuple, shown)


def _line(assignment: Assignment, now) -> Waiting:
    agency = assignment.responsible_agency
    actions = list(assignment.directive.actions.all())
    return Waiting(
        assignment.agency_name,
        agency.contact_name,
        agency.telephone,
        State(assignment.state),
        assignment.is_overdue(actions, now),
        days_overdue(assignment, actions, now),
    )


def _results(directive_ids) -> dict[int, tuple[tuple[str, int], ...]]:
    """Count the answers of the reports that stand by status and directive."""
    reports = Assignment.objects.filter(directive__in=directive_ids, state__in=REPORTED, parent__isnull=True)
    rows = (
        SubmissionItem.objects.filter(submission__in=reports.values("submission"))
        .order_by()
        .values_list("action__directive", "status")
        .annotate(Count("pk"))
    )
    counted = defaultdict(dict)
    for directive_id, status, count in rows:
        counted[directive_id][status] = count
    return defaultdict(
        tuple, {pk: tuple((status, found.get(status, 0)) for status in RESULT_ORDER) for pk, found in counted.items()}
    )
