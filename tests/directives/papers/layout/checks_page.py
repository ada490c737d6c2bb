"""Rules of the page and of what runs through it: paper, margins, face, colour, page numbers, text."""

import re
import unicodedata

from .measure import MM
from .paper import RED_WORDS
from .rules import PLACE_SLACK, assert_face, assert_size, rule

A4 = (210 * MM, 297 * MM)


@rule()
def every_page_is_a4_portrait(paper):
    """§1 Paper, Orientation (F2): A4, portrait."""
    for page in paper.pages:
        assert abs(page.width - A4[0]) < 0.5, f"page {page.number + 1} is {page.width:.1f} pt wide"
        assert abs(page.height - A4[1]) < 0.5, f"page {page.number + 1} is {page.height:.1f} pt high"


def _content(page):
    """Return the runs of a page without its number."""
    return [run for run in page.runs if run.baseline > 20 * MM]


@rule()
def everything_stays_within_the_margins(paper):
    """§1 Margins (F2): top and bottom 20-25 mm, left 30-35, right 15-20; the same on every page."""
    for page in paper.pages:
        for run in _content(page):
            assert run.left >= 30 * MM - PLACE_SLACK, f"{run.text[:30]!r} begins at {run.left:.1f} on {page.number + 1}"
            assert run.right <= (210 - 15) * MM + PLACE_SLACK, f"{run.text[:30]!r} ends at {run.right:.1f}"
            assert run.baseline <= (297 - 20) * MM, f"{run.text[:30]!r} stands at {run.baseline:.1f}"


@rule(lambda paper: len(paper.lines) > 4)
def text_fills_the_breadth_between_the_margins(paper):
    """§1 Left margin 30-35, right margin 15-20 mm (F2): the text begins and ends there on every page."""
    left, right = min(run.left for run in paper.lines), max(run.right for run in paper.lines)
    assert 30 * MM - PLACE_SLACK <= left <= 35 * MM + PLACE_SLACK, f"left margin {left / MM:.1f} mm"
    assert 15 * MM - PLACE_SLACK <= 210 * MM - right <= 20 * MM + PLACE_SLACK, f"right margin {210 - right / MM:.1f} mm"


@rule()
def first_line_of_a_page_begins_under_the_top_margin(paper):
    """§1 Top margin 20-25 mm (F2): the first letters stand right under it."""
    for page in paper.pages:
        top = min(run.baseline - run.size for run in _content(page))
        assert 20 * MM - 6 <= top <= 25 * MM + 6, f"page {page.number + 1} begins at {top / MM:.1f} mm"


@rule()
def face_is_that_of_times_new_roman(paper):
    """§1 Font (F2): Times New Roman; the font carried has its widths."""
    fonts = {glyph.font for page in paper.pages for glyph in page.glyphs}
    assert all(re.fullmatch(r"Liberation-Serif(-Bold)?(-?Italic)?", font) for font in fonts), fonts


@rule()
def everything_is_black_but_the_stamp(paper):
    """§1 Colour (F2): black; §10: a stamp of urgency is red."""
    for run in paper.printed.runs:
        allowed = run.text in RED_WORDS or run.colours == {(0, 0, 0)}
        assert allowed, f"{run.text[:30]!r} is printed {run.colours}"


@rule()
def text_is_composed(paper):
    """§1 Encoding, §14 (F2): Unicode of TCVN 6909, precomposed letters."""
    for run in paper.printed.runs:
        assert unicodedata.is_normalized("NFC", run.text), f"{run.text[:30]!r} is not composed"
        assert not re.search("[\u0300-\u036f\ufffd]", run.text), f"{run.text[:30]!r} has loose marks"


def _numbers(pages):
    return [[run for run in page.runs if run.baseline <= 20 * MM] for page in pages]


def _assert_numbered(pages) -> None:
    first, *others = _numbers(pages)
    assert not first, f"{first[0].text!r} stands above the first page"
    for count, (page, above) in enumerate(zip(pages[1:], others, strict=True), 2):
        assert [run.text for run in above] == [str(count)], f"{[run.text for run in above]} above page {count}"
        assert_size(above[0], 13, 14)
        assert_face(above[0], "")
        middles = (page.width / 2, (30 + 210 - 18) / 2 * MM)
        assert any(abs(above[0].middle - middle) <= PLACE_SLACK for middle in middles), "the number is not centred"
        assert above[0].baseline - above[0].size > 0


@rule()
def pages_are_numbered_above_from_the_second_on(paper):
    """§1 Page number (F2): Arabic, 13-14, upright regular, centred in the top margin, none on page 1, bare digits."""
    _assert_numbered(paper.main)


@rule(lambda paper: bool(paper.annexes))
def appendices_count_their_own_pages(paper):
    """§9 Page numbers (F2): separate for each appendix."""
    for pages in paper.annexes:
        _assert_numbered(pages)
