"""The sheet of a Word paper: A4, its margins, page numbers above, and nothing of the library's template."""

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from ..letterhead import SIZES
from ..render import WATERMARK, printable
from .styles import DEMO, LANGUAGE, PAGE_NUMBER, make_styles

# Millimetres: Decree 30/2020/NĐ-CP, Annex I, and wide enough for the two columns of the head.
WIDTH, HEIGHT, TOP, RIGHT, BOTTOM, LEFT = 210, 297, 20, 18, 20, 30
TEXT_WIDTH = WIDTH - LEFT - RIGHT
_WORD_2013 = "15"


def opened(context: dict):
    """Return an empty document with the page, the styles and the running head of a paper."""
    document = Document()
    make_styles(document, SIZES[context["head"].css])
    _set_page(document.sections[0])
    _set_running_head(document.sections[0], is_demo=context["is_demo"])
    _say_what_it_is(document, printable(context["title"]))
    return document


def _set_page(section) -> None:
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)


def _set_running_head(section, *, is_demo: bool) -> None:
    """Number the pages from the second on; in a demo say so above each."""
    section.different_first_page_header_footer = True
    first, further = section.first_page_header.paragraphs[0], section.header.paragraphs[0]
    further.style = PAGE_NUMBER
    _add_page_field(further.add_run())
    first.style = DEMO if is_demo else PAGE_NUMBER
    if is_demo:
        first.add_run(WATERMARK)
        section.header.add_paragraph(WATERMARK, style=DEMO)


def _add_page_field(run) -> None:
    """Put Word's own page number into a run."""
    for kind in ("begin", None, "end"):
        node = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            node.set(qn("w:fldCharType"), kind)
        else:
            node.text = "PAGE"
        run._r.append(node)


def _say_what_it_is(document, title: str) -> None:
    """Set what Word shows as the file's properties: the paper is the same on every day, so it tells no day."""
    told = document.core_properties
    told.title, told.language = title[:255], LANGUAGE
    told.author = told.comments = ""
    for made in ("created", "modified"):
        told._element.remove(told._element.find(qn(f"dcterms:{made}")))
    settings = document.settings.element
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), _WORD_2013)
    spoken = settings.find(qn("w:themeFontLang"))
    spoken.attrib.clear()
    spoken.set(qn("w:val"), LANGUAGE)
