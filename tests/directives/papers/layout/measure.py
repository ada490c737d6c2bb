"""Measure a printed page as a ruler would: runs of letters with face, size and place, thin rules, boxes.

All lengths are points from the top left corner of the page.
"""

import ctypes
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MM = 72 / 25.4
# A gap wider than this between two letters, neither of them a blank, begins another run on the same line.
COLUMN_GAP = 6
SAME_LINE = 0.6
WIDEST_BLANK, TABLE_SIZE = 60, 12.5


@dataclass(frozen=True)
class Glyph:
    """One printed letter; `left` and `right` are those of its advance."""

    char: str
    left: float
    right: float
    baseline: float
    size: float
    font: str
    colour: tuple[int, int, int]
    follows: bool = False  # the letter before it in the file, but for a blank that the file does not print


@dataclass(frozen=True)
class Run:
    """Letters that stand side by side on one baseline, blanks at the ends left out."""

    glyphs: tuple[Glyph, ...]
    page: int

    @cached_property
    def text(self) -> str:
        """The letters."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """The left edge."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """The right edge."""
        return self.glyphs[-1].right

    @property
    def width(self) -> float:
        """How long it is."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.left + self.right) / 2

    @property
    def baseline(self) -> float:
        """How far down the letters stand."""
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        """The size of the letters; the smallest where there are several."""
        return min(glyph.size for glyph in self.glyphs)

    @property
    def sizes(self) -> set[float]:
        """Every size in it, to a tenth."""
        return {round(glyph.size, 1) for glyph in self.glyphs}

    @property
    def faces(self) -> set[str]:
        """Every face in it: "", "Bold", "Italic", "BoldItalic"."""
        return {_face(glyph.font) for glyph in self.glyphs if glyph.char.strip()}

    @property
    def colours(self) -> set[tuple[int, int, int]]:
        """Every colour in it."""
        return {glyph.colour for glyph in self.glyphs if glyph.char.strip()}


def _face(font: str) -> str:
    """Return the face that a font's name ends with."""
    return "".join(word for word in ("Bold", "Italic") if word in font.rpartition("Serif")[2])


@dataclass(frozen=True)
class Box:
    """What is filled or framed: a rule where it is thin."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[int, int, int]

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way between its sides."""
        return (self.left + self.right) / 2

    @property
    def is_rule(self) -> bool:
        """Whether it is a thin line across."""
        return self.height < 2 < self.width


class Page:
    """One page with its runs from top to bottom and left to right."""

    def __init__(self, document, number: int):
        self.number = number
        loaded = document[number]
        self.width, self.height = loaded.get_size()
        self.glyphs = sorted(_glyphs(loaded, self.height), key=lambda glyph: (glyph.baseline, glyph.left))
        self.runs = list(_runs(self.glyphs, number))
        self.boxes = list(_boxes(loaded, self.height))

    @property
    def rules(self) -> list[Box]:
        """The thin lines across."""
        return [box for box in self.boxes if box.is_rule]

    @property
    def text(self) -> str:
        """All runs, with single spaces."""
        return " ".join(" ".join(run.text for run in self.runs).split())

    def below(self, run: Run) -> list[Box]:
        """Return the rules between a run and two lines below it, and under it."""
        return [
            rule
            for rule in self.rules
            if run.baseline < rule.top < run.baseline + 14 and rule.left < run.middle < rule.right
        ]


class Printed:
    """A whole paper."""

    def __init__(self, content: bytes):
        with closing(pdfium.PdfDocument(content)) as document:
            self.pages = [Page(document, number) for number in range(len(document))]

    @cached_property
    def runs(self) -> list[Run]:
        """The runs of all pages."""
        return [run for page in self.pages for run in page.runs]


def _glyphs(loaded, height: float):
    """Yield the printed letters; a blank before a wide gap is not told as printed, but as made up."""
    textpage, follows = loaded.get_textpage(), False
    for n in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, n)
        if raw.FPDFText_IsGenerated(textpage, n):
            follows = code == 32
        elif code >= 32:
            yield _glyph(textpage, n, height, follows=follows)
            follows = False


def _glyph(textpage, n: int, height: float, *, follows: bool) -> Glyph:
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), raw.c_double(), raw.c_double()
    raw.FPDFText_GetLooseCharBox(textpage, n, box)
    raw.FPDFText_GetCharOrigin(textpage, n, x, y)
    raw.FPDFText_GetMatrix(textpage, n, matrix)
    size = raw.FPDFText_GetFontSize(textpage, n) * abs(matrix.d)
    char, look = chr(raw.FPDFText_GetUnicode(textpage, n)), (_font(textpage, n), _colour(textpage, n))
    return Glyph(char, x.value, box.right, height - y.value, size, *look, follows)


def _font(textpage, n: int) -> str:
    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, n, name, 100, flags)
    return name.value.decode().partition("+")[2]


def _colour(textpage, n: int) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(textpage, n, *parts)
    return tuple(part.value for part in parts[:3])


def _runs(glyphs: list[Glyph], page: int):
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and abs(glyph.baseline - line[-1].baseline) > SAME_LINE:
            yield from _split(line, page)
            line = []
        line.append(glyph)
    yield from _split(line, page)


def _split(line: list[Glyph], page: int):
    """Split the letters of one baseline where columns are apart; blanks carry a justified line together."""
    run: list[Glyph] = []
    for glyph in sorted(line, key=lambda glyph: glyph.left):
        gap = glyph.left - run[-1].right if run and " " not in (glyph.char, run[-1].char) else 0
        if gap > 1 and _goes_on(run[-1], glyph):
            run.append(replace(glyph, char=" ", left=run[-1].right, right=glyph.left))
        elif gap > COLUMN_GAP:
            yield from _bare(run, page)
            run = []
        run.append(glyph)
    yield from _bare(run, page)


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    """Whether a letter after a gap belongs to the same stretched line."""
    is_one = round(glyph.size - before.size, 1) == 0 and ("Italic" in glyph.font) == ("Italic" in before.font)
    return glyph.follows and is_one and glyph.left - before.right < (WIDEST_BLANK if glyph.size > TABLE_SIZE else 4)


def _bare(run: list[Glyph], page: int):
    while run and run[-1].char == " ":
        run.pop()
    while run and run[0].char == " ":
        run.pop(0)
    if run:
        yield Run(tuple(run), page)


def _boxes(loaded, height: float):
    for thing in loaded.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = thing.get_bounds()
        parts = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetFillColor(thing, *parts)
        yield Box(left, height - top, right, height - bottom, tuple(part.value for part in parts[:3]))
