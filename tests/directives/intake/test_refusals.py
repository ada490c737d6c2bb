"""What cannot be read is refused by name, with a sentence in each language, and never with a traceback."""

import io
import zipfile
from contextlib import suppress

import pypdfium2
import pytest
from docx import Document

from directives.intake import MAX_BYTES, DirectiveUnreadable, read_directive, read_text
from directives.intake.errors import REASONS
from tests.directives.intake.builders import VARIANTS, demo_text, docx_bytes, pdf_bytes, saved


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return stream.getvalue()


def blank_pdf() -> bytes:
    document, stream = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.save(stream)
    return stream.getvalue()


def shopping_list() -> bytes:
    document = Document()
    for line in ("1. Gạo", "2. Muối"):
        document.add_paragraph(line)
    return saved(document)


REFUSED = {
    "nothing": ("empty", lambda: b""),
    "only white space": ("empty", lambda: b"\xef\xbb\xbf \r\n\t "),
    "more than 20 MB": ("too_large", lambda: b"a" * (MAX_BYTES + 1)),
    "a book": ("too_large", lambda: (demo_text() * 200).encode()),
    "a zip bomb": ("too_large", lambda: archive(word__document_xml=b"<a/>" + b" " * 60_000_000)),
    "too many members": ("too_large", lambda: archive(**{f"m{i}": b"" for i in range(2_001)})),
    "noise": ("unknown_encoding", lambda: bytes(range(128, 256)) * 20),
    "VNI": ("unknown_encoding", lambda: "Kính göûi: Caùc sôû, ban, ngaønh. Nôi nhaän: Nhö treân".encode("latin-1")),
    "three words of TCVN3": ("not_a_directive", lambda: "KÝnh göi: C¸c së, ban, ngµnh".encode("latin-1")),
    "UTF-16 cut in half": ("unknown_encoding", lambda: demo_text().encode("utf-16")[:-1]),
    "a PDF with a password": ("encrypted_pdf", lambda: (VARIANTS / "encrypted.pdf").read_bytes()),
    "a scanned PDF": ("scanned_pdf", blank_pdf),
    "half a PDF": ("damaged", lambda: pdf_bytes()[:900]),
    "half a Word file": ("damaged", lambda: docx_bytes()[:-4000]),
    "a Word file without its parts": ("damaged", lambda: archive(word__document_xml=b"<a/>")),
    "a shopping list": ("not_a_directive", lambda: "Hôm nay:\n1. Gạo\n2. Muối\n".encode()),
    "a shopping list in Word": ("not_a_directive", shopping_list),
    "a report": ("not_a_directive", lambda: demo_text().replace("V/v tăng", "BÁO CÁO\ntăng").encode()),
    "an old Word file": ("unsupported_type", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a spreadsheet": ("unsupported_type", lambda: archive(xl__workbook_xml=b"<a/>")),
    "a picture": ("unsupported_type", lambda: b"\x89PNG\r\n\x1a\n" + bytes(90)),
    "a web page": ("unsupported_type", lambda: b"<!DOCTYPE html><p>V/v"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_no_readable_directive_is_refused_by_name(what):
    code, build = REFUSED[what]
    with pytest.raises(DirectiveUnreadable) as refused:
        read_directive(build(), name="cong-van.txt")
    assert refused.value.code == code


def test_every_reason_of_the_reader_is_tried_above():
    of_the_path, of_the_sandbox = {"not_found", "not_a_file", "not_readable"}, {"too_heavy"}
    of_tables = {"no_cve_column", "too_many_rows", "unsupported_table", "formula", "not_csaf"}
    of_scans = {"no_scan_columns", "too_many_scan_rows", "unsupported_scan"}
    elsewhere = of_the_path | of_the_sandbox | of_tables | of_scans
    assert {code for code, _ in REFUSED.values()} == set(REASONS) - elsewhere


def test_every_reason_says_in_both_languages_what_to_do():
    for vi, en in REASONS.values():
        assert "ề nghị" in vi
        assert vi.endswith(".")
        assert en.endswith(".")
        assert en.isascii()


def test_pasted_emptiness_is_refused():
    with pytest.raises(DirectiveUnreadable) as refused:
        read_text(" \n ")
    assert refused.value.code == "empty"


@pytest.mark.parametrize("position", range(0, 40_000, 2_500))
def test_a_broken_byte_in_a_word_file_ends_in_a_draft_or_a_named_reason(position):
    data = bytearray(docx_bytes())
    data[position % len(data)] ^= 0xFF
    with suppress(DirectiveUnreadable):
        assert read_directive(bytes(data)).actions
