"""Incidents as lists and figures: an agency's own, the desk's with the oldest deadline first, and a leader's counts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from alertdesk.lib import clock
from directives.models import Assignment, Incident, IncidentEntry, IncidentState, NoIncident, State
from directives.models.incident_limits import BY_CODE, Clock

FAR = datetime.max.replace(tzinfo=clock.ZONE)


@dataclass(frozen=True)
class IncidentLine:
    """One incident in a list; a leader's page shows neither its kind nor what is due."""

    incident_id: int
    directive_id: int | None
    agency_name: str
    kind: str
    is_serious: bool
    is_open: bool
    is_late: bool
    detected_at: datetime
    closed_at: datetime | None
    next_clock: Clock | None
    is_acknowledged: bool


@dataclass(frozen=True)
class IncidentFigures:
    """Incidents around one directive's holiday, and the agencies that say none arose, of those asked."""

    open: int = 0
    closed: int = 0
    late: int = 0
    confirmed: int = 0
    agencies: int = 0


@dataclass(frozen=True)
class Around:
    """What one agency has said of incidents around one directive's holiday."""

    open: int
    closed: int
    word: NoIncident | None


@dataclass(frozen=True)
class LogLine:
    """One line of an incident's log, as the timeline shows it."""

    at: datetime
    text: str
    detail: str
    who: str


def incident_lines(incidents: QuerySet[Incident], *, now: datetime) -> tuple[IncidentLine, ...]:
    """List incidents with all that may be read of them: what is due first on top, the ended ones last."""
    rows = incidents.select_related("assignment", "agency").prefetch_related("notices", "agency__names")
    lines = [_line(incident, now) for incident in rows]
    return tuple(sorted(lines, key=_due_first))


def chosen(lines: Iterable[IncidentLine], *, directive_id: str = "", state: str = "") -> tuple[IncidentLine, ...]:
    """Keep the incidents of one directive, and those that a figure counts: open, closed or late."""
    counted = {
        "open": lambda line: line.is_open,
        "closed": lambda line: not line.is_open,
        "late": lambda line: line.is_late,
    }
    fits = counted.get(state, lambda line: True)
    return tuple(line for line in lines if fits(line) and directive_id in ("", str(line.directive_id)))


def open_at_desk(user, *, now: datetime) -> tuple[IncidentLine, ...]:
    """List the open incidents of the person's desk, the one whose deadline comes first on top."""
    return incident_lines(Incident.objects.kept_by(user).filter(state=IncidentState.OPEN), now=now)


def figures_of(directives: Iterable[tuple[int, date | None]], *, now: datetime) -> dict[int, IncidentFigures]:
    """Count incidents around several directives in three queries; the ids come with the day that a word must cover.

    That day is the last of a holiday that is over: an earlier word says nothing about the whole of it. None takes
    every word that stands.
    """
    days = dict(directives)
    incidents = _by_directive(days)
    confirmed = _confirmed(days)
    agencies = _agencies(days)
    return {
        pk: IncidentFigures(
            open=sum(incident.is_open for incident in incidents[pk]),
            closed=sum(not incident.is_open for incident in incidents[pk]),
            late=sum(incident.is_late(now) for incident in incidents[pk]),
            confirmed=confirmed[pk],
            agencies=agencies[pk],
        )
        for pk in days
    }


def log_of(incident: Incident) -> tuple[LogLine, ...]:
    """Return what was done about an incident, newest first."""
    return tuple(_log_line(entry) for entry in incident.entries.select_related("written_by"))


def incidents_around(assignment: Assignment) -> Around:
    """Count an assignment's incidents, and read the agency's word that none arose."""
    states = list(assignment.incidents.values_list("state", flat=True))
    is_open = states.count(IncidentState.OPEN)
    return Around(is_open, len(states) - is_open, word_of_none(assignment))


def word_of_none(assignment: Assignment) -> NoIncident | None:
    """Return the agency's word that no incident arose, None where it gave none or took it back."""
    return assignment.no_incidents.filter(taken_back_at=None).select_related("confirmed_by").first()


def _line(incident: Incident, now: datetime) -> IncidentLine:
    running = [one for one in incident.clocks if one.is_running]
    return IncidentLine(
        incident_id=incident.pk,
        directive_id=incident.assignment.directive_id if incident.assignment else None,
        agency_name=str(incident.agency),
        kind=incident.get_kind_display(),
        is_serious=incident.is_serious,
        is_open=incident.is_open,
        is_late=incident.is_late(now),
        detected_at=incident.detected_at,
        closed_at=incident.closed_at,
        next_clock=min(running, key=lambda one: one.due_at, default=None),
        is_acknowledged=incident.acknowledged_at is not None,
    )


def _due_first(line: IncidentLine) -> tuple:
    due_at = line.next_clock.due_at if line.next_clock else FAR
    return not line.is_open, due_at, -line.detected_at.timestamp(), line.incident_id


def _by_directive(directive_ids: Iterable[int]) -> dict[int, list[Incident]]:
    found = defaultdict(list)
    incidents = Incident.objects.filter(assignment__directive__in=list(directive_ids))
    for incident in incidents.select_related("assignment").prefetch_related("notices"):
        found[incident.assignment.directive_id].append(incident)
    return found


def _confirmed(days: dict[int, date | None]) -> dict[int, int]:
    """Count by directive the agencies whose word stands and covers the day asked for."""
    counted = defaultdict(int)
    words = NoIncident.objects.filter(taken_back_at=None, assignment__in=_asked(days))
    for pk, confirmed_at in words.values_list("assignment__directive", "confirmed_at"):
        day = days[pk]
        counted[pk] += day is None or confirmed_at.astimezone(clock.ZONE).date() >= day
    return counted


def _agencies(directive_ids: Iterable[int]) -> dict[int, int]:
    counted = defaultdict(int)
    for pk in _asked(directive_ids).values_list("directive", flat=True):
        counted[pk] += 1
    return counted


def _asked(directive_ids: Iterable[int]) -> QuerySet[Assignment]:
    return Assignment.objects.filter(directive__in=list(directive_ids)).on_board().exclude(state=State.WITHDRAWN)


def _log_line(entry: IncidentEntry) -> LogLine:
    of_limit = entry.act == IncidentEntry.Act.NOTIFY
    detail = str(BY_CODE[entry.text].duty) if of_limit else entry.text
    said = entry.act != IncidentEntry.Act.NOTE
    return LogLine(
        entry.written_at, entry.get_act_display() if said else detail, detail if said else "", str(entry.written_by)
    )
