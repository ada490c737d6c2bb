"""The body's lines to paragraphs: lines broken at the margin are joined again."""

from alertdesk.lib.text import squeeze

from .marks import is_bare, starts_item
from .words import is_closer

# A line shorter than this was ended by its author, not by the margin.
_MARGIN = 55
_STOPS = (".", ";", ":", "?", "!")


def paragraphs_of(lines: list[str]) -> list[str]:
    """Return the paragraphs of the body, in order."""
    paragraphs: list[str] = []
    before = ""
    for line in map(squeeze, lines):
        if line and paragraphs and (is_bare(paragraphs[-1]) or _continues(before, line)):
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        before = line
    return paragraphs


def _continues(before: str, line: str) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    if not before or before.endswith(_STOPS) or starts_item(line):
        return False
    return line[0].islower() or (len(before) >= _MARGIN and not is_closer(line))
