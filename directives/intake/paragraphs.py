"""The body's lines to paragraphs: lines broken at the margin are joined again."""

from alertdesk.lib.text import squeeze

from .cleaning import is_broken, run_on
from .marks import is_bare, starts_item
from .words import is_closer

# No typist's margin is wider; where lines are longer, each is a whole paragraph.
_WIDEST_MARGIN = 125
_STOPS = (".", ";", ":", "?", "!")


def paragraphs_of(lines: list[str]) -> list[str]:
    """Return the paragraphs of the body, in order."""
    lines = [squeeze(line) for line in lines]
    margin = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if line and paragraphs and (is_bare(paragraphs[-1]) or _continues(before, line, margin)):
            paragraphs[-1] = run_on(paragraphs[-1], line)
        elif line:
            paragraphs.append(line)
        before = line
    return paragraphs


def _continues(before: str, line: str, margin: int) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it.

    It does where its first word had no room there, where it goes on in small letters or within a word.
    """
    if not before or starts_item(line):
        return False
    if margin <= _WIDEST_MARGIN and len(before) + len(line.split()[0]) >= 0.95 * margin:
        return not is_closer(line) or not before.endswith(_STOPS)
    return is_broken(before) or (line[0].islower() and not before.endswith(_STOPS))
