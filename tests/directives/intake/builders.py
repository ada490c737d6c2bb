"""The same letter in other clothes: Word, PDF and older encodings, built from its text."""

import html
import io
import unicodedata
from pathlib import Path

import weasyprint
from django.conf import settings
from docx import Document

DEMO = Path(settings.BASE_DIR) / "directives/data/directive-binh-dinh-2023.txt"
VARIANTS = Path(__file__).parent / "variants"
# The marks that Windows-1258 writes after their letter.
_TONES = "\u0300\u0301\u0303\u0309\u0323"

_PAGE = """<style>
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page) } }
body { font: 13pt "Liberation Serif" } p { text-align: justify; text-indent: 1cm; margin: 6pt 0 }
table { width: 100% } td { text-align: center; vertical-align: top; width: 50% } .copies { text-align: left }
.to { margin-left: 3cm }
</style>"""


def demo_text() -> str:
    """Return the text of the demo directive."""
    return DEMO.read_text(encoding="utf-8-sig")


def demo_parts() -> dict[str, list[str]]:
    """Return the demo directive's lines by part, without Markdown marks."""
    lines = [line.strip() for line in demo_text().replace("*", "").splitlines() if line.strip()]
    to, body = lines.index("Kính gửi:"), next(i for i, line in enumerate(lines) if line.startswith("Thực hiện"))
    copies, signer = lines.index("Nơi nhận:"), lines.index("KT. GIÁM ĐỐC")
    return {
        "left": lines[:2],
        "right": lines[2:4],
        "number": [lines[4], *lines[6:to]],
        "date": [lines[5]],
        "to": lines[to:body],
        "body": lines[body:copies],
        "copies": lines[copies:signer],
        "signer": lines[signer:],
    }


def docx_bytes() -> bytes:
    """Return the demo directive as Word writes it: letterhead in a table, actions numbered by Word."""
    parts, document = demo_parts(), Document()
    head = document.add_table(rows=2, cols=2)
    for place, name in {(0, 0): "left", (0, 1): "right", (1, 0): "number", (1, 1): "date"}.items():
        _fill(head.cell(*place), parts[name])
    for line in parts["to"]:
        document.add_paragraph(line)
    for line in parts["body"]:
        numbered = line[:2] in ("1.", "2.", "3.", "4.", "5.")
        document.add_paragraph(line[3:] if numbered else line, style="List Number" if numbered else None)
    foot = document.add_table(rows=1, cols=2)
    _fill(foot.cell(0, 0), parts["copies"])
    _fill(foot.cell(0, 1), parts["signer"])
    return saved(document)


def saved(document) -> bytes:
    """Return a Word document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fill(cell, lines: list[str]) -> None:
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def pdf_bytes() -> bytes:
    """Return the demo directive as a text PDF in the official layout, two columns above and below."""
    parts = {name: [html.escape(line) for line in lines] for name, lines in demo_parts().items()}
    cell = {name: "<br>".join(lines) for name, lines in parts.items()}
    body = "".join(f"<p>{line}</p>" for line in parts["body"])
    return weasyprint.HTML(
        string=f"{_PAGE}<table><tr><td>{cell['left']}<td><b>{cell['right']}</b>"
        f"<tr><td>{cell['number']}<td><i>{cell['date']}</i></table><div class=to>{cell['to']}</div>{body}"
        f"<table><tr><td class=copies>{cell['copies']}<td><b>{cell['signer']}</b></table>"
    ).write_pdf()


def windows_1258(text: str) -> bytes:
    """Return text as Windows-1258 has it: letters with their shape, tones as marks behind them."""
    return "".join(_split(char) for char in text).encode("cp1258")


def _split(char: str) -> str:
    """Return a letter and its tone apart, where Windows-1258 has no letter for both."""
    parts = unicodedata.normalize("NFD", char)
    tones = "".join(part for part in parts if part in _TONES)
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return bare + tones
