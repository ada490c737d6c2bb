"""The parts of a Word paper in the order of the page: head, title, addressees, text, signature."""

import re

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..fonts import text_width
from ..letterhead import MM, SIZES
from ..render import printable
from . import styles
from .page import TEXT_WIDTH

# Millimetres, as in templates/papers/paper.css.
STAMP_WIDTHS = {"stamp-khan": 20, "stamp-hoa-toc": 30, "stamp-thuong-khan": 40}
TITLE_INDENT = 8
SIGNATURE_GAP, SIGNATURE_ROOM = 10, 48  # points
# As a page of HTML, but the ends of lines that were broken by measure are kept.
_BLANKS = re.compile(r"[ \t\f]+")
_RULE_SIZE = "6"  # eighths of a point


def add_head(document, context: dict) -> None:
    """Add the head as a table without lines: names beside the nation, number beside place and date."""
    head = context["head"]
    sizes = SIZES[head.css]
    table = _add_table(document, (head.left, head.right))
    names, nation = table.add_row().cells
    for lines, style in ((head.parent_lines, styles.PARENT), (head.issuer_lines, styles.ISSUER)):
        add_lines(names, ["\n".join(lines)] if lines else [], style)
    _rule(names, float(head.rule), head.left)
    _say(nation, context["nation"], styles.NATION)
    _say(nation, context["motto"], styles.MOTTO)
    _rule(nation, text_width(context["motto"], "bold", sizes.place), head.right)
    for cell, text, style in zip(
        table.add_row().cells, (head.number, head.place), (styles.NUMBER, styles.PLACE), strict=True
    ):
        cell.add_paragraph(printable(text), style)  # its blanks are room to write in
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    if head.subject:
        _say(table.add_row().cells[0], "\n".join(head.subject_lines), styles.SUBJECT)
    if head.urgency:
        stamp = _say(table.add_row().cells[0], head.urgency, styles.STAMP)
        _indent(stamp, STAMP_WIDTHS[context["urgency_css"]] * MM, head.left)
        _border(stamp, ("top", "left", "bottom", "right"), colour="CC0000", space=3)
    _tidy(table)


def add_title(document, context: dict) -> None:
    """Add the name of the document's type and its subject, with the rule under them."""
    _say(document, context["doc_title"], styles.TYPE)
    subject = _say(document, "\n".join(context["doc_subject_lines"]), styles.TYPE_SUBJECT)
    _indent(subject, (TEXT_WIDTH - 2 * TITLE_INDENT) * MM, TEXT_WIDTH)
    _rule(document, float(context["title_rule"].removesuffix("pt")), TEXT_WIDTH)


def add_addressees(document, addressees: list[str]) -> None:
    """Add Kính gửi: one name on its line, several in a list."""
    if len(addressees) == 1:
        _say(document, f"Kính gửi: {addressees[0]}", styles.ADDRESSEE)
    elif addressees:
        _say(document, "Kính gửi:", styles.ADDRESSEES)
        ends = [";"] * (len(addressees) - 1) + ["."]
        for name, end in zip(addressees, ends, strict=True):
            _say(document, f"- {name}{end}", styles.ADDRESSEE_ITEM)


def add_lines(document, lines: list[str], style: str) -> None:
    """Add paragraphs of one style."""
    for line in lines:
        _say(document, line, style)


def add_signature(document, context: dict) -> None:
    """Add Nơi nhận beside the signature, kept on one page; what has no room there follows below."""
    last = document.paragraphs[-1] if document.paragraphs else document.add_paragraph()
    last.paragraph_format.keep_with_next = True
    half = TEXT_WIDTH / 2
    table = _add_table(document, (half, half))
    copies, signature = table.add_row().cells
    _say(copies, "Nơi nhận:", styles.COPIES)
    add_lines(copies, [f"- {line}" for line in context["copies"]], styles.COPY)
    add_lines(signature, ["\n".join(post) for post in context["posts"]], styles.SIGNER_TITLE)
    signature.paragraphs[1 if context["signer"].titles else 0].paragraph_format.space_before = Pt(SIGNATURE_GAP)
    name = _say(signature, context["signer"].name, styles.SIGNER_NAME)
    name.paragraph_format.space_before = Pt(SIGNATURE_ROOM)
    _tidy(table)
    for line in context["more_copies"]:
        _say(document, f"- {line}", styles.COPY).paragraph_format.right_indent = Mm(half)


def _say(place, text: str, style: str):
    """Add a paragraph to the document or a cell, its blanks single as HTML shows them. Raises MissingGlyph."""
    return place.add_paragraph(_BLANKS.sub(" ", printable(text)), style)


def _add_table(document, widths: tuple[float, ...]):
    """Add an empty table without lines whose columns have these widths in millimetres."""
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    return table


def _tidy(table) -> None:
    """Take the empty paragraph that every cell begins with, and keep rows whole."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            first, *others = cell.paragraphs
            if others:
                first._p.getparent().remove(first._p)


def _rule(place, width: float, column: float) -> None:
    """Add a thin line of a width in points, in the middle of a column in millimetres."""
    line = _say(place, "", styles.RULE)
    _indent(line, width, column)
    _border(line, ("top",))


def _indent(paragraph, width: float, column: float) -> None:
    """Leave a paragraph that many points in the middle of a column in millimetres."""
    side = Pt(max(column * MM - width, 0) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side


def _border(paragraph, sides: tuple[str, ...], *, colour: str = "000000", space: int = 1) -> None:
    """Draw thin lines on sides of a paragraph, given in Word's order, so many points from its text."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", _RULE_SIZE), ("space", str(space)), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
