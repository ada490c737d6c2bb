"""The day by which the addressees report, where the text says one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alertdesk.lib.text import fold

from .dates import DATE, parts, real_date
from .proposals import sentences_of

_TIME = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{2})?\s*(?:phút)?\s*(?:sáng|chiều|tối)?\s*,?\s*)?"
_WEEKDAY = r"(?:\(?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\)?\s*,?\s*)?"
_DEADLINE = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|không quá|hạn(?: cuối| chót)?|thời hạn|thời gian (?:gửi|nhận|báo cáo)|xong)\b"
    r"[^.;:\d]{0,60}:?\s*(?:trước\s+|là\s+|vào\s+|đến\s+|hết\s+|lúc\s+|trong\s+)*"
    rf"{_TIME}{_WEEKDAY}(?:của\s+)?(?:ngày\s+)?{DATE}",
    re.IGNORECASE,
)
# How surely a sentence speaks of the report itself, the surest first.
_TIERS = (
    re.compile(r"\bbao cao\b|\btong hop ket qua\b"),
    re.compile(r"\bgui (?:ve|ket qua)\b|\bket qua\b.*\bve\b|\bhan (?:gui|nop)\b"),
)


@dataclass(frozen=True)
class Deadline:
    """What was found: `text` as ISO or None, why it is to be looked at, and the words that said it."""

    text: str | None
    code: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class _Found:
    text: str
    year_taken: bool
    words: str


def read_deadline(paragraphs: Iterable[str], closing: Iterable[str], issued: tuple) -> Deadline:
    """Return the one reporting day; two different ones give none, for that would be a guess.

    A day within an action belongs to that action; only in the closing does any day count.
    `issued` is the document's (day, month, year): a day before it is no deadline, and a date
    without a year takes the document's.
    """
    sentences = _sentences(paragraphs)
    tiers = [[sentence for sentence in sentences if tier.search(fold(sentence))] for tier in _TIERS]
    for candidates in (*tiers, _sentences(closing)):
        found = list({item.text: item for sentence in candidates for item in _dates(sentence, issued)}.values())
        if len(found) > 1:
            return Deadline(None, "deadline_many")
        if found:
            return Deadline(found[0].text, "deadline_year" if found[0].year_taken else None, found[0].words)
    return Deadline(None, "deadline")


def _sentences(paragraphs: Iterable[str]) -> list[str]:
    """Return the sentences of paragraphs."""
    return [sentence for text in paragraphs for line in text.split("\n") for sentence in sentences_of(line)]


def _dates(sentence: str, issued: tuple) -> Iterable[_Found]:
    """Yield the days before which a sentence wants something."""
    for match in _DEADLINE.finditer(sentence):
        day, month, year = parts(match)
        due = real_date(day, month, year or issued[2])
        if due and not _is_past(due, issued):
            yield _Found(due.isoformat() + _clock(match), year_taken=year is None, words=match[0])


def _is_past(due: date, issued: tuple) -> bool:
    """Tell whether a day lies before the document's own date, as far as that is known."""
    day, month, year = issued
    return bool(year) and (due.year, due.month, due.day) < (year, month or 1, day or 1)


def _clock(match: re.Match) -> str:
    """Return "THH:MM", or "" where no time of day is said."""
    hour, minute = int(match["hour"] or 24), int(match["minute"] or 0)
    return f"T{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""
