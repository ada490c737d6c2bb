"""Word files: paragraphs and tables in reading order, automatic numbers made visible."""

import io
from collections.abc import Iterator

from docx import Document
from docx.oxml.ns import qn
from lxml.etree import ErrorTypes

from .docx_numbering import Numbering
from .errors import DirectiveUnreadable
from .tcvn3 import letters

_BREAKS = {
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:tab"): "\t",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")}
# From this many columns on a table is data and its rows are lines; below it is layout (letterhead, signature).
_DATA_COLUMNS = 3


def docx_lines(data: bytes) -> list[str]:
    """Return the lines of a .docx; body paragraphs are followed by an empty line."""
    try:
        document = Document(io.BytesIO(data))
        return list(_blocks(document.element.body, Numbering(document), gap=True))
    except Exception as error:
        # The package reader and its XML parser fail in many ways on a broken file; all but one mean the same here.
        starved = isinstance(error, MemoryError) or getattr(error, "code", None) == ErrorTypes.ERR_NO_MEMORY
        raise DirectiveUnreadable("too_heavy" if starved else "damaged") from error


def _blocks(parent, numbering: Numbering, *, gap: bool) -> Iterator[str]:
    """Yield the lines of paragraphs, tables and content controls in order."""
    for node in parent:
        if node.tag == qn("w:p"):
            yield from _paragraph(node, numbering)
            if gap:
                yield ""
        elif node.tag == qn("w:tbl"):
            yield from _table(node, numbering)
        elif node.tag in _WRAPPERS:
            yield from _blocks(node, numbering, gap=gap)


def _paragraph(node, numbering: Numbering) -> Iterator[str]:
    """Yield the lines of the text boxes anchored in a paragraph, then its own."""
    for box in node.iter(qn("w:txbxContent")):
        if not _inside(box, _FALLBACK, node):
            yield from _blocks(box, numbering, gap=False)
    text = "".join(_pieces(node))
    label = numbering.label(node) if text.strip() else ""
    yield from f"{label}{text}".split("\n")


def _pieces(node) -> Iterator[str]:
    """Yield the visible text of a paragraph, insertions and links included, its text boxes not."""
    for child in node:
        if child.tag == qn("w:t"):
            yield _shown(child)
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in (qn("w:txbxContent"), qn("w:pPr"), qn("w:rPr"), qn("w:del"), _FALLBACK):
            yield from _pieces(child)


def _shown(node) -> str:
    """Return a run's characters as its font shows them: the .Vn fonts are TCVN3, those ending in H capitals."""
    text, fonts = node.text or "", node.getparent().find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = fonts.get(qn("w:ascii"), "") if fonts is not None else ""
    if not font.startswith(".Vn"):
        return text
    return letters(text).upper() if font.endswith("H") else letters(text)


def _inside(node, tag: str, top) -> bool:
    """Tell whether a node lies in an element of that name below `top`."""
    for ancestor in node.iterancestors():
        if ancestor is top:
            return False
        if ancestor.tag == tag:
            return True
    return False


def _table(table, numbering: Numbering) -> Iterator[str]:
    """Yield a layout table cell by cell, a data table row by row."""
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not table:
            continue
        cells = [list(_blocks(cell, numbering, gap=False)) for cell in row.iterchildren(qn("w:tc"))]
        if len(cells) >= _DATA_COLUMNS and all(len(cell) <= 1 for cell in cells):
            yield " | ".join(cell[0] if cell else "" for cell in cells)
        else:
            yield from _numbered_cells(cells)


def _numbered_cells(cells: list[list[str]]) -> Iterator[str]:
    """Yield the lines of cells; a first cell that is a bare number leads the text beside it."""
    if len(cells) > 1 and "".join(cells[0]).strip().isdigit():
        yield f"{''.join(cells[0]).strip()}. {' '.join(cells[1])}"
        cells = cells[2:]
    for cell in cells:
        yield from cell
