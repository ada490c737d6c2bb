"""The geometry of the charts: where each line, column and letter stands, on a screen and on paper alike.

Nothing is told by colour: what is done is filled, what is half-way is light, what is open is an outline,
and every bar carries its numbers.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .progress import Progress
from .summary import Summary

FULL, LIGHT, OPEN = "1", ".35", "0"


@dataclass(frozen=True)
class Frame:
    """A drawing's size and the size of its letters in its own units; `labels` fit under the columns at most."""

    width: int
    height: int
    letters: int
    labels: int


# The units of a page are those of the letters beside it; those of paper are tenths of a millimetre, half a page wide.
SCREEN = Frame(width=360, height=200, letters=14, labels=5)
PAPER = Frame(width=790, height=430, letters=34, labels=7)


@dataclass(frozen=True)
class Column:
    """One day; `middle` and the rest are places in the drawing, `label` and `value` blank where there is no room."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    value: str
    value_y: int
    label: str


@dataclass(frozen=True)
class Columns:
    """How many reports had come by the end of each day; `deadline_x` is None when the deadline is outside."""

    frame: Frame
    left: int
    right: int
    top: int
    bottom: int
    columns: tuple[Column, ...]
    total: int
    deadline_x: int | None
    deadline: str
    days: tuple[tuple[date, int], ...]

    @property
    def line(self) -> int:
        """The width of a line."""
        return max(1, self.frame.letters // 14)

    @property
    def axis_x(self) -> int:
        """Where the numbers of the axis end."""
        return self.left - self.frame.letters // 3

    @property
    def total_y(self) -> int:
        """The foot of the number on the top line."""
        return self.top + self.frame.letters // 3

    @property
    def zero_y(self) -> int:
        """The foot of the 0 on the bottom line."""
        return self.bottom + self.frame.letters // 3

    @property
    def label_y(self) -> int:
        """The foot of the days."""
        return self.bottom + self.frame.letters * 5 // 4

    @property
    def deadline_y(self) -> int:
        """The foot of the word at the deadline's line."""
        return self.frame.letters


@dataclass(frozen=True)
class Part:
    """One piece of a bar; `fill` is how opaque it is."""

    x: int
    width: int
    fill: str


@dataclass(frozen=True)
class Bar:
    """One row: its name above, the bar, the numbers at its end."""

    name: str
    full_name: str
    value: str
    name_y: int
    y: int
    parts: tuple[Part, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Bars:
    """Rows of the same three pieces; the whole width of a bar is everybody in its row."""

    frame: Frame
    height: int
    thickness: int
    bars: tuple[Bar, ...]

    @property
    def line(self) -> int:
        """The width of an outline."""
        return max(1, self.frame.letters // 14)


def by_day(read: Progress, frame: Frame = SCREEN) -> Columns:
    """Lay out the days from issue to today or the deadline, whichever is later."""
    days = _days(read)
    left, right = frame.letters * 5 // 2, frame.width - frame.letters
    top, bottom = frame.letters * 2, frame.height - frame.letters * 7 // 4
    slot = max(1, (right - left) // len(days))
    reported = {point.day: point.reported for point in read.points}
    step = -(-len(days) // frame.labels)
    place = days.index(read.deadline_on) if read.deadline_on in days else None
    columns = [
        _column(left + slot * n, day, reported.get(day), read.total, (top, bottom, slot), is_labelled=n % step == 0)
        for n, day in enumerate(days)
    ]
    return Columns(
        frame=frame,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        columns=tuple(columns),
        total=read.total,
        deadline_x=None if place is None else left + slot * (place + 1),
        deadline=_short(read.deadline_on) if read.deadline_on else "",
        days=tuple((point.day, point.reported) for point in read.points),
    )


def by_group(read: Summary, names, frame: Frame = SCREEN) -> Bars:
    """Lay out the kinds of agency: acknowledged, sent, not reported; `names` maps a kind to its words."""
    rows = [
        (str(names[group.kind]), (group.accepted, group.reported - group.accepted, group.agencies - group.reported))
        for group in read.groups
    ]
    return _bars(rows, frame)


def by_action(read: Summary, frame: Frame = SCREEN) -> Bars:
    """Lay out the required actions: carried out or nothing to do, partly, without a result."""
    rows = [
        (
            f"{action.position}. {action.title}",
            (action.done + action.nil + action.not_applicable, action.partly, action.unanswered),
        )
        for action in read.actions
    ]
    return _bars(rows, frame)


def _bars(rows: list[tuple[str, tuple[int, int, int]]], frame: Frame) -> Bars:
    """Stack the rows: a line of letters, under it the bar, then a gap."""
    row_height, thickness = frame.letters * 5 // 2, frame.letters * 4 // 5
    bars = tuple(_bar(name, counts, frame, row_height * n) for n, (name, counts) in enumerate(rows))
    return Bars(frame, row_height * len(rows) + frame.letters // 4, thickness, bars)


def _bar(name: str, counts: tuple[int, int, int], frame: Frame, top: int) -> Bar:
    total = sum(counts)
    value = f"{counts[0] + counts[1]}/{total}"
    return Bar(
        name=_cut(name, frame, len(value)),
        full_name=name,
        value=value,
        name_y=top + frame.letters,
        y=top + frame.letters * 7 // 5,
        parts=_parts(counts, total, frame),
        counts=counts,
    )


def _parts(counts: tuple[int, int, int], total: int, frame: Frame) -> tuple[Part, ...]:
    """Lay the pieces end to end; the outline stays inside the drawing."""
    room, edge = frame.width - 4, 2
    parts, before = [], 0
    for count, fill in zip(counts, (FULL, LIGHT, OPEN), strict=True):
        start, end = room * before // (total or 1), room * (before + count) // (total or 1)
        if count:
            parts.append(Part(edge + start, end - start, fill))
        before += count
    return tuple(parts)


def _cut(name: str, frame: Frame, beside: int) -> str:
    """Return as much of a name as fits beside the numbers; a letter is about half as wide as high."""
    room = int(frame.width / frame.letters / 0.55) - beside - 1
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"


def _days(read: Progress) -> list[date]:
    first = read.points[0].day
    return [first + timedelta(days=n) for n in range((read.last_day - first).days + 1)]


def _column(left: int, day: date, reported: int | None, total: int, place, *, is_labelled: bool) -> Column:
    top, bottom, slot = place
    width = max(1, min(slot * 6 // 10, (bottom - top) // 3))
    middle = left + slot // 2
    height = (bottom - top) * (reported or 0) // (total or 1)
    return Column(
        x=middle - width // 2,
        y=bottom - height,
        width=width,
        height=height,
        middle=middle,
        value=str(reported) if reported is not None and is_labelled else "",
        value_y=bottom - height - (bottom - top) // 30,
        label=_short(day) if is_labelled else "",
    )


def _short(day: date) -> str:
    """Write a day as official papers do: months below 3 with two digits."""
    return f"{day.day:02d}/{day.month if day.month > 2 else f'{day.month:02d}'}"
