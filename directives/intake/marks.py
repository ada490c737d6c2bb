"""The marks that begin an item of a list: "1.", "1)", "I.", "a)", "Một là,", a dash."""

import re
from dataclasses import dataclass

from alertdesk.lib.text import fold

_ROMAN = {"I": 1, "V": 5, "X": 10}
# The letters of Vietnamese lists, in their order.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ORDINALS = {
    **dict.fromkeys(("mot la", "thu nhat"), 1),
    **dict.fromkeys(("hai la", "thu hai"), 2),
    **dict.fromkeys(("ba la", "thu ba"), 3),
    **dict.fromkeys(("bon la", "thu tu"), 4),
    **dict.fromkeys(("nam la", "thu nam"), 5),
    **dict.fromkeys(("sau la", "thu sau"), 6),
    **dict.fromkeys(("bay la", "thu bay"), 7),
    **dict.fromkeys(("tam la", "thu tam"), 8),
    **dict.fromkeys(("chin la", "thu chin"), 9),
}
_ROMAN_MARK = re.compile(r"^([IVX]{1,5})\s*([.)\-–])\s*(?=[^\W\d_]|[“\"'(])")
_NAMED_MARK = re.compile(r"^(Điều|Mục|Nội dung|Nhiệm vụ|Yêu cầu)\s+(\d{1,2})\s*[.:]\s*(?=\S)", re.IGNORECASE)
_NUMBER_MARK = re.compile(r"^(\(?)(\d{1,2})(?:\s*([.)/])\s*|\s*([-–])\s+)(?=[^\W\d_]|[“\"'(\[«])")
_LETTER_MARK = re.compile(rf"^(\(?)([{_LETTERS}])\s*([.)])\s*(?=\S)")
_CAPITAL_MARK = re.compile(r"^([A-H])\s*([.)])\s+(?=\S)")
_ORDINAL_MARK = re.compile(r"^((?:Thứ\s+\w+)|(?:\w+\s+là))\s*[,:]\s*", re.IGNORECASE)
_SUB_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\)?\s")
_DASH = re.compile(r"^[-–—+•●▪◦·*]\s*(?=\S)")
_BARE = re.compile(r"^\(?(?:\d{1,2}|[IVX]{1,5}|[a-zđ])\s*[.)]$")


@dataclass(frozen=True)
class Mark:
    """An item's mark: which family and shape it has, its place in the order, the text after it."""

    rank: int  # families from the outermost in
    style: str
    value: int
    text: str


def mark_of(line: str) -> Mark | None:
    """Return the ordering mark that a line begins with; dashes and "1.1" are none."""
    for reader in (_roman, _named, _number, _capital, _ordinal, _letter):
        mark = reader(line)
        if mark:
            return mark
    return None


def starts_item(line: str) -> bool:
    """Tell whether a line begins an item at any depth."""
    return bool(mark_of(line) or _DASH.match(line) or _SUB_NUMBER.match(line) or _BARE.match(line))


def is_bare(line: str) -> bool:
    """Tell whether a line is a mark alone, its text being on the next line."""
    return bool(_BARE.match(line))


def is_dash(line: str) -> bool:
    """Tell whether a line is an item of an unnumbered list."""
    return bool(_DASH.match(line))


def without_dash(line: str) -> str:
    """Return a line without the dash before it."""
    return _DASH.sub("", line, count=1).strip()


def _roman(line: str) -> Mark | None:
    found = _ROMAN_MARK.match(line)
    return found and Mark(0, f"roman {found[2]}", _roman_value(found[1]), line[found.end() :])


def _roman_value(digits: str) -> int:
    """Return a Roman number's value."""
    values = [_ROMAN[d] for d in digits]
    return sum(-v if any(after > v for after in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def _named(line: str) -> Mark | None:
    found = _NAMED_MARK.match(line)
    return found and Mark(1, f"named {fold(found[1])}", int(found[2]), line[found.end() :])


def _number(line: str) -> Mark | None:
    found = _NUMBER_MARK.match(line)
    if not found:
        return None
    return Mark(1, f"number {found[1]}{found[3] or '-'}", int(found[2]), line[found.end() :])


def _capital(line: str) -> Mark | None:
    found = _CAPITAL_MARK.match(line)
    return found and Mark(0, f"capital {found[2]}", ord(found[1]) - ord("A") + 1, line[found.end() :])


def _ordinal(line: str) -> Mark | None:
    found = _ORDINAL_MARK.match(line)
    value = found and _ORDINALS.get(fold(found[1]))
    return Mark(2, f"ordinal {fold(found[1]).split()[-1] == 'la'}", value, line[found.end() :]) if value else None


def _letter(line: str) -> Mark | None:
    found = _LETTER_MARK.match(line)
    return found and Mark(3, f"letter {found[1]}{found[3]}", _LETTERS.index(found[2]) + 1, line[found.end() :])
