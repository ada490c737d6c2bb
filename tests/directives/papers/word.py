"""Read a written Word paper back: its lines in order, its styles, what stands in its parts."""

import io
import zipfile

from docx import Document
from docx.oxml.ns import qn

from directives.intake.reading import read_bytes
from directives.papers.wording import roman


def text(content: bytes) -> str:
    """Return what a reader sees, automatic numbers included, with single spaces."""
    return " ".join(read_bytes(content).text.split())


def opened(content: bytes):
    """Return the document."""
    return Document(io.BytesIO(content))


def styled(content: bytes) -> dict[str, list[str]]:
    """Return the texts of each style, in order."""
    found: dict[str, list[str]] = {}
    document = opened(content)
    names = {style.style_id: style.name for style in document.styles}
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        words = paragraph.iter(qn("w:t"), qn("w:br"))
        said = "".join(node.text if node.tag == qn("w:t") else " " for node in words)
        found.setdefault(names[style.get(qn("w:val"))] if style is not None else "", []).append(said)
    return found


def running_heads(content: bytes) -> tuple[str, str]:
    """Return what stands above the first page, and above the others."""
    section = opened(content).sections[0]
    return tuple(
        "\n".join(line.text for line in head.paragraphs) for head in (section.first_page_header, section.header)
    )


def part(content: bytes, name: str) -> str:
    """Return one XML part."""
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def part_dates(content: bytes) -> set[tuple]:
    """Return the moments that the archive's parts are dated with."""
    return {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()}


def lines(content: bytes) -> list[str]:
    """Return every paragraph that says something in the order of the file, with the numbers that Word counts."""
    document, count = opened(content), 0
    counted = {style.style_id for style in document.styles if style.element.find(f".//{qn('w:numPr')}") is not None}
    numbering = document.part.numbering_part.element.find(f".//{qn('w:numFmt')}") if counted else None
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        said = "".join(node.text or " " for node in paragraph.iter(qn("w:t"), qn("w:br")))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) in counted:
            count += 1
            figure = roman(count) if numbering.get(qn("w:val")) == "upperRoman" else str(count)
            said = f"{figure}. {said}"
        found.append(said)
    return [line for line in found if line.strip()]
