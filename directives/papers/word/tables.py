"""The tables of a paper as Word's own: a head that every page repeats, rows that are never torn, figures to the right.

Written element by element: the library's cells take minutes for the rows of two thousand agencies.
"""

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import styles
from .blocks import classes, said
from .page import TEXT_WIDTH

ROOM_ABOVE = 6  # points
_MM = re.compile(r"width:\s*([\d.]+)mm")


def add_grid(document, block) -> None:
    """Add a table of rows under a head from its HTML."""
    widths = _widths(block)
    table = _new_table(document, widths, styles.GRID)
    for row in block.iter("tr"):
        is_head = row.getparent().tag == "thead"
        table.append(_row(document, row, widths, is_head=is_head))


def add_boxes(document, block) -> None:
    """Add a row of boxes, each with a great figure over its words."""
    cells = list(block.iter("td"))
    widths = [TEXT_WIDTH / len(cells)] * len(cells)
    table = _new_table(document, widths, styles.BOXES)
    row = _child(table, "w:tr")
    _child(_child(row, "w:trPr"), "w:cantSplit")
    for cell, width in zip(cells, widths, strict=True):
        box = _cell(row, width)
        for line, style in zip(cell, (styles.BOX_FIGURE, styles.BOX_WORDS), strict=True):
            _paragraph(document, box, said(line), style)


def _widths(block) -> list[float]:
    """Return the columns' widths in millimetres; those that name none share what is left."""
    named = [_MM.search(column.get("style") or "") for column in block.iter("col")]
    left = TEXT_WIDTH - sum(float(width[1]) for width in named if width)
    open_columns = sum(width is None for width in named) or 1
    return [float(width[1]) if width else left / open_columns for width in named]


def _new_table(document, widths: list[float], style: str):
    """Add a table of fixed columns, some room under the paragraph above it, and return its element."""
    document.paragraphs[-1].paragraph_format.space_after = Pt(ROOM_ABOVE)
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = style, False
    for column, width in zip(table._tbl.tblGrid, widths, strict=True):
        column.set(qn("w:w"), _twips(width))
    return table._tbl


def _row(document, source, widths: list[float], *, is_head: bool):
    row = OxmlElement("w:tr")
    shape = _child(row, "w:trPr")
    _child(shape, "w:cantSplit")
    if is_head:
        _child(shape, "w:tblHeader")
    column = 0
    for cell in source:
        span = int(cell.get("colspan") or 1)
        style = _head_style(cell) if cell.tag == "th" else _style(source, cell)
        made = _cell(row, sum(widths[column : column + span]), span, tight="mark" in classes(cell))
        _paragraph(document, made, said(cell), style)
        column += span
    return row


def _head_style(cell) -> str:
    by_class = {"text": styles.GRID_HEAD_WORDS, "mark": styles.GRID_HEAD}
    return next((by_class[css] for css in classes(cell) if css in by_class), styles.GRID_HEAD_FIGURE)


def _style(row, cell) -> str:
    """Return how a cell is set: words to the left, figures to the right, one below another, marks in the middle."""
    by_class = {"group": styles.GRID_GROUP, "sum": styles.GRID_SUM, "figures": styles.GRID_NOTE}
    words = next((by_class[css] for css in classes(row) if css in by_class), styles.GRID_WORDS)
    if "text" in classes(cell) or "group" in classes(row):
        return words
    if "mark" in classes(cell):
        return styles.GRID_SMALL_MARK if _is_crowded(row) else styles.GRID_MARK
    return styles.GRID_SUM_FIGURE if "sum" in classes(row) else styles.GRID_FIGURE


def _is_crowded(row) -> bool:
    return "many" in classes(next(row.iterancestors("table")))


def _cell(row, width: float, span: int = 1, *, tight: bool = False):
    """Add a cell; a `tight` one leaves no room at its sides, so that a mark has all of its narrow column."""
    cell = _child(row, "w:tc")
    shape = _child(cell, "w:tcPr")
    _child(shape, "w:tcW", w=_twips(width), type="dxa")
    if span > 1:
        _child(shape, "w:gridSpan", val=str(span))
    if tight:
        margins = _child(shape, "w:tcMar")
        for side in ("left", "right"):
            _child(margins, f"w:{side}", w="0", type="dxa")
    return cell


def _paragraph(document, cell, text: str, style: str) -> None:
    paragraph = _child(cell, "w:p")
    _child(_child(paragraph, "w:pPr"), "w:pStyle", val=styles.style_id(style))
    if text:
        words = _child(_child(paragraph, "w:r"), "w:t")
        words.text = text.replace("\n", " ")


def _twips(millimetres: float) -> str:
    return str(round(Mm(millimetres).twips))


def _child(parent, tag: str, **attributes: str):
    node = OxmlElement(tag)
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), value)
    parent.append(node)
    return node
