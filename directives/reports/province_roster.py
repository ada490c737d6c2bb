"""Who is on duty in the province: every agency's coverage, what is missing, and who has not confirmed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count

from directives.models import (
    Assignment,
    CalendarOverride,
    Directive,
    DirectiveState,
    DutyWindow,
    Shift,
    State,
    duty_window,
)

from .roster import Line, Roster, read_shifts


@dataclass(frozen=True)
class AgencyRoster:
    """One agency and its roster."""

    assignment_id: int
    name: str
    roster: Roster


@dataclass(frozen=True)
class Watcher:
    """One shift with the agency whose it is."""

    assignment_id: int
    agency_name: str
    line: Line


@dataclass(frozen=True)
class ProvinceRoster:
    """The rosters of one directive at one moment, in the board's order."""

    window: DutyWindow | None
    agencies: tuple[AgencyRoster, ...]

    @property
    def with_roster(self) -> int:
        """How many agencies have written a roster."""
        return sum(bool(agency.roster.lines) for agency in self.agencies)

    @property
    def covered(self) -> int:
        """How many agencies cover every minute of the days of duty."""
        return sum(agency.roster.percent == 100 for agency in self.agencies)

    @property
    def missed(self) -> tuple[Watcher, ...]:
        """The shifts that run now and were not confirmed in time: whom to call first."""
        return tuple(one for one in self.on_duty if one.line.is_missed)

    @property
    def others(self) -> tuple[Watcher, ...]:
        """The other shifts that run now."""
        return tuple(one for one in self.on_duty if not one.line.is_missed)

    @property
    def on_duty(self) -> tuple[Watcher, ...]:
        """The shifts that run now."""
        return tuple(
            Watcher(agency.assignment_id, agency.name, line)
            for agency in self.agencies
            for line in agency.roster.current
        )

    def without_telephones(self) -> "ProvinceRoster":
        """Return the same without what only the desk needs."""
        bare = (replace(agency, roster=agency.roster.without_telephones()) for agency in self.agencies)
        return replace(self, agencies=tuple(bare))


def province_roster(directive: Directive, *, now: datetime) -> ProvinceRoster:
    """Read the rosters of all agencies that a directive is still required of."""
    return province_rosters([directive], now=now)[directive.pk]


def province_rosters(directives: Iterable[Directive], *, now: datetime) -> dict[int, ProvinceRoster]:
    """Read the rosters of several directives in a fixed number of queries."""
    overrides = CalendarOverride.objects.as_mapping()
    windows = {directive.pk: duty_window(directive, overrides) for directive in directives}
    assignments = Assignment.objects.filter(directive__in=windows).on_board().exclude(state=State.WITHDRAWN)
    found = defaultdict(list)
    for assignment in assignments.prefetch_related("shifts"):
        window = windows[assignment.directive_id]
        read = read_shifts(assignment.shifts.all(), window, now=now)
        found[assignment.directive_id].append(AgencyRoster(assignment.pk, assignment.agency_name, read))
    return {pk: ProvinceRoster(window, tuple(found[pk])) for pk, window in windows.items()}


def missed_now(user, *, now: datetime) -> list[tuple[Directive, int]]:
    """Return the desk's directives in which shifts that run now were not confirmed in time, with how many."""
    missed = Shift.objects.missed(now).current(now).exclude(assignment__state=State.WITHDRAWN)
    counted = (
        missed.values("assignment__directive")
        .annotate(shifts=Count("pk"))
        .values_list("assignment__directive", "shifts")
    )
    counts = dict(counted.order_by())
    own = Directive.objects.kept_by(user).filter(pk__in=counts, state=DirectiveState.ISSUED)
    return [(directive, counts[directive.pk]) for directive in own]
