"""What leaders and the quick report ask about one directive's holiday: who is on duty, who is missing, which incidents.

No telephone and no technical detail of an incident is in it, so whoever may read the directive may read this.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alertdesk.lib import clock
from alertdesk.lib.duty import Fault, Watch, findings
from directives.models import CalendarOverride, Directive, DutyWindow, Incident, IncidentState, NoIncident, State
from directives.models.incident_limits import Clock

from .incidents import IncidentFigures, figures_of, incident_lines
from .phase import Phase, stage_of
from .province_roster import AgencyRoster, ProvinceRoster, Watcher, province_roster
from .roster import stretch

AHEAD = timedelta(hours=24)


@dataclass(frozen=True)
class Gap:
    """A post of an agency that nobody stands on within the next hours; `when` says it in words."""

    assignment_id: int
    agency_name: str
    post: str
    starts_at: datetime
    ends_at: datetime

    @property
    def when(self) -> str:
        """From when to when, in words."""
        return stretch(self.starts_at, self.ends_at)


@dataclass(frozen=True)
class DutyFacts:
    """The duty of all agencies asked; of the shifts `begun`, `confirmed` were, `missed` were not in time.

    `agencies` counts those asked, `with_roster` those with a roster, `covered` those without a free minute in it.
    `gaps` are those of the next 24 hours, only of agencies that have a roster.
    """

    window: DutyWindow | None
    agencies: int
    with_roster: int
    covered: int
    begun: int
    confirmed: int
    missed: int
    on_duty: tuple[Watcher, ...]
    gaps: tuple[Gap, ...]

    @property
    def without_roster(self) -> int:
        """How many agencies have written none."""
        return self.agencies - self.with_roster

    @property
    def unconfirmed(self) -> tuple[Watcher, ...]:
        """The shifts that run now and were not confirmed in time."""
        return tuple(one for one in self.on_duty if one.line.is_missed)


@dataclass(frozen=True)
class OpenIncident:
    """An incident that is being dealt with, and what is due next, None where nothing is."""

    agency_name: str
    is_serious: bool
    is_late: bool
    detected_at: datetime
    next_clock: Clock | None


@dataclass(frozen=True)
class HolidayFacts:
    """One directive's holiday as it stands at the moment `at`.

    `reported` counts the incidents reported from `since` to `at`. `silent` agencies have neither reported an incident
    nor said that none arose; once the holiday is over, a word given before its last day does not count.
    """

    directive_id: int
    at: datetime
    since: datetime
    duty: DutyFacts
    incidents: IncidentFigures
    reported: int
    silent: int
    open_incidents: tuple[OpenIncident, ...]


def holiday_facts(directive: Directive, *, now: datetime, since: datetime | None = None) -> HolidayFacts:
    """Read duty and incidents of a directive with a deadline at `now`; `since` is the beginning of that day, if None.

    The figures are those of the rows as they stand: `now` decides which shifts run and which limits are missed.
    """
    since = since or now.astimezone(clock.ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    stage = stage_of(directive.deadline, now=now, overrides=CalendarOverride.objects.as_mapping())
    to_cover = stage.last_day if stage.phase == Phase.AFTER else None
    around = Incident.objects.filter(assignment__directive=directive)
    dealt_with = open_incidents([directive.pk], now=now)
    return HolidayFacts(
        directive_id=directive.pk,
        at=now,
        since=since,
        duty=duty_facts(province_roster(directive, now=now), now=now),
        incidents=figures_of([(directive.pk, to_cover)], now=now)[directive.pk],
        reported=around.filter(reported_at__gte=since, reported_at__lte=now).count(),
        silent=_silent(directive, to_cover),
        open_incidents=dealt_with[directive.pk],
    )


def duty_facts(read: ProvinceRoster, *, now: datetime) -> DutyFacts:
    """Sum up the rosters of the province at the moment they were read for."""
    begun = [line for agency in read.agencies for line in agency.roster.lines if line.starts_at <= now]
    return DutyFacts(
        window=read.window,
        agencies=len(read.agencies),
        with_roster=read.with_roster,
        covered=read.covered,
        begun=len(begun),
        confirmed=sum(line.checked_in_at is not None for line in begun),
        missed=sum(line.is_missed for line in begun),
        on_duty=read.without_telephones().on_duty,
        gaps=tuple(gap for agency in read.agencies for gap in _gaps(agency, read.window, now)),
    )


def open_incidents(directive_ids: Iterable[int], *, now: datetime) -> dict[int, tuple[OpenIncident, ...]]:
    """List the open incidents of several directives, what is due first on top, in a fixed number of queries."""
    around = Incident.objects.filter(assignment__directive__in=list(directive_ids), state=IncidentState.OPEN)
    found = defaultdict(tuple)
    for line in incident_lines(around, now=now):
        one = OpenIncident(line.agency_name, line.is_serious, line.is_late, line.detected_at, line.next_clock)
        found[line.directive_id] += (one,)
    return found


def _gaps(agency: AgencyRoster, window: DutyWindow | None, now: datetime) -> list[Gap]:
    """Find the hours of the next day, inside the days of duty, in which a post of a roster is empty."""
    if window is None or not agency.roster.lines:
        return []
    start, end = max(now, window.starts_at), min(now + AHEAD, window.ends_at)
    if start >= end:
        return []
    watches = [Watch(line.post, line.name, line.starts_at, line.ends_at) for line in agency.roster.lines]
    found = findings(watches, starts_at=start, ends_at=end, posts=())
    return [
        Gap(agency.assignment_id, agency.name, one.post, one.starts_at, one.ends_at)
        for one in found
        if one.fault is Fault.GAP
    ]


def _silent(directive: Directive, to_cover: date | None) -> int:
    """Count the agencies without an incident and without a word that none arose, or one that covers the holiday."""
    words = NoIncident.objects.filter(taken_back_at=None)
    if to_cover:
        words = words.filter(confirmed_at__gte=DutyWindow(to_cover, to_cover).starts_at)
    asked = directive.assignments.on_board().exclude(state=State.WITHDRAWN).filter(incidents=None)
    return asked.exclude(pk__in=words.values("assignment")).count()
