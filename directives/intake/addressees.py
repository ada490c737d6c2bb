"""The Kính gửi lines, on one line or as a list, and where the body begins after them."""

import re

from alertdesk.lib.text import squeeze

from .cleaning import run_on
from .marks import is_dash, mark_of, without_dash
from .words import is_body, is_opener

_CALL = re.compile(r"^\W*Kính gửi\s*:?\s*|^.*điện\s*:\s*$", re.IGNORECASE)
_CLASS = re.compile(r"^(?:Các|Quý|Ông|Bà|Thường trực|Lãnh đạo|Thủ trưởng|Giám đốc|Chủ tịch|Đảng ủy|Tỉnh đoàn|Như)\b")
_SEPARATOR = re.compile(r";(?![^()]*\))")
_END = " .;,"
_LONG = 110
_TOO_LONG = 2_000  # for all that is ever named in one breath
_DANGLING = re.compile(r"(?:,|&|-|–|\bvà|\bcủa|\bthuộc|\bcác)$")


def read_addressees(lines: list[str]) -> tuple[list[str], int]:
    """Return the addressees and the number of lines they take; the first line is the one with Kính gửi."""
    if not lines:
        return [], 0
    first = squeeze(_CALL.sub("", lines[0], count=1))
    entries, used = ([first] if first else []), 1
    for index, line in enumerate(lines[1:], 1):
        line = squeeze(line)
        if not line:
            continue
        if _begins_body(entries, line, parted=not lines[index - 1].strip()):
            break
        if entries and _goes_on(entries, line):
            entries[-1] = run_on(entries[-1], line)
        else:
            entries.append(line)
        used = index + 1
    return [name for entry in entries for name in _names(entry)], used


def _begins_body(entries: list[str], line: str, *, parted: bool) -> bool:
    """Tell whether a line is no addressee any more but the first of the body."""
    if not entries:
        return len(line) > _LONG and is_opener(line)
    if is_dash(line):
        return entries[-1].endswith(".") and not is_dash(entries[-1])
    if (
        entries[-1].endswith(".")
        or len(line) > _LONG
        or len(entries[-1]) > _TOO_LONG
        or line.endswith(":")
        or mark_of(line)
    ):
        return True
    if entries[-1].endswith(";"):
        return False
    return is_opener(line) or (parted and not _names_somebody(line))


def _goes_on(entries: list[str], line: str) -> bool:
    """Tell whether a line goes on with the addressee of the line before."""
    if is_dash(line) or entries[-1].endswith((";", ".")):
        return False
    return is_dash(entries[-1]) or bool(_DANGLING.search(entries[-1])) or not _names_somebody(line)


def _names_somebody(line: str) -> bool:
    """Tell whether a line begins as an addressee does."""
    return bool(_CLASS.match(line)) or (is_body(line) and line[0].isupper())


def _names(entry: str) -> list[str]:
    """Return the addressees that one entry holds."""
    parts = (without_dash(part.strip()).strip(_END) for part in _SEPARATOR.split(entry))
    return [part for part in parts if part]
