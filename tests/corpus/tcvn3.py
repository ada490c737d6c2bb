"""Text as old Vietnamese fonts kept it: one byte a letter, capitals with accents written as small ones."""

_PLAIN = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_CODES = bytes.fromhex(
    "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4"
    "e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
)
_TABLE = {ord(letter): chr(code) for letter, code in zip(_PLAIN, _CODES, strict=True)}


def tcvn3(text: str) -> bytes:
    """Return text as a TCVN3 file has it."""
    return as_typed(text).encode("latin-1")


def as_typed(text: str) -> str:
    """Return the characters that a Word file holds where such a font was used."""
    small = "".join(char if char.isascii() or char in _PLAIN else char.lower() for char in text)
    return small.translate(_TABLE)
