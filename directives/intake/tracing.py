"""The spans of a draft's fields: each is looked for in the part of the letter where it was read."""

import re
from collections.abc import Iterator

from .draft import BaseLetter, Contact, Copy, Draft
from .spans import Span, Trace

_ADDRESS = re.compile(r"^[^\w\n]*Kính\s+gửi|^[^\n]*điện[ \t]*:[ \t]*$", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(
    r"ngày[\s.…_]*(?P<day>\d{0,2})[\s.…_]*(?:tháng|/)[\s.…_]*(?P<month>\d{0,2})[\s.…_]*(?:năm|/)\s*(?P<year>\d{4})?",
    re.IGNORECASE,
)
_CVE = r"\bCVE\W{1,3}%s\W{1,3}%s\b"
# Parts of one contact or base letter stand together; what is farther away is another mention.
_NEAR = 400
_PARTS = ("day", "month", "year")


def spans_of(draft: Draft, deadline_words: str | None = None, stamp: str | None = None) -> dict[str, list[Span]]:
    """Return where each field stands in the draft's source; a list's elements are "actions.1", "actions.2" …

    A deadline and an urgency are found by the words that said them.
    """
    return _Tracer(draft).spans(deadline_words, stamp)


class _Tracer:
    """Walks a letter from its head to its foot, each part beginning where the one before ended."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.trace = Trace(draft.source)
        address = _ADDRESS.search(draft.source)
        self.address = address.start() if address else 0

    def spans(self, deadline_words: str | None, stamp: str | None) -> dict[str, list[Span]]:
        """Return the spans of all fields that could be found again."""
        body: dict[str, list[Span]] = {}
        at = self._walk(body, "recipients", self.draft.recipients, self.address)
        start = at = self._walk(body, "preamble", self.draft.preamble.split("\n"), at)
        at = self._walk(body, "actions", [action.text for action in self.draft.actions], at)
        at = self._walk(body, "closing", self.draft.closing.split("\n"), at)
        found = body | dict(self._head()) | dict(self._named(start)) | dict(self._foot(at)) | dict(self._cves())
        found["deadline"] = self.trace.find(deadline_words, start)
        found["urgency"] = self.trace.find(stamp, 0, self.address or None)
        return {field: spans for field, spans in found.items() if spans}

    def _walk(self, found: dict, field: str, values, at: int) -> int:
        """Find values one behind the other, the next where the last ended; return where the last one ends."""
        for number, value in enumerate(values, 1):
            spans = self.trace.find(value, at)
            found[f"{field}.{number}"] = spans
            at = max([at, *(span.end for span in spans)])
        return at

    def _head(self) -> Iterator[tuple[str, list[Span]]]:
        """Yield the letterhead's fields."""
        draft, end = self.draft, self.address or None
        at = 0
        for field in ("issuer_parent", "issuer"):
            spans = self.trace.find(getattr(draft, field), at, end)
            at = max([at, *(span.end for span in spans)]) if len(spans) == 1 else at
            yield field, spans
        for field in ("symbol", "place", "subject", "doc_type"):
            value = getattr(draft, field)
            yield field, self.trace.find(value.upper() if field == "doc_type" else value, 0, end)
        if draft.number:
            whole = self.trace.find(f"{draft.number}/{draft.symbol or ''}", 0, end)
            yield "number", [Span(whole[0].start, whole[0].start + len(draft.number))] if whole else []
        yield from self._date(end)

    def _date(self, end: int | None) -> Iterator[tuple[str, list[Span]]]:
        """Yield day, month and year from the first date that says what was read; its year may be a line below."""
        draft = self.draft
        wanted = {part: value for part in _PARTS if (value := getattr(draft, part))}
        for match in _DATE.finditer(draft.source, 0, end or len(draft.source)):
            if all(int(match[part]) == value for part, value in wanted.items() if match[part]):
                yield from ((part, [Span(*match.span(part))]) for part in wanted if match[part])
                if "year" in wanted and not match["year"]:
                    yield "year", self.trace.find(str(draft.year), match.end(), match.end() + _NEAR)
                return
        if len(wanted) < len(_PARTS):
            return
        printed = (
            f"ngày {draft.day:02d} tháng {month} năm {draft.year}" for month in (draft.month, f"{draft.month:02d}")
        )
        broken = next((spans for words in printed if (spans := self.trace.find(words, 0, end))), [])
        yield from ((part, broken) for part in wanted)

    def _named(self, start: int) -> Iterator[tuple[str, list[Span]]]:
        """Yield the letters that are carried out and the contacts."""
        for number, letter in enumerate(self.draft.based_on, 1):
            yield f"based_on.{number}", self._together(_letter_words(letter), self.address)
        for number, contact in enumerate(self.draft.contacts, 1):
            yield f"contacts.{number}", self._together(_contact_words(contact), start)

    def _together(self, words: list[str], start: int) -> list[Span]:
        """Return one span from the first to the last of the words that stand near each other."""
        first = next((spans for word in words if (spans := self.trace.find(word, start))), [])
        if not first:
            return []
        low, high = first[0].start, first[-1].end
        near = (self.trace.find(word, max(low - _NEAR, start), high + _NEAR) for word in words)
        ends = [span for spans in near for span in spans]
        return [Span(min(span.start for span in ends), max(span.end for span in ends))] if ends else first

    def _foot(self, start: int) -> Iterator[tuple[str, list[Span]]]:
        """Yield Nơi nhận and the signature, which may stand beside each other in any order."""
        for number, copy in enumerate(self.draft.copies, 1):
            yield f"copies.{number}", self.trace.find(_copy_words(copy), start)
        signer = self.draft.signer
        words = [*(signer.authority or "").split("\n"), signer.title, signer.name]
        yield "signer", [span for word in words for span in self.trace.find(word, start)]

    def _cves(self) -> Iterator[tuple[str, list[Span]]]:
        """Yield every mention of each weakness."""
        for number, cve in enumerate(self.draft.cves, 1):
            pattern = re.compile(_CVE % tuple(cve.split("-")[1:]), re.IGNORECASE)
            yield f"cves.{number}", [Span(*match.span()) for match in pattern.finditer(self.draft.source)]


def _letter_words(letter: BaseLetter) -> list[str]:
    """Return what names a letter, the surest first."""
    return [letter.number, *([letter.issuer] if letter.issuer else [])]


def _contact_words(contact: Contact) -> list[str]:
    """Return what names a contact, the surest first."""
    return [*contact.phones, *contact.emails, *([contact.name] if contact.name else [])]


def _copy_words(copy: Copy) -> str:
    """Return a line of Nơi nhận as it was printed."""
    return f"{copy.name} {copy.note or ''}"
