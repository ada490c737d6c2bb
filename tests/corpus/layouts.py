"""Sources to files: plain text in an encoding, Word from a small markup, PDF from a page of HTML."""

import io
import re
import zipfile
from functools import partial

import weasyprint
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.corpus.tcvn3 import as_typed, tcvn3
from tests.directives.intake.builders import windows_1258

_SHEET = """<style>
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 13pt "Liberation Serif" } }
@page :first { @top-center { content: none } }
body { font: 13.5pt/1.25 "Liberation Serif" } p { text-align: justify; text-indent: 1cm; margin: 5pt 0 }
table { width: 100%; border-collapse: collapse } td { text-align: center; vertical-align: top; width: 50% }
.l { text-align: left } .to { margin-left: 3.2cm } .s { font-size: 11pt } .grid td { border: 1px solid; width: auto }
</style>"""
_LEVEL = (
    '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="{2}"/><w:lvlJc w:val="left"/>'
    "</w:lvl>"
)
_LEVELS = ((0, "decimal", "%1."), (1, "lowerLetter", "%2)"), (2, "bullet", "-"))
_LABEL = re.compile(r"^(?:\d+[.)]|[a-z]\)|-)\s+")
_BOX = (
    "<w:r {}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>{}</w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r>"
)
_EARLY = (1980, 1, 1, 0, 0, 0)  # a member's time would make every build another file


def txt_of(text: str, encoding: str) -> bytes:
    """Return plain text in a named encoding."""
    own = {"tcvn3": tcvn3, "windows-1258": windows_1258}
    return own[encoding](text) if encoding in own else text.encode(encoding)


def pdf_of(text: str, _encoding: str) -> bytes:
    """Return a PDF of an HTML page in the official margins."""
    return weasyprint.HTML(string=_SHEET + text).write_pdf()


def docx_of(text: str, encoding: str) -> bytes:
    """Return a Word file: [table] rows [end], [box], # and ## and * for Word's own numbers, ¶ within cells."""
    document = Document()
    write = partial(_run, old=encoding == "tcvn3")
    numbering = _add_numbering(document)
    table = None
    for line in (line for line in text.splitlines() if line.strip()):
        if line == "[table]":
            table = []
        elif line == "[end]":
            table = _add_table(document, table, write)
        elif table is not None:
            table.append([cell.strip() for cell in line.split("||")])
        elif line.startswith("[box]"):
            _add_box(document, line[5:].strip())
        else:
            _add_paragraph(document, line, numbering, write)
    return _same_every_time(document)


def _run(paragraph, text: str, *, old: bool) -> None:
    """Write text into a paragraph, by an old font where the source asks for one."""
    run = paragraph.add_run(as_typed(text) if old else text)
    if old:
        run.font.name = ".VnTimeH" if text.isupper() else ".VnTime"


def _add_numbering(document) -> str:
    """Add a list of three levels and return its number."""
    root = document.part.numbering_part.element
    levels = "".join(_LEVEL.format(*level) for level in _LEVELS)
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    num = f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
    root.append(parse_xml(num))
    return "90"


def _add_paragraph(document, line: str, numbering: str, write) -> None:
    """Add one paragraph; a marked one gives its label to Word."""
    paragraph = document.add_paragraph()
    mark = re.match(r"^(#+|\*) ", line)
    if mark:
        level = 2 if mark[1] == "*" else len(mark[1]) - 1
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
        line = _LABEL.sub("", line[mark.end() :])
    write(paragraph, line)


def _add_table(document, rows: list[list[str]], write) -> None:
    """Add a table whose cells hold paragraphs parted by ¶."""
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            first, *more = text.split("¶")
            write(cell.paragraphs[0], first.strip())
            for part in more:
                write(cell.add_paragraph(), part.strip())


def _add_box(document, text: str) -> None:
    """Add a text box with one paragraph for each ¶."""
    inner = "".join(f"<w:p><w:r><w:t>{part.strip()}</w:t></w:r></w:p>" for part in text.split("¶"))
    document.add_paragraph()._p.append(parse_xml(_BOX.format(nsdecls("w"), inner)))


def _same_every_time(document) -> bytes:
    """Return the document's bytes with its members' times taken out."""
    raw, out = io.BytesIO(), io.BytesIO()
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EARLY), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
