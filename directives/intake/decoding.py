"""Plain text in the encodings that Vietnamese offices keep, as NFC."""

import codecs
import re
import unicodedata

from alertdesk.lib.text import nfc

from .errors import DirectiveUnreadable
from .tcvn3 import from_tcvn3, looks_like_tcvn3

# Longest first: the UTF-32 LE mark begins with the UTF-16 LE one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Every byte means something in Windows-1258 and in TCVN3, so noise would decode too: only text with the
# commonest accented words of the language, rightly spelt, is believed.
_VIETNAMESE = re.compile(r"\b(?:của|và|các|ngày|năm|được|kính gửi|nơi nhận|số)\b", re.IGNORECASE)


def decode(data: bytes) -> str:
    """Return the text of bytes, or raise DirectiveUnreadable."""
    for encoding in _candidates(data):
        text = _attempt(data, encoding)
        if text is not None:
            if not text.strip():
                raise DirectiveUnreadable("empty")
            return text
    text = data.decode("latin-1")
    if b"\x00" not in data and looks_like_tcvn3(text) and _printable(text):
        return from_tcvn3(text)
    raise DirectiveUnreadable("unknown_encoding")


def _candidates(data: bytes) -> tuple[str, ...]:
    """Return the encodings worth trying, the likeliest first."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked:
        return (marked,)
    if b"\x00" in data:
        little_first = data[1::2].count(0) >= data[0::2].count(0)
        return ("utf-16-le", "utf-16-be") if little_first else ("utf-16-be", "utf-16-le")
    return ("utf-8", "cp1258")


def _attempt(data: bytes, encoding: str) -> str | None:
    """Return the text in one encoding, None where it does not make sense."""
    try:
        text = nfc(data.decode(encoding)).lstrip("\ufeff")
    except UnicodeError:
        return None
    strict = encoding in ("cp1258", "utf-16-le", "utf-16-be")
    if strict and len(_VIETNAMESE.findall(text)) < 2:
        return None
    return text if _printable(text) else None


def _printable(text: str) -> bool:
    """Tell whether hardly any character is a control character, unassigned or a replacement."""
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\n\r\f\v" for c in text)
    return odd <= len(text) // 200
