"""The electronic code of an agency, in the form of Decision 20/2020 and in the older one of QCVN 102:2016.

Decision 20/2020/QĐ-TTg, Articles 4 and 6, writes the levels from left to right (`H08.12.03`): the first
is a letter A to Y and two digits, the whole has at most 35 characters; who has no such code gets `Z`, two
digits (01 to 99) and up to 32 characters without a dot. QCVN 102:2016/BTTTT wrote the levels the other
way round and filled the missing ones with zeros (`000.03.12.H08`). Both are still met.
"""

import re
from dataclasses import dataclass

from .text import squeeze

LONGEST = 35
OTHERS = "others"
LEFT_TO_RIGHT = "left_to_right"
REVERSED = "reversed"
_FIRST = re.compile(r"[A-Y]\d\d")
_GROUP = re.compile(r"[0-9A-Z]+")
_OTHERS = re.compile(r"Z(?!00)\d\d[0-9A-Z]{0,32}")
# Digits of the levels 2, 3 and 4 in the older form.
_OLD_WIDTHS = (2, 2, 3)


class NotACode(ValueError):
    """The text is an electronic code in neither form."""


@dataclass(frozen=True)
class ElectronicCode:
    """A code with its levels from the top down; levels that the older form fills with zeros are left out."""

    raw: str
    form: str
    levels: tuple[str, ...]

    @property
    def key(self) -> str:
        """The one comparable spelling: levels from the top down."""
        return ".".join(self.levels)

    @property
    def older(self) -> str:
        """The code as QCVN 102:2016 writes it, blank where it has no such form."""
        below = self.levels[1:]
        widths = _OLD_WIDTHS[: len(below)]
        if self.form == OTHERS or len(below) > len(_OLD_WIDTHS):
            return ""
        if any(len(level) > width or not level.isdecimal() for level, width in zip(below, widths, strict=True)):
            return ""
        filled = [level.zfill(width) for level, width in zip(below, widths, strict=True)]
        missing = ["0" * width for width in _OLD_WIDTHS[len(below) :]]
        return ".".join(reversed([self.levels[0], *filled, *missing]))


def parse(text: str) -> ElectronicCode:
    """Read a code in either form, whatever the case; raise NotACode for anything else."""
    raw = squeeze(text)
    code = raw.upper()
    if _OTHERS.fullmatch(code):
        return ElectronicCode(raw, OTHERS, (code,))
    groups = code.split(".")
    if len(code) > LONGEST or not all(_GROUP.fullmatch(group) for group in groups):
        raise NotACode(text)
    if _FIRST.fullmatch(groups[0]):
        return ElectronicCode(raw, LEFT_TO_RIGHT, _levels(groups))
    if _FIRST.fullmatch(groups[-1]) and 1 < len(groups) <= 1 + len(_OLD_WIDTHS):
        return ElectronicCode(raw, REVERSED, _levels(groups[::-1]))
    raise NotACode(text)


def key(text: str) -> str:
    """Return the comparable spelling of a code, blank for a blank one; raise NotACode for anything else."""
    return parse(text).key if squeeze(text) else ""


def _levels(groups: list[str]) -> tuple[str, ...]:
    """Drop the zeros that stand for levels the agency does not have; a zero between two levels stays."""
    kept = len(groups)
    while kept > 1 and not groups[kept - 1].strip("0"):
        kept -= 1
    return tuple(groups[:kept])
