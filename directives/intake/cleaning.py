"""Raw text to lines: one normal form, no Markdown marks, no table debris."""

import html
import re

from alertdesk.lib.text import nfc

_MARKS = (
    (re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]"), ""),
    (re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]"), " "),
    (re.compile(r"[\u2028\u2029\x0b\x0c]|<br\s*/?>", re.IGNORECASE), "\n"),
    (re.compile(r"(?:[^\S\n]|[.…_]){80,}"), "    "),
    (re.compile(r"\*\*|__(?=\S)|(?<=\S)__(?!\S)"), ""),
    (re.compile(r"\*(?=[^\s*])((?:[^*\n]|\n(?!\s*\n)){0,400}?[^\s*])\*"), r"\1"),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+|^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"\\(?=[.()\-+*_#&|])"), ""),
)
# Party letters carry a lone star, tables and rules a run of signs: no words, nothing to read.
_NO_WORDS = re.compile(r"^[\W_]*$")
_NUMBER_CELL = re.compile(r"^\(?\d{1,2}[.)]?$")
_CVE = re.compile(r"^CVE\b", re.IGNORECASE)
_SHORT = 25
_SEAM = re.compile(r"\t+| {3,}")
_BROKEN = re.compile(r"\w[-/]")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text; a line without words is empty."""
    text = html.unescape(nfc(text))
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return [piece for line in nfc(text).splitlines() for piece in _pieces(line)]


def cells_of(line: str) -> list[str]:
    """Return the parts of a line that stand in columns of their own."""
    return [cell.strip() for cell in _SEAM.split(line.strip()) if cell.strip()]


def run_on(before: str, after: str) -> str:
    """Return a line with the one below it; a number broken behind its dash ("702/CATTT-" and "NCSC") is one again."""
    return f"{before}{after}" if is_broken(before) else f"{before} {after}"


def is_broken(line: str) -> bool:
    """Tell whether a line ends within a word, behind its dash or slash."""
    return bool(_BROKEN.fullmatch(line[-2:]))


def _pieces(line: str) -> list[str]:
    """Return a line, or the cells of a table row: two side by side are columns, more are data."""
    if _NO_WORDS.match(line):
        return [""]
    if "|" not in line:
        return [line.rstrip()]
    cells = [cell.strip() for cell in line.split("|") if not _NO_WORDS.match(cell)]
    if len(cells) > 1 and _NUMBER_CELL.match(cells[0]) and _is_item(cells[1:]):
        return [f"{cells[0].strip('().')}. {' '.join(cells[1:])}"]
    return cells if len(cells) <= 2 else [" ".join(cells)]


def _is_item(cells: list[str]) -> bool:
    """Tell whether the cells behind a number say what is to be done, rather than being data."""
    return any(len(cell) > _SHORT for cell in cells) and not any(_CVE.match(cell) for cell in cells)
