"""The reminder plan of a directive as a calendar: the days worked, what went out, what is going to, to how many."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from alertdesk.lib import working_days as office
from alertdesk.lib.clock import ZONE
from directives.models import Delivery, Directive, DirectiveState, Notice
from directives.reminders.cases import read_cases
from directives.reminders.duties import read_on_duty
from directives.reminders.occasions import Rules, is_check_in_day, roster_days, schedule

Kind = Notice.Kind
AFTERWARDS = 5  # working days shown after the deadline and the holiday
LAST_MONTHS_OF_YEAR = 11  # from here on the next year's calendar should be known
# What comes along with another message of that day.
MINOR = (Kind.ALSO_OPEN,)


@dataclass(frozen=True)
class Line:
    """What goes out on a day: since when, why, and to how many agencies; `was_sent` tells what has gone."""

    at: time
    label: str
    agencies: int
    was_sent: bool


@dataclass(frozen=True)
class Day:
    """One day of the calendar; `name` says why it is off, `marks` what happens on it besides messages."""

    day: date
    name: str
    is_off: bool
    is_holiday: bool
    is_today: bool
    is_past: bool
    is_skipped: bool
    marks: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether a short list of the days leaves it out."""
        return not (self.lines or self.marks or self.is_today or self.is_skipped)

    @property
    def may_be_skipped(self) -> bool:
        """Whether anything is still to go out on it."""
        return any(not line.was_sent for line in self.lines)


@dataclass(frozen=True)
class PlanCalendar:
    """The weeks of one directive, Monday first; `unconfirmed` are the years without any day decided by a document."""

    weeks: tuple[tuple[Day, ...], ...]
    unconfirmed: tuple[int, ...]
    holiday: tuple[date, date] | None
    is_short: bool

    @property
    def week_days(self) -> tuple[str, ...]:
        """The heads of the columns."""
        return _("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")


def plan_calendar(directive: Directive, rules: Rules, *, now: datetime, overrides: office.Overrides) -> PlanCalendar:
    """Read the calendar of an issued directive; nothing is planned any more of one that is over."""
    cases = _cases(directive, rules, now, overrides)
    span = _span(directive, rules, now, cases, overrides)
    lines = defaultdict(list)
    for day, line in [*_sent(directive), *_to_come(directive, rules, now, cases, span[1], overrides)]:
        lines[day].append(line)
    reader = _Reader(directive, rules, now.astimezone(ZONE).date(), overrides, lines)
    return PlanCalendar(
        weeks=tuple(reader.week(monday) for monday in _mondays(*span)),
        unconfirmed=_unconfirmed(span, now, overrides),
        holiday=rules.holiday,
        is_short=_is_short(directive, overrides),
    )


def _cases(directive: Directive, rules: Rules, now: datetime, overrides: office.Overrides) -> list:
    if directive.state != DirectiveState.ISSUED:
        return []
    cases, _without_address = read_cases(now, overrides, {directive.pk: rules}, directive=directive)
    return cases


def _is_short(directive: Directive, overrides: office.Overrides) -> bool:
    window = office.working_hours_between(directive.issued_at, directive.deadline, overrides)
    return window < 3 * office.FULL_DAY


def _span(directive: Directive, rules: Rules, now: datetime, cases, overrides: office.Overrides) -> tuple[date, date]:
    """Return the first and last day to show."""
    last = max([_day(directive.deadline), *(_day(case.due_at) for case in cases), *(rules.holiday or ())])
    last = max(last, _day(now)) if directive.state == DirectiveState.ISSUED else last
    return _day(directive.issued_at), office.add_working_days(last, AFTERWARDS, overrides)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _mondays(first: date, last: date) -> Iterable[date]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        yield monday
        monday += timedelta(days=7)


def _sent(directive: Directive) -> Iterable[tuple[date, Line]]:
    """Yield what has gone out, once for each day, kind and hour of the first message."""
    rows = Notice.objects.filter(
        assignment__directive=directive, delivery__state=Delivery.State.SENT, channel=Delivery.Channel.EMAIL
    )
    found: dict[tuple[date, str], tuple[time, set[int]]] = {}
    for kind, at, pk in rows.exclude(kind__in=MINOR).values_list("kind", "delivery__sent_at", "assignment"):
        here = at.astimezone(ZONE)
        first, agencies = found.setdefault((here.date(), kind), (here.time(), set()))
        found[here.date(), kind] = min(first, here.time()), agencies | {pk}
    for (day, kind), (at, agencies) in found.items():
        yield day, Line(at, str(Kind(kind).label), len(agencies), was_sent=True)


def _to_come(
    directive: Directive, rules: Rules, now: datetime, cases, until: date, overrides: office.Overrides
) -> Iterable[tuple[date, Line]]:
    """Yield what is going to go out, counted by those who owe today."""
    if directive.state != DirectiveState.ISSUED:
        return
    windows = Counter((case.begun_at, case.due_at) for case in cases)
    planned: Counter = Counter()
    for (begun_at, due_at), agencies in windows.items():
        for occasion in schedule(begun_at, due_at, until, overrides, rules):
            if occasion.moment > now:
                planned[occasion.moment.astimezone(ZONE), occasion.kind] += agencies
    planned.update(_duty_to_come(directive, rules, now, overrides))
    for (moment, kind), agencies in planned.items():
        yield moment.date(), Line(moment.time(), str(Kind(kind).label), agencies, was_sent=False)


def _duty_to_come(directive: Directive, rules: Rules, now: datetime, overrides: office.Overrides) -> Mapping:
    on_duty = read_on_duty(directive, rules)
    found = {(office.at(day, office.OPENING), Kind.ROSTER): on_duty.lacking for day in roster_days(rules, overrides)}
    day, last = rules.holiday or (date.max, date.min)
    while day <= last:
        if is_check_in_day(day, rules):
            found[office.at(day, time(7)), Kind.CHECK_IN] = on_duty.by_day.get(day, 0)
        day += timedelta(days=1)
    return {key: agencies for key, agencies in found.items() if key[0] > now and agencies}


def _unconfirmed(span: tuple[date, date], now: datetime, overrides: office.Overrides) -> tuple[int, ...]:
    """Return the years that the calendar reaches, and the coming one near its beginning, without any decided day."""
    today = _day(now)
    years = {span[0].year, span[1].year} | ({today.year + 1} if today.month >= LAST_MONTHS_OF_YEAR else set())
    return tuple(sorted(years - {day.year for day in overrides}))


class _Reader:
    """Puts the days of a week together."""

    def __init__(self, directive: Directive, rules: Rules, today: date, overrides: office.Overrides, lines: Mapping):
        self._directive, self._rules, self._today = directive, rules, today
        self._overrides, self._lines = overrides, lines

    def week(self, monday: date) -> tuple[Day, ...]:
        """Return the days of a week."""
        return tuple(self._day(monday + timedelta(days=number)) for number in range(7))

    def _day(self, day: date) -> Day:
        is_holiday = office.is_in_holiday(day, self._overrides)
        is_off = not office.is_working_day(day, self._overrides)
        name = _("Holiday") if is_holiday else _("Day off") if is_off else ""
        return Day(
            day=day,
            name=name,
            is_off=is_off,
            is_holiday=is_holiday,
            is_today=day == self._today,
            is_past=day < self._today,
            is_skipped=day in self._rules.skipped,
            marks=tuple(self._marks(day)),
            lines=tuple(sorted(self._lines.get(day, ()), key=lambda line: (not line.was_sent, line.at, line.label))),
        )

    def _marks(self, day: date) -> Iterable[str]:
        if day == _day(self._directive.issued_at):
            yield _("Issued")
        if day == _day(self._directive.deadline):
            hour = self._directive.deadline.astimezone(ZONE)
            yield _("Deadline %(hour)s") % {"hour": f"{hour:%H:%M}"}
