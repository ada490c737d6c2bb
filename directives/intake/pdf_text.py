"""Text PDFs: characters to rows, rows to paragraphs; columns stay apart with a tab."""

import itertools
import re
import threading
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from statistics import median

import pypdfium2
from pypdfium2.raw import FPDFText_IsGenerated

from alertdesk.lib.text import nfc

from .cleaning import run_on
from .errors import DirectiveUnreadable
from .marks import starts_item

MAX_PAGES = 200
_FEW_LETTERS = 40
# What stands above or below the text of a page: its number, and what papers of a demonstration say of themselves.
_RUNNING = re.compile(r"^(?:trang\s*)?[-–]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–]?$|^dữ liệu minh họa$", re.IGNORECASE)
# The gap before a letter that is a space, in parts of its height: where a space was drawn it may be none at all; where
# PDFium guesses one, at each change of the font say, it must be seen, and without either it must be plain.
_DRAWN, _GUESSED, _UNSPACED = -0.1, 0.08, 0.18
_INDENT = 15  # points; the first line of a paragraph has twice as much
_SENTENCE_END = (".", ";", "!", "?")
_PASSWORD_ERROR = 4
# What PDFium calls a hyphen at the end of a row. No Vietnamese word is ever divided: it belongs to a number or symbol.
_HYPHENS = re.compile("[\ufffe\u0002]")
# PDFium is not safe to call from two threads at once, and a web server has several.
_pdfium = threading.Lock()


@dataclass
class Glyph:
    """One character with its place on the page, in points."""

    text: str
    left: float
    right: float
    bottom: float
    height: float
    spaced: float  # the least gap, in parts of its height, that a space before it may have


@dataclass(frozen=True)
class Row:
    """One row of text; columns are parted by tabs."""

    text: str
    left: float
    right: float
    bottom: float
    first_word: float  # width


def pdf_lines(data: bytes) -> tuple[str, int]:
    """Return the text of a PDF and the number of its pages without any."""
    with _pdfium:
        pages = _pages(data)
    if sum(len(glyphs) for glyphs in pages) < _FEW_LETTERS:
        raise DirectiveUnreadable("scanned_pdf")
    return "\n".join(_lines([_rows(glyphs) for glyphs in pages])), sum(not glyphs for glyphs in pages)


def _pages(data: bytes) -> list[list[Glyph]]:
    """Return the characters of every page in the order they were drawn."""
    try:
        # Closed here: what is left open is taken away with the library when the process ends, in any order.
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > MAX_PAGES:
                raise DirectiveUnreadable("too_large")
            return [_glyphs(page.get_textpage()) for page in document]
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower()
        raise DirectiveUnreadable("encrypted_pdf" if locked else "damaged") from error


def _glyphs(page) -> list[Glyph]:
    """Return the visible characters of a page; combining marks join the letter they follow."""
    glyphs, spaced = [], _UNSPACED
    for index in range(page.count_chars()):
        char = _HYPHENS.sub("-", page.get_text_range(index, 1))
        if not char.strip() or char == "\u00ad":
            spaced = min(spaced, _DRAWN if not FPDFText_IsGenerated(page, index) else _GUESSED)
        elif unicodedata.combining(char[0]) and glyphs:
            glyphs[-1].text += char
        else:
            left, bottom, right, top = page.get_charbox(index, loose=True)
            glyphs.append(Glyph(char, left, right, bottom, max(top - bottom, 1.0), spaced))
            spaced = _UNSPACED
    return glyphs


def _rows(glyphs: list[Glyph]) -> list[Row]:
    """Return the rows of a page from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.bottom):
        if rows and abs(rows[-1][0].bottom - glyph.bottom) <= 0.25 * glyph.height:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_row(sorted(row, key=lambda g: g.left)) for row in rows]


def _row(glyphs: list[Glyph]) -> Row:
    """Return one row as text: a wide gap parts columns, a narrow one words."""
    text = glyphs[0].text
    for before, glyph in itertools.pairwise(glyphs):
        gap = glyph.left - before.right
        text += _gap(gap, glyph) + glyph.text
    first_word = len(text.split()[0])
    width = glyphs[min(first_word, len(glyphs)) - 1].right - glyphs[0].left
    return Row(nfc(text), glyphs[0].left, glyphs[-1].right, median(g.bottom for g in glyphs), width)


def _gap(gap: float, glyph: Glyph) -> str:
    """Return what stands between two characters that far apart."""
    if gap > 1.6 * glyph.height:
        return "\t"
    return " " if gap > glyph.spaced * glyph.height else ""


def _lines(pages: list[list[Row]]) -> list[str]:
    """Return the paragraphs of all pages; one that goes on over the end of a page is one."""
    lines: list[str] = []
    before: list[Row] = []
    for rows in filter(None, map(_without_running, pages)):
        found = _page_lines(rows)
        if before and _goes_over(before, rows):
            lines[-1] = run_on(lines[-1], found.pop(0))
        lines += found
        before = rows
    return lines


def _without_running(rows: list[Row]) -> list[Row]:
    """Return a page's rows without its number and other words that run above or below the text."""
    return [row for i, row in enumerate(rows) if i not in (0, len(rows) - 1) or not _RUNNING.match(row.text)]


def _goes_over(before: list[Row], rows: list[Row]) -> bool:
    """Tell whether the last paragraph of a page goes on at the top of the next.

    Behind the end of a sentence it does only where paragraphs begin with an indent, and this row does not.
    """
    above, row = before[-1], rows[0]
    left, right = min(each.left for each in rows), max(each.right for each in before)
    ended = above.text.endswith(_SENTENCE_END) or (above.text.endswith(":") and row.text[0].isupper())
    indented = any(each.left > left + _INDENT and each.right > right - 3 for each in before)
    return (indented or not ended) and _continues(above, row, left, right)


def _page_lines(rows: list[Row]) -> list[str]:
    """Return a page's paragraphs."""
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    steps = [above.bottom - row.bottom for above, row in itertools.pairwise(rows)]
    step = median(steps) if steps else 0
    lines = [rows[0].text]
    for above, row in itertools.pairwise(rows):
        close = above.bottom - row.bottom <= 1.3 * step
        if close and _continues(above, row, left, right):
            lines[-1] = run_on(lines[-1], row.text)
        else:
            lines.append(row.text)
    return lines


def _continues(above: Row, row: Row, left: float, right: float) -> bool:
    """Tell whether a row goes on with the paragraph of the row above.

    It does where its first word had no room above and it begins at the margin, or hangs under an item.
    """
    if "\t" in above.text or "\t" in row.text or starts_item(row.text):
        return False
    no_room = above.right + row.first_word > right
    hangs = row.left > above.left + 3 and starts_item(above.text)
    return no_room and (row.left <= left + 3 or hangs)
