"""The foot of a letter: Nơi nhận on the left, the signature on the right."""

import re
from dataclasses import dataclass

from alertdesk.lib.text import squeeze

from .cleaning import cells_of, run_on
from .draft import Copy, Signer
from .marks import is_dash, without_dash
from .words import is_authority, is_person, is_title, is_vietnamese_surname

_COPIES = re.compile(r"^\W*Nơi nhận\b\s*:?\s*", re.IGNORECASE)
_SEAM = re.compile(r"\s+(?=(?:KT|TM|TL|TUQ)\.\s*[A-ZĐ]{2})")
_AFTER_ENTRY = re.compile(r"[;.)]\s+")
_TITLE_SEAM = re.compile(r"(?<=\w)\s+(?=PHÓ\b|Q\.)")
_SIGNED = re.compile(
    r"\(?\s*\b(?:đã ký|ký tên|ký, đóng dấu|đóng dấu|ký số|người ký|ký bởi|digitally signed|signature|chữ ký)\b[^)]*\)?",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"^Lưu\b\s*:?\s*", re.IGNORECASE)
_ARCHIVE_END = re.compile(r"^(?P<archive>.*\bLưu\b\s*:?\s*\S.*?[.;])\s+(?P<name>[^\W\d_a-z]\S+(?:\s+\S+){1,4})$")
_NOTE = re.compile(r"^(?P<name>.*?)\s*\((?P<note>[^()]*)\)\s*$")
_SEPARATOR = re.compile(r";(?![^()]*\))")
_END = " .;,"
_LONGEST = 300  # no cell of a foot is longer; what is, is text


@dataclass(frozen=True)
class Tail:
    """Who gets copies and who signs."""

    copies: tuple[Copy, ...]
    signer: Signer


@dataclass(frozen=True)
class _Cell:
    kind: str  # copies authority title name text
    text: str


def read_tail(lines: list[str]) -> Tail:
    """Return the copies and the signer; the two columns may come in any order or interleaved."""
    cells = [_classified(part) for line in lines for part in _parts(line)]
    return Tail(_copies(cells), _signer(cells))


def _parts(line: str) -> list[str]:
    """Return the cells of a line, taken apart where columns or title and name have run together."""
    parts = []
    for cell in cells_of(_SEAM.sub("\t", line)):
        cell = squeeze(_SIGNED.sub("", cell))
        parts += [cell] if len(cell) > _LONGEST else _split_name(cell) if cell else []
    return parts


def _split_name(cell: str) -> list[str]:
    """Return a cell as [authority,] title and name, or archive line and name, where one holds them all."""
    archive = _ARCHIVE_END.match(cell)
    if archive and is_person(archive["name"]) and is_vietnamese_surname(archive["name"].split()[0]):
        return [archive["archive"], archive["name"]]
    capitals = _capitals(cell)
    if is_title(capitals) or is_authority(capitals):
        name = cell[len(capitals) :].strip()
        blocks = _TITLE_SEAM.split(capitals) if is_authority(capitals) else [capitals]
        return [*blocks, name] if is_person(name) else blocks if not name else [cell]
    for entry in _AFTER_ENTRY.finditer(cell):
        if is_title(_capitals(cell[entry.end() :])):
            return [cell[: entry.end()].strip(), *_split_name(cell[entry.end() :])]
    return [cell]


def _capitals(text: str) -> str:
    """Return the capitals that a text begins with, up to a word written as names are."""
    if text.isupper():
        return text
    lower = next((i for i, char in enumerate(text) if char.islower()), 0)
    return text[: max(lower - 1, 0)].rstrip()


def _classified(text: str) -> _Cell:
    """Return a cell with what it looks like by itself."""
    if _COPIES.match(text):
        return _Cell("copies", _COPIES.sub("", text))
    for kind, test in (("authority", is_authority), ("title", is_title), ("name", is_person)):
        if test(text) and not is_dash(text):
            return _Cell(kind, text)
    return _Cell("text", text)


def _signer(cells: list[_Cell]) -> Signer:
    """Return who signs, from the capitals and the name under them."""
    authority: list[str] = []
    title: list[str] = []
    name = None
    for cell in cells:
        block = title or authority
        if cell.kind == "authority":
            authority.append(cell.text)
        elif cell.kind == "title" and not name:
            title.append(cell.text)
        elif cell.kind == "name" and (authority or title):
            name = name or cell.text
        elif block and not name and cell.text.isupper() and not is_dash(cell.text):
            block[-1] += f" {cell.text}"
    return Signer("\n".join(authority) or None, " ".join(title) or None, name)


def _copies(cells: list[_Cell]) -> tuple[Copy, ...]:
    """Return the lines of Nơi nhận; the list ends with the archive line."""
    start = next((i for i, cell in enumerate(cells) if cell.kind == "copies"), None)
    if start is None:
        return ()
    entries: list[str] = [cells[start].text] if cells[start].text else []
    for cell in cells[start + 1 :]:
        if _is_signature(cell, entries):
            continue
        if entries and not is_dash(cell.text) and not entries[-1].endswith((";", ".")):
            entries[-1] = run_on(entries[-1], cell.text)
        elif entries and _is_archive(entries[-1]) and not is_dash(cell.text):
            break
        else:
            entries.append(cell.text)
    return tuple(_copy(part) for entry in entries for part in _SEPARATOR.split(entry) if part.strip(_END + "-"))


def _is_signature(cell: _Cell, entries: list[str]) -> bool:
    """Tell whether a cell stands in the signature's column; a name may also go on with a line of the list."""
    if cell.kind == "name":
        return not entries or _is_archive(entries[-1]) or is_vietnamese_surname(cell.text.split()[0])
    return cell.kind in ("authority", "title") or (cell.text.isupper() and not is_dash(cell.text) and " " in cell.text)


def _is_archive(entry: str) -> bool:
    """Tell whether an entry is the archive line, the last of the list."""
    return bool(_ARCHIVE.match(without_dash(entry)))


def _copy(entry: str) -> Copy:
    """Return one line as name and note."""
    entry = without_dash(entry.strip()).strip(_END)
    if _ARCHIVE.match(entry):
        return Copy("Lưu", _ARCHIVE.sub("", entry).strip(_END) or None)
    note = _NOTE.match(entry)
    return Copy(note["name"].strip(_END), squeeze(note["note"])) if note and note["name"] else Copy(entry)
