"""How reports have come in, day by day towards the deadline."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alertdesk.lib import clock
from directives.models import REPORTED, Assignment, Directive, State, Submission

MOST_DAYS = 60


@dataclass(frozen=True)
class Point:
    """How many agencies' reports had come by the end of a day."""

    day: date
    reported: int


@dataclass(frozen=True)
class Progress:
    """Points from the day of issue to today or the deadline; `reported` of a day to come is that of today."""

    total: int
    deadline_on: date | None
    today: date
    points: tuple[Point, ...]
    last_day: date


def progress(directive: Directive, *, now: datetime) -> Progress:
    """Read the reports that stand now, each on the day it first came, so that the last point is today's number.

    A report the desk recorded came on its day of arrival, not on the day it was entered.
    """
    today = now.astimezone(clock.ZONE).date()
    arrivals = sorted(_first_arrivals(directive))
    first = min([_day(directive.issued_at) or today, *arrivals])
    deadline_on = _day(directive.deadline)
    by_day = Counter(arrivals)
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    running = 0
    points = []
    for day in days:
        running += by_day[day]
        points.append(Point(day, running))
    total = Assignment.objects.filter(directive=directive).on_board().exclude(state=State.WITHDRAWN).count()
    return Progress(total, deadline_on, today, tuple(points[-MOST_DAYS:]), max(today, deadline_on or today))


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
