"""Calendar files, read back by a small reader that follows RFC 5545 word by word."""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alertdesk.lib.calendar_file import Entry, write_calendar
from alertdesk.lib.clock import local

NOW = local(2023, 4, 28, 9)


def read(data: bytes) -> list[dict]:
    """Return the events of a calendar file as name → value."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw)
    lines = re.sub("\r\n ", "", data.decode()).split("\r\n")[:-1]
    pairs = [line.split(":", 1) for line in lines]
    assert pairs[0] == ["BEGIN", "VCALENDAR"]
    assert pairs[-1] == ["END", "VCALENDAR"]
    assert ["VERSION", "2.0"] in pairs
    events, current = [], None
    for name, value in pairs:
        if (name, value) == ("BEGIN", "VEVENT"):
            current = {}
        elif (name, value) == ("END", "VEVENT"):
            events.append(current)
            current = None
        elif current is not None:
            assert name not in current
            current[name] = value
    return events


def text(value: str) -> str:
    """Return a TEXT value without its escapes."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def moment(value: str) -> datetime:
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def entry(summary="Trực giám sát", description="", number=1):
    start = local(2023, 4, 29, 19, 30)
    return Entry(f"shift-{number}@alertdesk.example", start, start + timedelta(hours=12), summary, description)


def test_times_come_back_in_utc():
    (event,) = read(write_calendar([entry()], name="Lịch trực", stamped_at=NOW))
    assert event["DTSTART"] == "20230429T123000Z"
    assert moment(event["DTEND"]) == local(2023, 4, 30, 7, 30)
    assert moment(event["DTSTAMP"]) == NOW
    assert event["UID"] == "shift-1@alertdesk.example"


def test_an_empty_roster_is_an_empty_calendar():
    assert read(write_calendar([], name="Lịch trực", stamped_at=NOW)) == []


def test_typed_words_cannot_add_lines_or_events():
    wild = "An\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:khác; phẩy, \\ gạch\x00\x85\u2028"
    (event,) = read(write_calendar([entry(wild, wild)], name=wild, stamped_at=NOW))
    assert text(event["SUMMARY"]) == "An\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:khác; phẩy, \\ gạch"
    assert event.keys() == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"}


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_words_come_back_without_a_cut_letter(words):
    expected = "".join(
        sign for sign in words.replace("\r\n", "\n").replace("\r", "\n") if sign == "\n" or sign.isprintable()
    )
    (event,) = read(write_calendar([entry(words, words)], name=words, stamped_at=NOW))
    assert text(event["SUMMARY"]) == expected
    assert text(event.get("DESCRIPTION", "")) == (expected if words else "")
