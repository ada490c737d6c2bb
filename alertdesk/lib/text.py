"""Vietnamese text: one normal form, accent-free search keys, dictionary order."""

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, 1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Return text with precomposed letters, as every stored string is."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Return NFC text with runs of white space as one space and none at the ends."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Return a search key: no accents, đ as d, lower case, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return squeeze(bare.replace("đ", "d").replace("Đ", "D").casefold())


def sort_key(text: str) -> tuple:
    """Return a key that sorts names in Vietnamese order: letters first, then tones in each syllable."""
    letters, tones = [], []
    for char in nfc(text).casefold():
        base, tone = _split_tone(char)
        letters.append(_RANK.get(base, 100 + ord(base)) if base.isalpha() else ord(base) - 1000)
        tones.append(tone)
    return tuple(letters), tuple(tones)


def _split_tone(char: str) -> tuple[str, int]:
    """Return the letter without its tone mark, and the tone's rank."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[p] for p in parts if p in _TONES), 0)
    return nfc("".join(p for p in parts if p not in _TONES)) or char, tone
