"""The roster as a drawing: one bar a post over the days of duty, gaps hatched; units are those of a page's letters."""

from dataclasses import dataclass
from datetime import timedelta

from alertdesk.lib.duty import Fault, findings
from directives.models import DutyWindow, Shift

WIDTH, LETTERS, MARGIN = 1080, 14, 2
ROW, THICKNESS = 48, 22
LETTER_WIDTH = 0.6  # of its height


@dataclass(frozen=True)
class Piece:
    """One shift or gap within a bar; `label` is blank where it would not fit."""

    x: int
    width: int
    middle: int
    label: str = ""


@dataclass(frozen=True)
class Bar:
    """One post: its name above, its shifts, and the hatched gaps between them."""

    name: str
    name_y: int
    y: int
    label_y: int
    shifts: tuple[Piece, ...]
    gaps: tuple[Piece, ...]


@dataclass(frozen=True)
class Day:
    """Where a day of duty begins, and its name below."""

    x: int
    middle: int
    label: str


@dataclass(frozen=True)
class RosterChart:
    """Bars over days."""

    width: int
    height: int
    letters: int
    thickness: int
    bottom: int
    label_y: int
    bars: tuple[Bar, ...]
    days: tuple[Day, ...]


def roster_chart(shifts: list[Shift], window: DutyWindow) -> RosterChart:
    """Lay out shifts over the days of duty; what lies outside is cut off."""
    posts = list(dict.fromkeys(shift.post for shift in shifts))
    bottom = ROW * len(posts) + LETTERS // 2
    return RosterChart(
        width=WIDTH,
        height=bottom + LETTERS * 3 // 2,
        letters=LETTERS,
        thickness=THICKNESS,
        bottom=bottom,
        label_y=bottom + LETTERS,
        bars=tuple(_bar(post, n, shifts, window) for n, post in enumerate(posts)),
        days=_days(window),
    )


def _bar(post: str, place: int, shifts: list[Shift], window: DutyWindow) -> Bar:
    own = [shift for shift in shifts if shift.post == post]
    found = findings([shift.watch for shift in own], starts_at=window.starts_at, ends_at=window.ends_at, posts=[post])
    top = ROW * place
    inside = [shift for shift in own if shift.starts_at < window.ends_at and shift.ends_at > window.starts_at]
    return Bar(
        name=post,
        name_y=top + LETTERS,
        y=top + LETTERS + 6,
        label_y=top + LETTERS + 6 + THICKNESS * 7 // 10,
        shifts=tuple(_piece(shift.starts_at, shift.ends_at, window, shift.given_name) for shift in inside),
        gaps=tuple(_piece(gap.starts_at, gap.ends_at, window) for gap in found if gap.fault is Fault.GAP),
    )


def _piece(start, end, window: DutyWindow, label: str = "") -> Piece:
    x, until = _x(max(start, window.starts_at), window), _x(min(end, window.ends_at), window)
    fits = len(label) * LETTERS * LETTER_WIDTH + 4 <= until - x
    return Piece(x, max(until - x, 1), (x + until) // 2, label if fits else "")


def _days(window: DutyWindow) -> tuple[Day, ...]:
    count = (window.last - window.first).days + 1
    step = -(-count * LETTERS * 4 // WIDTH)  # "29/04" and a space need about four heights
    found = []
    for n in range(count):
        start = window.starts_at + timedelta(days=n)
        x, until = _x(start, window), _x(start + timedelta(days=1), window)
        found.append(Day(x, (x + until) // 2, f"{start:%d/%m}" if n % step == 0 else ""))
    return tuple(found)


def _x(moment, window: DutyWindow) -> int:
    return MARGIN + round((WIDTH - 2 * MARGIN) * ((moment - window.starts_at) / (window.ends_at - window.starts_at)))
