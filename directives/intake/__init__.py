"""A công văn in, a draft out: bytes to frozen dataclasses, nothing saved, nothing guessed."""

from .draft import Draft
from .errors import DirectiveUnreadable
from .parsing import parse
from .reading import MAX_BYTES, read_bytes
from .sandbox import read_safely, read_scan_safely, read_vulnerabilities_safely

__all__ = [
    "MAX_BYTES",
    "DirectiveUnreadable",
    "Draft",
    "read_directive",
    "read_safely",
    "read_scan_safely",
    "read_text",
    "read_vulnerabilities_safely",
]


def read_directive(data: bytes, *, name: str = "") -> Draft:
    """Return the draft of a .txt, .docx or text PDF, or raise DirectiveUnreadable.

    `name` is the file's name as the sender gave it; the type is decided by the content alone.
    """
    reading = read_bytes(data)
    return parse(reading.text, blank_pages=reading.blank_pages)


def read_text(text: str) -> Draft:
    """Return the draft of pasted or typed text, or raise DirectiveUnreadable."""
    if not text.strip():
        raise DirectiveUnreadable("empty")
    return parse(text)
