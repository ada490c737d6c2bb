"""How reports have come in, day by day towards the deadline."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from alertdesk.lib import clock
from directives.models import REPORTED, Assignment, Directive, State, Submission

MOST_DAYS = 60
DAYS_AFTER = 7


@dataclass(frozen=True)
class Point:
    """How many agencies' reports had come by the end of a day."""

    day: date
    reported: int


@dataclass(frozen=True)
class Progress:
    """One point a day from the issue to today, or to a week after the last thing that happened.

    `last_day` is where a chart ends: it reaches the deadline even when that is still to come.
    """

    total: int
    deadline_on: date | None
    today: date
    points: tuple[Point, ...]
    last_day: date


def progress(directive: Directive, *, now: datetime) -> Progress:
    """Read the reports that stand now, each on the day it first came, so that the last point is today's number.

    A report the desk recorded came on its day of arrival, not on the day it was entered.
    """
    today, deadline_on = now.astimezone(clock.ZONE).date(), _day(directive.deadline)
    arrivals = _first_arrivals([directive.pk]).get(directive.pk, [])
    first = min([_day(directive.issued_at) or today, *arrivals])
    last = min(today, max([deadline_on or today, *arrivals]) + timedelta(days=DAYS_AFTER))
    total = Assignment.objects.filter(directive=directive).on_board().exclude(state=State.WITHDRAWN).count()
    points = _cumulated(arrivals, first, last)[-MOST_DAYS:]
    return Progress(total, deadline_on, today, tuple(points), max(last, deadline_on or last))


def arrived_on(day: date, directive_ids) -> dict[int, int]:
    """Count, for several directives at once, the agencies whose standing report first came on a day."""
    first = _first_arrivals(directive_ids)
    return Counter(directive_id for directive_id, days in first.items() for arrived in days if arrived == day)


def _cumulated(arrivals: list[date], first: date, last: date) -> list[Point]:
    """Return one point a day with the arrivals up to its end."""
    by_day = Counter(arrivals)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [Point(day, reported) for day, reported in zip(days, accumulate(by_day[day] for day in days), strict=True)]


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.ZONE).date() if moment else None


def _first_arrivals(directive_ids) -> dict[int, list[date]]:
    """Return, by directive, the day on which each agency's standing report first came."""
    submissions = Submission.objects.filter(
        assignment__directive__in=directive_ids, assignment__parent__isnull=True, assignment__state__in=REPORTED
    ).values_list("assignment__directive", "assignment", "recorded__arrived_on", "submitted_at")
    first: dict[tuple[int, int], date] = {}
    for directive_id, assignment_id, arrival, submitted_at in submissions:
        key, day = (directive_id, assignment_id), arrival or _day(submitted_at)
        first[key] = min(day, first.get(key, day))
    found: dict[int, list[date]] = {}
    for (directive_id, _assignment_id), day in first.items():
        found.setdefault(directive_id, []).append(day)
    return found
