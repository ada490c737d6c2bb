"""The named styles of an official paper (Decree 30/2020/NĐ-CP, Annex I): what an office finds in Word's list."""

from dataclasses import dataclass

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from alertdesk.lib.text import fold

from ..letterhead import NUMBER_SIZE, SizeSet

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY
PARENT, ISSUER = "Tên cơ quan chủ quản", "Tên cơ quan"
NATION, MOTTO = "Quốc hiệu", "Tiêu ngữ"
NUMBER, PLACE = "Số ký hiệu", "Địa danh và thời gian"
SUBJECT, STAMP = "Trích yếu", "Mức độ khẩn"
TYPE, TYPE_SUBJECT = "Tên loại văn bản", "Trích yếu của tên loại"
ADDRESSEE, ADDRESSEES, ADDRESSEE_ITEM = "Kính gửi", "Kính gửi nhiều nơi", "Nơi kính gửi"
BODY, ACTION, BASE = "Nội dung", "Nội dung yêu cầu", "Căn cứ"
HEADING, ITEM, LIST_ITEM = "Đề mục", "Tên nội dung", "Gạch đầu dòng"
COPIES, COPY = "Nơi nhận", "Danh sách nơi nhận"
SIGNER_TITLE, SIGNER_NAME = "Chức vụ người ký", "Họ tên người ký"
ANNEX_LABEL, ANNEX_NAME, ANNEX_WITH, KEY = "Phụ lục", "Tên phụ lục", "Văn bản kèm theo", "Chú giải"
GRID, GRID_WORDS, GRID_FIGURE = "Bảng số liệu", "Chữ trong bảng", "Số trong bảng"
GRID_HEAD, GRID_HEAD_WORDS, GRID_HEAD_FIGURE = "Đầu bảng", "Đầu cột chữ", "Đầu cột số"
GRID_SMALL_MARK = "Ký hiệu nhỏ trong bảng"
GRID_MARK, GRID_GROUP, GRID_NOTE = "Ký hiệu trong bảng", "Nhóm trong bảng", "Ghi chú trong bảng"
GRID_SUM, GRID_SUM_FIGURE = "Dòng tổng số", "Số của dòng tổng số"
BOXES, BOX_FIGURE, BOX_WORDS = "Bảng số chính", "Số chính", "Tên số chính"
RULE, PAGE_NUMBER, DEMO = "Đường kẻ", "Số trang", "Dữ liệu minh họa"
# What a Word file cannot do without; the template's other styles are not this paper's.
_NEEDED = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
_FORMATS = {"decimal": "decimal", "roman": "upperRoman"}
_NUMBERING_ID = "1"


@dataclass(frozen=True)
class Look:
    """How one style looks: points for the size and the gap above, millimetres for indents."""

    size: float
    align: int = CENTRE
    bold: bool = False
    italic: bool = False
    above: float = 0
    left: float = 0
    first: float = 0
    right: float = 0
    colour: str = ""
    keeps_next: bool = False


def looks(sizes: SizeSet) -> dict[str, Look]:
    """Return every style of a paper in the larger or the smaller sizes."""
    text = sizes.place
    return {
        PARENT: Look(sizes.name),
        ISSUER: Look(sizes.name, bold=True),
        NATION: Look(sizes.motto_top, bold=True),
        MOTTO: Look(sizes.place, bold=True),
        NUMBER: Look(NUMBER_SIZE, above=6),
        PLACE: Look(sizes.place, italic=True, above=6),
        SUBJECT: Look(12, above=6),
        STAMP: Look(13, bold=True, above=8, colour="CC0000"),
        TYPE: Look(text, bold=True, above=14),
        TYPE_SUBJECT: Look(text, bold=True),
        ADDRESSEE: Look(text, above=12),
        ADDRESSEES: Look(text, LEFT, above=12, left=26),
        ADDRESSEE_ITEM: Look(text, LEFT, left=46.5, first=-2.9),
        BODY: Look(text, BOTH, above=6, first=12.7),
        BASE: Look(text, BOTH, italic=True, above=6, first=12.7),
        ACTION: Look(text, BOTH, above=6, first=12.7),
        HEADING: Look(text, BOTH, bold=True, above=10, first=12.7, keeps_next=True),
        ITEM: Look(text, BOTH, bold=True, above=6, first=12.7, keeps_next=True),
        LIST_ITEM: Look(text, BOTH, above=2, first=12.7),
        ANNEX_LABEL: Look(14, bold=True, keeps_next=True),
        ANNEX_NAME: Look(text, bold=True, keeps_next=True),
        ANNEX_WITH: Look(text, italic=True, keeps_next=True),
        KEY: Look(11, LEFT, above=5),
        **_table_looks(),
        COPIES: Look(12, LEFT, bold=True, italic=True, above=10),
        COPY: Look(11, LEFT, left=2.2, first=-2.2, right=4),
        SIGNER_TITLE: Look(text, bold=True),
        SIGNER_NAME: Look(text, bold=True),
        RULE: Look(1, above=2),
        PAGE_NUMBER: Look(text),
        DEMO: Look(11, bold=True, colour="666666"),
    }


def _table_looks() -> dict[str, Look]:
    """Return the styles of the tables, whose letters are smaller than the text's."""
    return {
        GRID_HEAD: Look(11.5, bold=True, keeps_next=True),
        GRID_HEAD_WORDS: Look(11.5, LEFT, bold=True, keeps_next=True),
        GRID_HEAD_FIGURE: Look(11.5, RIGHT, bold=True, keeps_next=True),
        GRID_WORDS: Look(11.5, LEFT),
        GRID_FIGURE: Look(11.5, RIGHT),
        GRID_MARK: Look(11.5),
        GRID_SMALL_MARK: Look(8),
        GRID_GROUP: Look(11.5, LEFT, bold=True, keeps_next=True),
        GRID_NOTE: Look(10.5, LEFT, italic=True),
        GRID_SUM: Look(11.5, LEFT, bold=True),
        GRID_SUM_FIGURE: Look(11.5, RIGHT, bold=True),
        BOX_FIGURE: Look(20, bold=True, keeps_next=True),
        BOX_WORDS: Look(11.5),
    }


def make_styles(document, sizes: SizeSet) -> None:
    """Replace the template's styles by the paper's, all in Times New Roman and Vietnamese."""
    root = document.styles.element
    for node in list(root):
        is_other = node.tag == qn("w:style") and node.get(qn("w:styleId")) not in _NEEDED
        if is_other or node.tag == qn("w:latentStyles"):
            root.remove(node)
    _set_defaults(root)
    for name, look in looks(sizes).items():
        _make(document, name, look)
    _make_table(document, GRID, ("top", "bottom", "insideH"))
    _make_table(document, BOXES, ("top", "left", "bottom", "right", "insideV"))


def _set_defaults(root) -> None:
    """Say font and language once for the whole document; no gap and single lines unless a style says so."""
    run = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts, language = run.find(qn("w:rFonts")), run.find(qn("w:lang"))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), LANGUAGE)
    spacing = next(root.iter(qn("w:pPrDefault"))).find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    spacing.attrib.clear()
    for name, value in (("before", "0"), ("after", "0"), ("line", "240"), ("lineRule", "auto")):
        spacing.set(qn(f"w:{name}"), value)


def _make(document, name: str, look: Look) -> None:
    """Add one style; its id is its name without accents and spaces."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.style_id = style_id(name)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.name, style.font.size = FONT, Pt(look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    if look.colour:
        style.font.color.rgb = RGBColor.from_string(look.colour)
    shape = style.paragraph_format
    shape.keep_with_next = look.keeps_next or None
    shape.alignment, shape.space_before = look.align, Pt(look.above)
    shape.left_indent, shape.first_line_indent, shape.right_indent = Mm(look.left), Mm(look.first), Mm(look.right)


def style_id(name: str) -> str:
    """Return the id of a style."""
    return fold(name).title().replace(" ", "")


def _make_table(document, name: str, lines: tuple[str, ...]) -> None:
    """Add a style of tables that draws these of its lines, given in Word's order."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.style_id = style_id(name)
    style.base_style = None
    shape = _child(style.element, "w:tblPr")
    borders = _child(shape, "w:tblBorders")
    for line in lines:
        _child(borders, f"w:{line}", val="single", sz="4", space="0", color="000000")
    margins = _child(shape, "w:tblCellMar")
    for side, width in (("top", "40"), ("left", "57"), ("bottom", "40"), ("right", "57")):
        _child(margins, f"w:{side}", w=width, type="dxa")


def number(document, name: str, numbering: str) -> None:
    """Let Word number the paragraphs of a style by one definition: "1." (decimal) or "I." (roman)."""
    root = document.part.numbering_part.element
    for node in list(root):
        root.remove(node)
    definition = _child(root, "w:abstractNum", abstractNumId="0")
    _child(definition, "w:multiLevelType", val="singleLevel")
    level = _child(definition, "w:lvl", ilvl="0")
    style = document.styles[name]
    for tag, value in (
        ("w:start", "1"),
        ("w:numFmt", _FORMATS[numbering]),
        ("w:pStyle", style.style_id),
        ("w:suff", "space"),
        ("w:lvlText", "%1."),
        ("w:lvlJc", "left"),
    ):
        _child(level, tag, val=value)
    _child(_child(root, "w:num", numId=_NUMBERING_ID), "w:abstractNumId", val="0")
    number = style.element.get_or_add_pPr().get_or_add_numPr()
    number.get_or_add_numId().set(qn("w:val"), _NUMBERING_ID)


def _child(parent, tag: str, **attributes: str):
    """Append an element with attributes of Word's namespace."""
    node = OxmlElement(tag)
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), value)
    parent.append(node)
    return node
