"""Read a printed paper back: its words, where they stand, in which size, and its thin rules."""

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MM = 72 / 25.4
HEIGHT = 841.89


@dataclass(frozen=True)
class Letter:
    """One printed letter: left, right and baseline in points from the top left corner, and its size."""

    char: str
    left: float
    right: float
    baseline: float
    size: float


def pages_text(content: bytes) -> list[str]:
    """Return the text of each page with single spaces."""
    document = pdfium.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text(content: bytes) -> str:
    """Return the text of all pages."""
    return " ".join(pages_text(content))


def letters(content: bytes, page: int = 0) -> list[Letter]:
    """Return the letters of a page in the order of printing."""
    loaded = pdfium.PdfDocument(content)[page]
    textpage = loaded.get_textpage()
    return [_letter(textpage, n) for n in range(textpage.count_chars()) if _is_drawn(textpage, n)]


def _is_drawn(textpage, n: int) -> bool:
    code = raw.FPDFText_GetUnicode(textpage, n)
    return code > 32 and not raw.FPDFText_IsGenerated(textpage, n)


def _letter(textpage, n: int) -> Letter:
    left, right, _bottom, _top = (raw.c_double() for _ in range(4))
    x, y = raw.c_double(), raw.c_double()
    raw.FPDFText_GetCharBox(textpage, n, left, right, _bottom, _top)
    raw.FPDFText_GetCharOrigin(textpage, n, x, y)
    size = raw.FPDFText_GetFontSize(textpage, n)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, n, matrix)
    return Letter(
        chr(raw.FPDFText_GetUnicode(textpage, n)), left.value, right.value, HEIGHT - y.value, size * abs(matrix.d)
    )


def phrase(content: bytes, wanted: str, page: int = 0) -> list[Letter]:
    """Return the letters of the first place where `wanted` is printed; spaces do not count."""
    found = letters(content, page)
    run, bare = "".join(letter.char for letter in found), wanted.replace(" ", "")
    start = run.index(bare)
    return found[start : start + len(bare)]


def rules(content: bytes, page: int = 0) -> list[tuple[float, float, float]]:
    """Return the thin horizontal rules of a page as (left, width, top) in points."""
    found = []
    for thing in pdfium.PdfDocument(content)[page].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = thing.get_bounds()
        if top - bottom < 2 < right - left:
            found.append((left, right - left, HEIGHT - top))
    return found


def page_number(content: bytes, page: int) -> str:
    """Return what stands in the top margin of a page."""
    return "".join(letter.char for letter in letters(content, page) if letter.baseline < 20 * MM)


def page_count(content: bytes) -> int:
    """Return how many pages a paper has."""
    return len(pdfium.PdfDocument(content))


def language(content: bytes) -> str:
    """Return the language a paper says it is in."""
    document = pdfium.PdfDocument(content)
    buffer = ctypes.create_string_buffer(20)
    size = raw.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 20)
    return buffer.raw[: size - 2].decode("utf-16-le")
