"""The head of an official paper, measured so that nothing in it overflows (Decree 30/2020/NĐ-CP, Annex I)."""

from dataclasses import dataclass
from itertools import combinations, pairwise

from .fonts import text_width

MM = 72 / 25.4
NAME_LINES = 3


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
NUMBER_SIZE = 13


@dataclass(frozen=True)
class Letterhead:
    """What the head shows, already broken into lines; `rule` is the width under the name, in points."""

    css: str
    parent_lines: tuple[str, ...]
    issuer_lines: tuple[str, ...]
    rule: str
    number: str
    place: str
    subject: str
    subject_number: str
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
) -> Letterhead:
    """Lay out a head in the large sizes, or in the small ones where the large would overflow.

    `subject_number` ends the subject and is kept on one line.
    """
    large = _laid_out(LARGE, parent, issuer)
    sizes = LARGE if _fits(LARGE, large, number, place) else SMALL
    parent_lines, issuer_lines = large if sizes is LARGE else _laid_out(SMALL, parent, issuer)
    widest = max((text_width(line, "bold", sizes.name) for line in issuer_lines), default=0)
    return Letterhead(
        css=sizes.css,
        parent_lines=parent_lines,
        issuer_lines=issuer_lines,
        rule=f"{widest * 0.4:.2f}",
        number=number,
        place=place,
        subject=subject,
        subject_number=subject_number,
        urgency=urgency,
        number_may_wrap=text_width(number, "regular", NUMBER_SIZE) > sizes.left * MM,
    )


def _laid_out(sizes: SizeSet, parent: str, issuer: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    room = sizes.left * MM - 2
    return (
        tuple(break_name(parent.upper(), "regular", sizes.name, room)),
        tuple(break_name(issuer.upper(), "bold", sizes.name, room)),
    )


def _fits(sizes: SizeSet, names, number: str, place: str) -> bool:
    room = sizes.left * MM
    lines = [(line, face) for face, group in zip(("regular", "bold"), names, strict=True) for line in group]
    return (
        all(text_width(line, face, sizes.name) <= room for line, face in lines)
        and max(len(group) for group in names) <= NAME_LINES
        and text_width(number, "regular", NUMBER_SIZE) <= room
        and text_width(place, "italic", sizes.place) <= sizes.right * MM
    )


def break_name(name: str, face: str, size: float, room: float) -> list[str]:
    """Break a name into as few lines as fit in `room` points, by meaning: "SỞ THÔNG TIN / VÀ TRUYỀN THÔNG"."""
    words = name.split()
    for count in range(min(len(words), 5)):
        fitting = [
            (_cost(words, cuts, face, size), lines)
            for cuts in combinations(range(1, len(words)), count)
            if _all_fit(lines := _lines(words, cuts), face, size, room)
        ]
        if fitting:
            return min(fitting)[1]
    return [name] if words else []


def _lines(words: list[str], cuts: tuple[int, ...]) -> list[str]:
    return [" ".join(words[start:end]) for start, end in pairwise((0, *cuts, len(words)))]


def _all_fit(lines: list[str], face: str, size: float, room: float) -> bool:
    return all(text_width(line, face, size) <= room for line in lines)


def _cost(words: list[str], cuts: tuple[int, ...], face: str, size: float) -> float:
    """Weigh a way of breaking: within a compound word is worst, after "và" bad, then uneven lines."""
    widths = [text_width(line, face, size) for line in _lines(words, cuts)]
    tears = sum(0 if _is_seam(words, cut) else 400 if words[cut - 1] == "VÀ" else 1000 for cut in cuts)
    return tears + max(widths) - min(widths)


def _is_seam(words: list[str], cut: int) -> bool:
    """Whether a name may be broken before `words[cut]` without tearing a compound word."""
    before, after = words[cut - 1], words[cut]
    if after == "-" or (before, after) == ("THỊ", "XÃ"):
        return False
    pair = " ".join(words[cut : cut + 2])
    starts = ("VÀ", "TỈNH", "HUYỆN", "QUẬN", "XÃ", "PHƯỜNG", "THỊ XÃ", "THÀNH PHỐ", "KHU KINH", "ĐOÀN ĐBQH")
    return before.endswith((",", "-", ";")) or any(pair == start or after == start for start in starts)
