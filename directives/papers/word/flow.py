"""A paper's template as a Word file: each block of its HTML becomes the part of Word that stands for it.

The words come from the template alone, so both files say the same. Charts are left out: their numbers stand in
the tables beside them.
"""

from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import html as markup

from ..render import content, printable
from ..wording import roman
from . import parts, styles
from .archive import packed
from .blocks import classes, label_of, said, said_as_set
from .page import opened
from .tables import add_boxes, add_grid

# The styles of a paragraph by its class in the template; any other is part of the text.
STYLES = {
    "base": styles.BASE,
    "action": styles.ACTION,
    "item-title": styles.ITEM,
    "h": styles.HEADING,
    "li": styles.LIST_ITEM,
    "label": styles.ANNEX_LABEL,
    "name": styles.ANNEX_NAME,
    "with": styles.ANNEX_WITH,
    "key": styles.KEY,
}
COUNTED = (styles.ACTION, styles.ITEM)


def paper_file(template: str, context: dict) -> bytes:
    """Return a template of templates/papers as .docx; raises MissingGlyph as its PDF does."""
    body = markup.document_fromstring(printable(content(template, context).html)).body
    document = opened(context)
    _add_blocks(document, body, context, counted=_count_by_word(document, body))
    return packed(document)


def _count_by_word(document, body) -> str:
    """Let Word number what counts 1., 2. or I., II.; return the style that now carries the numbers, if any."""
    for style in COUNTED:
        labels = [label_of(block) for block in body.iter("p") if _style(block) == style and label_of(block)]
        count = range(1, len(labels) + 1)
        for numbering, expected in (("decimal", [f"{n}." for n in count]), ("roman", [f"{roman(n)}." for n in count])):
            if labels and labels == expected:
                styles.number(document, style, numbering)
                return style
    return ""


def _style(block) -> str:
    return next((style for css, style in STYLES.items() if css in classes(block)), styles.BODY)


def _add_blocks(document, place, context: dict, *, counted: str) -> None:
    for block in place:
        part = next((PARTS[css] for css in classes(block) if css in PARTS), None)
        if part:
            part(document, block, context)
        elif block.tag == "p":
            _add_paragraph(document, block, counted)
        else:
            if block.tag == "section":
                _begin_annex(document)
            _add_blocks(document, block, context, counted=counted)


def _add_paragraph(document, block, counted: str) -> None:
    style = _style(block)
    text = said_as_set(block) if style == styles.ANNEX_WITH else said(block)
    if style == counted:
        text = text.removeprefix(label_of(block)).lstrip(" ")
    paragraph = document.add_paragraph(text, style)
    paragraph.paragraph_format.page_break_before = "page" in classes(block) or None
    paragraph.paragraph_format.page_break_before = "page" in classes(block) or None
    if "last" in classes(block):
        paragraph.paragraph_format.keep_with_next = True


def _begin_annex(document) -> None:
    """Begin a new page that counts from one and shows no number, as the first of the paper does."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = styles.RULE  # the one that ends the section before takes no room
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")


PARTS = {
    "head": lambda document, block, context: parts.add_head(document, context),
    "title": lambda document, block, context: parts.add_title(document, context),
    "to": lambda document, block, context: parts.add_addressees(document, context["addressees"]),
    "sign": lambda document, block, context: parts.add_signature(document, context),
    "four": lambda document, block, context: add_boxes(document, block),
    "grid": lambda document, block, context: add_grid(document, block),
    # What the PDF alone shows, and what the signature has added already.
    **dict.fromkeys(("demo", "chart", "more"), lambda document, block, context: None),
}
