"""The head of an official paper, measured so that nothing in it overflows (Decree 30/2020/NĐ-CP, Annex I)."""

from dataclasses import dataclass

from .fonts import text_width
from .lines import break_name, break_prose

MM = 72 / 25.4
NAME_LINES = 3
TEXT_WIDTH = 162  # millimetres, both columns
# A column is so much wider than what it must hold, and the left one never narrower than this.
_SPARE, _NARROWEST = 1.5, 50
NUMBER_SIZE, SUBJECT_SIZE = 13, 12


@dataclass(frozen=True)
class SizeSet:
    """Sizes that go together, in points, and the two columns of the head, in millimetres."""

    css: str
    motto_top: float
    place: float
    name: float
    left: float
    right: float


LARGE = SizeSet("set-a", 13, 14, 13, 63, 99)
SMALL = SizeSet("set-b", 12, 13, 12, 70, 92)
SIZES = {sizes.css: sizes for sizes in (LARGE, SMALL)}
_NATION_OF_SMALL = 90  # what "CỘNG HÒA …" needs in the small sizes


@dataclass(frozen=True)
class Letterhead:
    """What the head shows, already broken into lines.

    `rule` is the width under the name, in points; `left` and `right` are the columns, in millimetres.
    """

    css: str
    left: float
    right: float
    parent_lines: tuple[str, ...]
    issuer_lines: tuple[str, ...]
    rule: str
    number: str
    place: str
    subject: str
    subject_number: str
    subject_lines: tuple[str, ...]
    urgency: str
    number_may_wrap: bool


def letterhead(
    *,
    parent: str,
    issuer: str,
    number: str,
    place: str,
    subject: str = "",
    subject_number: str = "",
    urgency: str = "",
    largest: SizeSet = LARGE,
) -> Letterhead:
    """Lay out a head in the large sizes, or in the small ones where the large would overflow.

    `subject_number` ends the subject; a paper that has to stay on one page takes SMALL as its `largest`.
    """
    large = _names(LARGE, LARGE.left, parent, issuer)
    fits = largest is LARGE and _fits(large, number, place)
    sizes = LARGE if fits else SMALL
    left = LARGE.left if fits else _left_of_small(number, place)
    parent_lines, issuer_lines = large if fits else _names(SMALL, left, parent, issuer)
    widest = max((text_width(line, "bold", sizes.name) for line in issuer_lines), default=0)
    about = f"V/v {subject} {subject_number}" if subject else ""
    return Letterhead(
        css=sizes.css,
        left=left,
        right=TEXT_WIDTH - left,
        parent_lines=parent_lines,
        issuer_lines=issuer_lines,
        rule=f"{widest * 0.4:.2f}",
        number=number,
        place=place,
        subject=subject,
        subject_number=subject_number,
        subject_lines=tuple(break_prose(about, "regular", SUBJECT_SIZE, left * MM - 4)),
        urgency=urgency,
        number_may_wrap=text_width(number, "regular", NUMBER_SIZE) > left * MM,
    )


def _names(sizes: SizeSet, left: float, parent: str, issuer: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    room = left * MM - 2
    return (
        tuple(break_name(parent.upper(), "regular", sizes.name, room)),
        tuple(break_name(issuer.upper(), "bold", sizes.name, room)),
    )


def _fits(names: tuple[tuple[str, ...], ...], number: str, place: str) -> bool:
    """Whether a head has room in the large sizes."""
    return (
        max(len(lines) for lines in names) <= NAME_LINES
        and text_width(number, "regular", NUMBER_SIZE) <= LARGE.left * MM
        and text_width(place, "italic", LARGE.place) <= LARGE.right * MM
    )


def _left_of_small(number: str, place: str) -> float:
    """Return the left column of the small sizes: wider for a long number, as far as place and nation leave room."""
    right = max(_NATION_OF_SMALL, text_width(place, "italic", SMALL.place) / MM + _SPARE)
    wanted = max(SMALL.left, text_width(number, "regular", NUMBER_SIZE) / MM + _SPARE)
    return max(_NARROWEST, min(wanted, TEXT_WIDTH - right))
