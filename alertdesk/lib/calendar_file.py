"""Calendar files (iCalendar, RFC 5545): a few entries out, nothing in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LONGEST_LINE = 75  # octets, without the line end


@dataclass(frozen=True)
class Entry:
    """One entry; `uid` is the same whenever the same thing is written again, so that calendars replace it."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""


def write_calendar(entries: Iterable[Entry], *, name: str, stamped_at: datetime) -> bytes:
    """Return a calendar of entries, their times in UTC; `stamped_at` is when they were read."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//alertdesk//duty roster//VI",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for entry in entries for line in _lines(entry, stamped_at)),
        "END:VCALENDAR",
    ]
    return b"".join(piece + b"\r\n" for line in lines for piece in _folded(line))


def _lines(entry: Entry, stamped_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(entry.uid)}"
    yield f"DTSTAMP:{_utc(stamped_at)}"
    yield f"DTSTART:{_utc(entry.starts_at)}"
    yield f"DTEND:{_utc(entry.ends_at)}"
    yield f"SUMMARY:{_escaped(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{_escaped(entry.description)}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Return a TEXT value: no control characters, and nothing that could end the line or begin another value."""
    plain = "".join(
        sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign == "\n" or sign.isprintable()
    )
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """Cut a line into pieces that fit; a piece after the first begins with a space, no letter is cut."""
    piece = b""
    for sign in line:
        letter = sign.encode()
        if len(piece) + len(letter) > _LONGEST_LINE:
            yield piece
            piece = b" "
        piece += letter
    yield piece
