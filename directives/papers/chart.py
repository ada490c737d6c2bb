"""The chart of the summary: how many reports had come by the end of each day, drawn as plain columns."""

from dataclasses import dataclass
from datetime import date, timedelta

from directives.reports.progress import Progress

# The drawing in its own units (tenths of a millimetre).
WIDTH, HEIGHT = 1620, 500
LEFT, RIGHT, TOP, BOTTOM = 90, 40, 70, 430
MOST_LABELS = 12


@dataclass(frozen=True)
class Column:
    """One day; `middle` and the rest are places in the drawing, `label` is blank where there is no room."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    value: str
    label: str


@dataclass(frozen=True)
class Chart:
    """What _chart.html draws; `deadline_x` is None when the deadline is outside the drawing."""

    columns: tuple[Column, ...]
    total: int
    deadline_x: int | None
    deadline: str
    description: str


def chart(read: Progress) -> Chart:
    """Lay out the days from issue to today or the deadline, whichever is later."""
    days = _days(read)
    slot = (WIDTH - LEFT - RIGHT) // len(days)
    reported = {point.day: point.reported for point in read.points}
    step = -(-len(days) // MOST_LABELS)
    columns = tuple(
        _column(n, day, reported.get(day), read.total, slot, is_labelled=n % step == 0) for n, day in enumerate(days)
    )
    place = days.index(read.deadline_on) if read.deadline_on in days else None
    return Chart(
        columns=columns,
        total=read.total,
        deadline_x=None if place is None else LEFT + slot * (place + 1),
        deadline=_short(read.deadline_on) if read.deadline_on else "",
        description="; ".join(f"{_short(point.day)}: {point.reported}" for point in read.points),
    )


def _days(read: Progress) -> list[date]:
    first = read.points[0].day
    return [first + timedelta(days=n) for n in range((read.last_day - first).days + 1)]


def _column(n: int, day: date, reported: int | None, total: int, slot: int, *, is_labelled: bool) -> Column:
    width = min(slot * 6 // 10, 120)
    middle = LEFT + slot * n + slot // 2
    height = (BOTTOM - TOP) * (reported or 0) // (total or 1)
    return Column(
        x=middle - width // 2,
        y=BOTTOM - height,
        width=width,
        height=height,
        middle=middle,
        value=str(reported) if reported is not None and is_labelled else "",
        label=_short(day) if is_labelled else "",
    )


def _short(day: date) -> str:
    return f"{day.day:02d}/{day.month if day.month > 2 else f'{day.month:02d}'}"
