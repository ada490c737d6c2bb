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
    arrivals = _first_arrivals(directive)
    first = min([_day(directive.issued_at) or today, *arrivals])
    last = min(today, max([deadline_on or today, *arrivals]) + timedelta(days=DAYS_AFTER))
    total = Assignment.objects.filter(directive=directive).on_board().exclude(state=State.WITHDRAWN).count()
    points = _cumulated(arrivals, first, last)[-MOST_DAYS:]
    return Progress(total, deadline_on, today, tuple(points), max(last, deadline_on or last))


def _cumulated(arrivals: list[date], first: date, last: date) -> list[Point]:
    """Return one point a day with the arrivals up to its end."""
    by_day = Counter(arrivals)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [Point(day, reported) for day, reported in zip(days, accumulate(by_day[day] for day in days), strict=True)]


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.ZONE).date() if moment else None


def _first_arrivals(directive: Directive) -> list[date]:
    """Return, for each agency whose report stands, the day its first report came."""
    submissions = Submission.objects.filter(
        assignment__directive=directive, assignment__parent__isnull=True, assignment__state__in=REPORTED
    ).values_list("assignment_id", "recorded__arrived_on", "submitted_at")
    first: dict[int, date] = {}
    for assignment_id, arrived_on, submitted_at in submissions:
        day = arrived_on or _day(submitted_at)
        first[assignment_id] = min(day, first.get(assignment_id, day))
    return list(first.values())
