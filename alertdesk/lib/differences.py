"""What a text says differently from another, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word up to its last letter or figure, or the marks after it: "30/4." is two, so that a new comma is one change.
_WORDS = re.compile(r"\S*\w\s*|[^\w\s]+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: in both (`same`), only in the former (`del`) or only in the latter (`ins`)."""

    text: str
    kind: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one run of pieces; what is the same is written as the latter has it."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, [_key(word) for word in old], [_key(word) for word in new])
    pieces = []
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(new[k:m]), "same"))
            continue
        pieces += [Piece("".join(old[i:j]), "del"), Piece("".join(new[k:m]), "ins")]
    return tuple(piece for piece in pieces if piece.text)


def _key(word: str) -> tuple[str, int]:
    """Return what makes two words the same: their letters, and the lines that end after them."""
    return word.strip(), word.count("\n")
