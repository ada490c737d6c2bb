"""Where the parts of a letter lie: head, addressees, body, tail, annexes."""

import re
from dataclasses import dataclass

from alertdesk.lib.text import fold

from .cleaning import cells_of
from .words import is_authority, is_opener, is_title

_ADDRESS = re.compile(r"^\W*kinh gui\b")
_TELEGRAM = re.compile(r"\bdien\s*:\s*$")
_COPIES = re.compile(r"^\W*noi nhan\s*(?::|$)")
_ANNEX = re.compile(r"^PHỤ LỤC\b|^Phụ lục\s*(?:[IVX\d]+)?\s*$")
_LONG = 110


@dataclass(frozen=True)
class Zones:
    """The lines of each part; `address` begins with the Kính gửi line and runs on into the body."""

    head: list[str]
    address: list[str]  # from "Kính gửi" to the tail, empty where there is none
    rest: list[str]  # from the start to the tail, for letters without "Kính gửi"
    tail: list[str]
    signals: frozenset[str]


def zones_of(lines: list[str]) -> Zones:
    """Return the zones of a letter's lines."""
    start = _first(lines, _is_address)
    tail = _tail_start(lines, 0 if start is None else start + 1)
    annex = next((i for i in range(tail + 1, len(lines)) if _ANNEX.match(lines[i].strip())), len(lines))
    head_end = tail if start is None else start
    signals = {
        "kinh_gui": start is not None,
        "noi_nhan": any(_is_copies(line) for line in lines[tail:annex]),
    }
    return Zones(
        head=lines[:head_end],
        address=[] if start is None else lines[start:tail],
        rest=lines[:tail],
        tail=lines[tail:annex],
        signals=frozenset(name for name, seen in signals.items() if seen),
    )


def _first(lines: list[str], test, start: int = 0) -> int | None:
    """Return the index of the first line that passes a test."""
    return next((i for i in range(start, len(lines)) if test(lines[i])), None)


def _is_address(line: str) -> bool:
    """Tell whether a line opens the addressees: Kính gửi, or a telegram's "… điện:"."""
    folded = fold(line)
    return bool(_ADDRESS.match(folded) or (_TELEGRAM.search(folded) and line.strip().isupper()))


def _is_copies(line: str) -> bool:
    """Tell whether one of a line's columns opens Nơi nhận."""
    return any(_COPIES.match(fold(cell)) for cell in cells_of(line))


def _tail_start(lines: list[str], start: int) -> int:
    """Return where Nơi nhận or the signature begins, whichever is first."""
    quiet = _quiet_from(lines)
    for index in range(start, len(lines)):
        if _is_copies(lines[index]) or _opens_signature(lines[index], quiet=index >= quiet):
            return index
    return len(lines)


def _opens_signature(line: str, *, quiet: bool) -> bool:
    """Tell whether a signature begins here: an authority line, or a title where no text follows."""
    cells = cells_of(line)
    return any(is_authority(cell) for cell in cells) or (quiet and any(is_title(cell) for cell in cells))


def _quiet_from(lines: list[str]) -> int:
    """Return the first line, in the letter's last two thirds, after which nothing looks like a paragraph."""
    annex = _first(lines, lambda line: bool(_ANNEX.match(line.strip())), len(lines) // 3)
    body = lines[:annex]
    text = (i for i in range(len(body) - 1, -1, -1) if len(body[i]) >= _LONG or is_opener(body[i]))
    return max(next(text, -1), len(lines) // 3) + 1
