"""Decide what an uploaded file is from its bytes; its name and the browser's word are not trusted."""

import io
import zipfile

MAX_MEMBERS = 2_000
MAX_UNPACKED = 100 * 1024 * 1024

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "pdf": "application/pdf",
    "docx": DOCX,
    "xlsx": XLSX,
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain",
}


def content_type_of(data: bytes) -> str | None:
    """Return the content type of an allowed file (pdf, docx, xlsx, png, jpg, txt), None for anything else."""
    if data.startswith(b"%PDF-"):
        return KINDS["pdf"] if b"%%EOF" in data[-2048:] else None
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if data.startswith(b"\xff\xd8\xff"):
        return KINDS["jpg"]
    if data.startswith(b"PK\x03\x04"):
        return _office_type(data)
    return KINDS["txt"] if _is_plain_text(data) else None


def _office_type(data: bytes) -> str | None:
    """Tell Word from Excel by their main part; macros and oversized archives are neither."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        return None
    names = {member.filename for member in members}
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        return None
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _is_plain_text(data: bytes) -> bool:
    """Whether the bytes are UTF-8 text that no browser could take for a page."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    start = text.lstrip()[:1]
    return bool(start) and start != "<" and "\x00" not in text
