"""Keep numbers, symbols and dates on one line: "512/STTTT-BCVT&CNTT", "30/4", "24/7"."""

import re
from html import unescape

from .fonts import text_width

# In points at the size of the text; longer ones, such as addresses on the web, may have to be broken.
WIDEST, SIZE = 215, 14
_RUNNING = re.compile(r"(<p\b[^>]*>)(.*?)(?=</p>)", re.DOTALL)
_TOKEN = re.compile(r"(?<![^\s>])[^\s<>]*[^\s<>(“\"][/-][^\s<>]+(?![^\s<])")


def kept_whole(html: str) -> str:
    """Return a paper in whose paragraphs nothing is broken after the stroke or hyphen of a number or symbol."""
    return _RUNNING.sub(lambda found: found[1] + _TOKEN.sub(_kept, found[2]), html)


def _kept(found: re.Match) -> str:
    token = found[0]
    return f'<span class="nw">{token}</span>' if text_width(unescape(token), "bold", SIZE) <= WIDEST else token
