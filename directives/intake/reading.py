"""Bytes to text: the type of a file is decided by its content, never by its name."""

import io
import re
import zipfile
from dataclasses import dataclass

from .decoding import decode
from .docx_text import docx_lines
from .errors import DirectiveUnreadable
from .pdf_text import pdf_lines

MAX_BYTES = 20 * 1024 * 1024
MAX_ZIP_ENTRIES = 2_000
MAX_UNPACKED = 100 * 1024 * 1024
BIG_MEMBER = 2 * 1024 * 1024
MAX_RATIO = 50

# First bytes of what people choose by mistake: old Word, rich text, pictures, archives, web pages.
_OTHER_TYPES = (
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """The lines of a document, and how many of its pages had none."""

    text: str
    blank_pages: int = 0


def read_bytes(data: bytes) -> Reading:
    """Return the text of a .txt, .docx or text PDF, or raise DirectiveUnreadable."""
    if len(data) > MAX_BYTES:
        raise DirectiveUnreadable("too_large")
    if not data.strip(b"\x00 \t\r\n"):
        raise DirectiveUnreadable("empty")
    if b"%PDF-" in data[:1024]:
        return Reading(*pdf_lines(data))
    if data.startswith(b"PK\x03\x04"):
        return Reading(_docx(data))
    if data.startswith(_OTHER_TYPES) or _WEB_PAGE.match(data[:256]):
        raise DirectiveUnreadable("unsupported_type")
    return Reading(decode(data))


def _docx(data: bytes) -> str:
    """Return the text of a Word file whose archive is of a sane size."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DirectiveUnreadable("damaged") from error
    refuse_bomb(members)
    if "word/document.xml" not in {member.filename for member in members}:
        raise DirectiveUnreadable("unsupported_type")
    return "\n".join(docx_lines(data))


def refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    """Raise where unpacking would cost far more than any letter does.

    Python's zipfile never unpacks more than the declared size, so the directory can be believed.
    """
    swollen = any(m.file_size > BIG_MEMBER and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members)
    if swollen or len(members) > MAX_ZIP_ENTRIES or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise DirectiveUnreadable("too_large")
