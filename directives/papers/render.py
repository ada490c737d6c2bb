"""HTML in, PDF bytes out: the same input gives the same bytes, and nothing is ever fetched."""

import atexit
import gc
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML, VERSION
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from alertdesk.lib.text import nfc

from .breaking import kept_whole
from .fonts import face_bytes, known_letters, outlined
from .standard import archived

WATERMARK = "DỮ LIỆU MINH HỌA"
# One printer per process: FontConfiguration is shared and is not made for threads.
_PRINTER = threading.Lock()
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# What word processors put where they mean a bullet; no font but theirs knows it.
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "-", "\uf0d8": "-", "\u2028": "\n", "\u2029": "\n"})


class PaperError(Exception):
    """A paper cannot be printed; `sentence` says why in the active language."""

    def __str__(self):
        return self.sentence()

    def sentence(self) -> str:
        """Say why."""
        return _("The paper cannot be printed.")


class MissingGlyph(PaperError):
    """The text has letters that the papers' font cannot print."""

    def __init__(self, letters: list[str]):
        super().__init__(letters)
        self.letters = letters

    def sentence(self) -> str:
        """Name the letters."""
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in self.letters[:8])
        return _("The paper cannot be printed: its font has no sign for %(letters)s. Remove them from the text.") % {
            "letters": named
        }


@cache
def _image(name: str) -> bytes:
    """Return a drawing that papers use; raises KeyError for another name."""
    return outlined({"watermark": WATERMARK}[name], "bold")


class MemoryFetcher(URLFetcher):
    """Knows `font:` and `img:` names held in memory and refuses everything else."""

    def __init__(self):
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url, headers=None):
        """Return the named bytes; any other address raises ValueError and is left out of the paper."""
        scheme, _colon, name = url.partition(":")
        try:
            body = {"font": face_bytes, "img": _image}[scheme](name)
        except KeyError:
            raise ValueError("refused") from None
        return URLFetcherResponse(url, body, {"Content-Type": "font/ttf" if scheme == "font" else "image/svg+xml"})


@dataclass(frozen=True)
class Content:
    """All that a PDF is made of: its HTML, and the facts that it carries as JSON."""

    html: str
    facts: dict | None = None

    @cached_property
    def key(self) -> str:
        """The fingerprint of the content, and of what prints it: the same key means the same bytes."""
        facts = json.dumps(self.facts, cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256("\0".join((_printer_key(), self.html, facts)).encode()).hexdigest()

    def print(self) -> bytes:
        """Return the PDF."""
        return render(self.html, data=self.facts)


def content(name: str, context: dict) -> Content:
    """Fill a template of templates/papers in Vietnamese; `context["facts"]` goes with it."""
    with translation.override("vi"):
        return Content(render_to_string(f"papers/{name}", context), context.get("facts"))


def render(html: str, *, data: dict | None = None) -> bytes:
    """Print an HTML document as PDF/A-3a with `data` attached; raises MissingGlyph before printing.

    Takes no clock and no network.
    """
    html = set_for_print(html)
    with _PRINTER, _without_collecting():
        stylesheet, fonts = warm()
        document = HTML(string=html, url_fetcher=MemoryFetcher(), media_type="print")
        return archived(document.render(stylesheets=[stylesheet], font_config=fonts), data)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let no garbage be looked for while a page is laid out: its boxes are many and all in use."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def set_for_print(html: str) -> str:
    """Return the HTML that is really laid out: cleaned, with numbers and symbols kept whole."""
    return kept_whole(printable(html))


def printable(text: str) -> str:
    """Return text cleaned for paper; raises MissingGlyph where a letter of it cannot be printed."""
    text = clean(text)
    _require_letters(text)
    return text


def clean(text: str) -> str:
    """Return text in NFC without invisible signs and with plain bullets."""
    return _INVISIBLE.sub("", nfc(text.replace("\r\n", "\n")).translate(_BULLETS))


def _require_letters(text: str) -> None:
    unknown = sorted({char for char in text if ord(char) > 0x20 and ord(char) not in known_letters()})
    if unknown:
        raise MissingGlyph(unknown)


@cache
def warm() -> tuple[CSS, FontConfiguration]:
    """Return the stylesheet and the fonts, read once in a process: this halves the time of a page."""
    # Let go while the interpreter is whole: taken apart with it, the font library may fall over its own parts.
    atexit.register(warm.cache_clear)
    fonts = FontConfiguration()
    source = render_to_string("papers/paper.css")
    return CSS(string=source, font_config=fonts, url_fetcher=MemoryFetcher()), fonts


@cache
def _printer_key() -> str:
    """Return the fingerprint of everything but the content that decides on the bytes of a PDF."""
    here = Path(__file__).parent
    parts = [VERSION, render_to_string("papers/paper.css")]
    parts += [(here / name).read_text() for name in ("render.py", "breaking.py", "standard.py", "fonts.py")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
