"""TCVN3 ("ABC", the .VnTime fonts): one byte a letter, capitals with a tone only by a font of capitals.

The codes are those of TCVN 5712:1993, VN3. Text typed with such a font keeps them as Latin-1 characters
in Word and PDF files, so the conversion works on characters, wherever they came from.
"""

import re

_PLAIN = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_CODES = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
_TABLE = str.maketrans(_CODES, _PLAIN)
# Words that hardly a letter does without, as they look when taken for Latin-1.
_FREQUENT = re.compile(
    r"(?<![^\W\d_])(?:cña|vµ|c¸c|ngµy|n¨m|®­îc|kÝnh|göi|tØnh|së|th«ng|nhËn|c«ng|thùc|hiÖn|ViÖt|®Ò|nghÞ|n¬i|®iÖn|viÖc)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_ENOUGH = 3  # different ones
_NOT_LATIN_1 = re.compile(r"[Ā-ʯ\u0300-\u036fẀ-ỿ]")
_NUMBER_LINE = re.compile(r"^\W*Sè\s*:?\s*\d*\s*/")
_SEGMENT = re.compile(r"(\t+| {3,}|\|)")


def looks_like_tcvn3(text: str) -> bool:
    """Tell whether a text has the commonest words of the language in this encoding."""
    return len({word.lower() for word in _FREQUENT.findall(text)}) >= _ENOUGH


def from_tcvn3(text: str) -> str:
    """Return a text with its TCVN3 lines converted; lines with real Vietnamese letters stay as they are."""
    return "\n".join(line if _NOT_LATIN_1.search(line) else _line(line) for line in text.split("\n"))


def letters(text: str) -> str:
    """Return characters of such a font as the letters they show."""
    return text.translate(_TABLE)


def _line(line: str) -> str:
    """Return one line converted, its columns apart: each was typed with a font of its own."""
    if _NUMBER_LINE.match(line):
        return letters(line)
    return "".join(_capitals(part) for part in _SEGMENT.split(line))


def _capitals(part: str) -> str:
    """Return converted text in capitals where all its plain letters are capitals."""
    plain = [char for char in part if char.isascii() and char.isalpha()]
    converted = letters(part)
    return converted.upper() if len(plain) > 1 and all(char.isupper() for char in plain) else converted
