"""The duty roster of one agency: its shifts, how much of the days of duty they cover, and what is wrong in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from alertdesk.lib import clock
from alertdesk.lib.duty import Fault, Finding, findings, percent_covered
from directives.models import Assignment, DutyWindow, Shift
from directives.templatetags.alertdesk import vn_date


@dataclass(frozen=True)
class Line:
    """One shift; `number` is its place in the roster."""

    number: int
    shift_id: int
    post: str
    name: str
    position: str
    telephone: str
    backup_name: str
    backup_telephone: str
    starts_at: datetime
    ends_at: datetime
    checked_in_at: datetime | None
    is_missed: bool
    is_current: bool
    is_over: bool

    @property
    def when(self) -> str:
        """From when to when, in words."""
        return stretch(self.starts_at, self.ends_at)


@dataclass(frozen=True)
class Trouble:
    """One finding as a sentence; `number` is the line to look at, None where no line is near."""

    text: str
    number: int | None
    is_gap: bool


@dataclass(frozen=True)
class Roster:
    """A roster at one moment; `percent` is how much of the days of duty its posts are covered, 100 only if wholly."""

    window: DutyWindow | None
    lines: tuple[Line, ...]
    troubles: tuple[Trouble, ...]
    percent: int
    people: int

    @property
    def current(self) -> tuple[Line, ...]:
        """The shifts that run now."""
        return tuple(line for line in self.lines if line.is_current)

    @property
    def missed(self) -> tuple[Line, ...]:
        """The shifts that were not confirmed in time, those that run now first."""
        return tuple(sorted((line for line in self.lines if line.is_missed), key=lambda line: not line.is_current))

    def without_telephones(self) -> "Roster":
        """Return the same without what only the desk and the agency need."""
        bare = (replace(line, telephone="", backup_telephone="") for line in self.lines)
        return replace(self, lines=tuple(bare))


def roster(assignment: Assignment, window: DutyWindow | None, *, now: datetime) -> Roster:
    """Read the roster of one assignment."""
    return read_shifts(assignment.shifts.all(), window, now=now)


def read_shifts(shifts: Iterable[Shift], window: DutyWindow | None, *, now: datetime) -> Roster:
    """Read shifts in the order of their model as a roster; without days of duty nothing can be missing."""
    shifts = list(shifts)
    watches = [shift.watch for shift in shifts]
    inside = {"starts_at": window.starts_at, "ends_at": window.ends_at} if window else None
    found = findings(watches, posts=(), **inside) if inside else []
    return Roster(
        window=window,
        lines=tuple(_line(number, shift, now) for number, shift in enumerate(shifts, 1)),
        troubles=tuple(_trouble(finding, shifts) for finding in found),
        percent=percent_covered(watches, **inside) if inside else 0,
        people=len({shift.who for shift in shifts}),
    )


def _line(number: int, shift: Shift, now: datetime) -> Line:
    copied = {name: getattr(shift, name) for name in Shift.FIELDS}
    return Line(
        number=number,
        shift_id=shift.pk,
        checked_in_at=shift.checked_in_at,
        is_missed=shift.is_missed(now),
        is_current=shift.is_current(now),
        is_over=shift.ends_at <= now,
        **copied,
    )


def _trouble(finding: Finding, shifts: Sequence[Shift]) -> Trouble:
    name = next((shift.name for shift in shifts if shift.watch.person == finding.person), "")
    sentences = {
        Fault.GAP: _("%(post)s: nobody is on duty %(when)s."),
        Fault.OVERLAP: _("%(post)s: more than one person is on duty %(when)s."),
        Fault.TWO_POSTS: _("%(name)s is on two posts at once %(when)s."),
        Fault.NO_RELIEF: _("%(name)s is on duty for more than 24 hours without relief %(when)s."),
    }
    words = {"post": finding.post, "name": name, "when": stretch(finding.starts_at, finding.ends_at)}
    return Trouble(sentences[finding.fault] % words, _nearest(finding, shifts), finding.fault is Fault.GAP)


def _nearest(finding: Finding, shifts: Sequence[Shift]) -> int | None:
    """Return the number of the line to look at: before a gap the last one, else the first within the stretch."""
    own = [
        (number, shift.watch)
        for number, shift in enumerate(shifts, 1)
        if shift.post == finding.post or shift.watch.person == finding.person
    ]
    before = [number for number, watch in own if watch.ends_at <= finding.starts_at]
    if finding.fault is Fault.GAP and before:
        return before[-1]
    return next((number for number, watch in own if watch.ends_at > finding.starts_at), None)


def stretch(start: datetime, end: datetime) -> str:
    """Write a stretch of time in words; midnight at its end is 24:00 of the day before."""
    start, end = start.astimezone(clock.ZONE), end.astimezone(clock.ZONE)
    last, hour = end, f"{end:%H:%M}"
    if hour == "00:00":
        last, hour = end - timedelta(days=1), "24:00"
    words = {"day": vn_date(start), "start": f"{start:%H:%M}", "end": hour, "last": vn_date(last)}
    if start.date() == last.date():
        return _("from %(start)s to %(end)s on %(day)s") % words
    return _("from %(start)s on %(day)s to %(end)s on %(last)s") % words
