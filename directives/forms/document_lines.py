"""The lists of a directive as plain text, one line each: written for a text area and read back."""

import re

from alertdesk.lib.text import fold, nfc, squeeze

_FILED = re.compile(r"^\s*Lưu\s*[:：]\s*(.+)$", re.IGNORECASE)
_NOTE = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")
_LETTER = re.compile(
    r"^(?:công văn )?(?:số )?(?P<number>\S+)"
    r"(?: ngày (?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}))?"
    r"(?: của (?P<issuer>.+))?$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"^\+?[\d\s.()-]{3,}$")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text area without bullets, end marks and blank ones."""
    stripped = (squeeze(line).lstrip("-–•+ ").rstrip(" ;") for line in nfc(text).splitlines())
    return [line for line in stripped if line]


def write_copies(copies: list[dict]) -> str:
    """Write Nơi nhận as it is printed, one line each."""
    return "\n".join(_write_copy(copy) for copy in copies)


def _write_copy(copy: dict) -> str:
    name, note = copy["name"], copy.get("note")
    if not note:
        return name
    return f"{name}: {note}" if fold(name) == "luu" else f"{name} ({note})"


def read_copies(text: str) -> list[dict]:
    """Read Nơi nhận: a name, perhaps with a note in brackets; "Lưu:" is followed by its note."""
    return [_read_copy(line.rstrip(".")) for line in lines_of(text)]


def _read_copy(line: str) -> dict:
    if filed := _FILED.match(line):
        return {"name": "Lưu", "note": filed[1]}
    noted = _NOTE.match(line)
    return {"name": noted[1], "note": noted[2]} if noted else {"name": line, "note": None}


def write_contacts(contacts: list[dict]) -> str:
    """Write support contacts as "name: telephones, addresses", one line each."""
    return "\n".join(_write_contact(contact) for contact in contacts)


def _write_contact(contact: dict) -> str:
    reached = ", ".join([*contact.get("phones", ()), *contact.get("emails", ())])
    return f"{contact.get('name') or ''}: {reached}" if reached else contact.get("name") or ""


def read_contacts(text: str) -> list[dict]:
    """Read support contacts; what stands after the last colon are telephones and addresses."""
    return [_read_contact(line) for line in lines_of(text)]


def _read_contact(line: str) -> dict:
    name, colon, rest = line.rpartition(":")
    parts = [squeeze(part).rstrip(".") for part in re.split(r"[,;]| hoặc ", rest) if part.strip()]
    emails = [part for part in parts if "@" in part]
    phones = [part for part in parts if _PHONE.match(part)]
    if not colon or len(emails) + len(phones) != len(parts):
        return {"name": line, "phones": [], "emails": []}
    return {"name": squeeze(name) or None, "phones": phones, "emails": emails}


def write_letters(letters: list[dict]) -> str:
    """Write the letters a directive carries out as "1520/BTTTT-CATTT ngày 26/4/2023 của …", one line each."""
    return "\n".join(_write_letter(letter) for letter in letters)


def _write_letter(letter: dict) -> str:
    day, month, year = letter.get("day"), letter.get("month"), letter.get("year")
    dated = f" ngày {day}/{month}/{year}" if day and month and year else ""
    return f"{letter['number']}{dated}" + (f" của {letter['issuer']}" if letter.get("issuer") else "")


def read_letters(text: str) -> list[dict]:
    """Read the letters a directive carries out; a line of another form stays whole, as the number."""
    return [_read_letter(line) for line in lines_of(text)]


def _read_letter(line: str) -> dict:
    found = _LETTER.match(line)
    if not found:
        return {"number": line, "day": None, "month": None, "year": None, "issuer": None}
    values = found.groupdict()
    return values | {name: int(values[name]) if values[name] else None for name in ("day", "month", "year")}
