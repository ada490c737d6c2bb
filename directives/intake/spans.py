"""Where in the source each field was read, and what of the source became no field.

Readers join lines, drop marks and close up blanks, so a value is found again by its letters and digits
alone: they are the same in the same order. A value that stood in one of two columns is found in pieces.
"""

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alertdesk.lib.text import fold, nfc

from .marks import mark_of

_NOT_TEXT = re.compile(r"<br\s*/?>", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
# A value in two columns lies within so many letters of its beginning; beyond, it is another text.
_REACH = 1_500
_PIECES = 60


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (exclusive) of the source."""

    start: int
    end: int


class Trace:
    """The letters and digits of a source, each with its place."""

    def __init__(self, source: str):
        self.source = source
        text = _NOT_TEXT.sub(lambda tag: " " * len(tag[0]), source)
        self._places = [place for place, char in enumerate(text) if char.isalnum()]
        self._letters = "".join(text[place] for place in self._places)

    def find(self, value: str | None, start: int = 0, end: int | None = None) -> list[Span]:
        """Return where a value stands between two places of the source: one span, several pieces, or none."""
        words = _WORD.findall(nfc(value or ""))
        first = bisect.bisect_left(self._places, start)
        last = len(self._letters) if end is None else bisect.bisect_left(self._places, end)
        if not words:
            return []
        whole = self._at("".join(words), first, last)
        return [self._span(*whole)] if whole else self._pieces(words, first, last)

    def _at(self, letters: str, first: int, last: int) -> tuple[int, int] | None:
        """Return where letters stand that begin and end no other word, as positions among the letters."""
        at = self._letters.find(letters, first, last)
        while at >= 0:
            if self._parts_words(at) and self._parts_words(at + len(letters)):
                return at, at + len(letters)
            at = self._letters.find(letters, at + 1, last)
        return None

    def _parts_words(self, at: int) -> bool:
        """Tell whether something other than a letter stands before the letter of that position."""
        return at in (0, len(self._places)) or self._places[at] - self._places[at - 1] > 1

    def _pieces(self, words: list[str], first: int, last: int) -> list[Span]:
        """Return a value's pieces in order: each as long as can be, each near the one before; all words or none."""
        found: list[Span] = []
        while words and len(found) < _PIECES:
            count, at = self._longest(words, first, last)
            if not at:
                return []
            found.append(self._span(*at))
            words, first = words[count:], at[1]
            last = min(last, first + _REACH)
        return [] if words else found

    def _longest(self, words: list[str], first: int, last: int) -> tuple[int, tuple[int, int] | None]:
        """Return how many of the first words stand together somewhere, and where."""
        best: tuple[int, tuple[int, int] | None] = (0, None)
        low, high = 1, len(words)
        while low <= high:  # whatever stands together, its beginning does too
            middle = (low + high) // 2
            at = self._at("".join(words[:middle]), first, last)
            if at:
                best, low = (middle, at), middle + 1
            else:
                high = middle - 1
        return best

    def _span(self, first: int, last: int) -> Span:
        return Span(self._places[first], self._places[last - 1] + 1)


# Words of the form itself, which say nothing about this letter.
_FORM = re.compile(
    r"^(?:cong ?hoa ?xa ?hoi|doc lap|dang cong san|viet nam$|so$|kinh gui|noi nhan|v/v$|ve viec$"
    r"|ngay\b.{0,12}\bthang|ngay$|thang$|nam$|da ky|ky ten|luu$|trang \d+"
    r"|noi dung( \d+)?$|thu \w+$|\w+ la$|[ivx]+$|dien$)"
)
_EDGE = " \t\r\n-–—_*|#>.,;:()[]/\\+…“”\"'"


def left_out(source: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the stretches of lines that belong to no field, words of the form left aside."""
    covered = _merged(sorted({(span.start, span.end) for span in spans}))
    starts, ends = [start for start, _end in covered], [end for _start, end in covered]
    gaps = (
        gap
        for line in _lines(source)
        for gap in _gaps(line, covered[bisect.bisect(ends, line.start) : bisect.bisect_left(starts, line.end)])
    )
    return tuple(gap for gap in gaps if _says_something(source[gap.start : gap.end]))


def _lines(source: str) -> Iterator[Span]:
    """Yield the lines of a source as spans."""
    at = 0
    for line in source.splitlines(keepends=True):
        yield Span(at, at + len(line))
        at += len(line)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans with those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _gaps(line: Span, covered: list[tuple[int, int]]) -> Iterator[Span]:
    """Yield what of a line lies in none of the sorted spans."""
    at = line.start
    for start, end in itertools.chain(covered, [(line.end, line.end)]):
        if end <= at:
            continue
        if start >= line.end:
            start = line.end
        if start > at:
            yield Span(at, start)
        at = max(at, end)
        if at >= line.end:
            return


def _says_something(text: str) -> bool:
    """Tell whether a stretch holds words that are not the form's own or an item's mark."""
    text = _NOT_TEXT.sub(" ", text).strip(_EDGE)
    letters = sum(char.isalpha() for char in text)
    return letters > 1 and not _FORM.match(fold(text)) and not mark_of(f"{text}. x")
