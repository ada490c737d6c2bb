"""The letterhead's cells, each with what it is: two columns of print become one list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alertdesk.lib.text import fold, squeeze

from .cleaning import cells_of

DOC_TYPES = (
    "CHỈ THỊ",
    "KẾ HOẠCH",
    "CÔNG ĐIỆN",
    "CÔNG VĂN",
    "THÔNG BÁO",
    "HƯỚNG DẪN",
    "PHƯƠNG ÁN",
    "QUYẾT ĐỊNH",
    "NGHỊ QUYẾT",
    "CHƯƠNG TRÌNH",
    "BÁO CÁO",
    "TỜ TRÌNH",
    "GIẤY MỜI",
    "BIÊN BẢN",
    "HỢP ĐỒNG",
)
_MOTTO = "conghoaxahoichunghiavietnam doclaptudohanhphuc dangcongsanvietnam"
# What is stamped on a letter, and how urgent that makes it.
_STAMPS = {
    "hoa toc": "immediate",
    "hoa toc hen gio": "immediate",
    "thuong khan": "very_urgent",
    "khan": "urgent",
    **dict.fromkeys(("mat", "toi mat", "tuyet mat", "du thao"), ""),
}
_BLANK = r"[\s.…_]*"
# Blanks to be filled in by hand are drawn with spaces, dots or lines: they must not look like columns.
_DATE_WORDS = re.compile(
    rf"\bngày{_BLANK}(\d{{0,2}}){_BLANK}tháng{_BLANK}(\d{{0,2}}){_BLANK}năm\s*(\d{{4}})?(?:\d{{0,3}}[.…_]+)?"
)
_SHAPES = (
    (_DATE_WORDS, r"ngày \1 tháng \2 năm \3"),
    (re.compile(rf"\bngày{_BLANK}(\d{{0,2}}){_BLANK}/{_BLANK}(\d{{1,2}})\s*/\s*(\d{{4}})"), r"ngày \1/\2/\3"),
    (re.compile(rf"\bSố(\s*:|(?=[\s.…_]*\d*[\s.…_]*[/-]\S))\s*(\d*[a-zA-Z]?){_BLANK}(?=[/-])"), r"Số: \2"),
    (re.compile(r",\s+(?=ngày\b)"), ", "),
)
# Where two columns have run into one line.
_SEAM = re.compile(
    r"(?<=\S)\s+(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]\s*Tự|Số\s*:|V/v\b|Kính gửi\s*:)"
    r"|(?<=VIỆT NAM)\s+(?=\S)|(?<=Hạnh phúc)\s+(?=\S)"
)
_NUMBER = re.compile(
    r"^Số\s*:?\s*(?P<number>\d+[a-zA-Z]?)?\s*[/-]\s*"
    r"(?P<symbol>[^\W_][^\s,;:|]*(?:\s*[-/]\s*[^\W\d_a-z][^\s,;:|]*)*)"
)
_DATE = re.compile(
    r"(?P<comma>,?)\s*\bngày\s*(?P<day>\d{0,2})\s*(?:tháng|/)\s*(?P<month>\d{0,2})\s*(?:năm|/)\s*(?P<year>\d{4})?\s*\.?$"
)
_SUBJECT = re.compile(r"^(?:V/v|Về việc)\b\s*[:.]?\s*", re.IGNORECASE)
_DAY = re.compile(r",\s*ngày\b")
_YEAR = re.compile(r"^(?:(?:tháng\s*)?\d{0,2}\s*năm\s*)?\d{4}$")
_PLACE_WORDS = 6


@dataclass(frozen=True)
class Cell:
    """One cell of the letterhead: its line, what it is, its text and what was found in it."""

    line: int
    kind: str  # motto stamp number date subject type text
    text: str
    found: dict


def head_cells(lines: list[str]) -> list[Cell]:
    """Return the cells of the letterhead in reading order."""
    cells = [cell for i, line in enumerate(lines) for part in _parts(line) for cell in _classified(i, part)]
    return _with_broken_date(cells)


def _with_broken_date(cells: list[Cell]) -> list[Cell]:
    """Return the cells with a date whose end stands a line below, in its column, put together again."""
    for index, cell in enumerate(cells):
        if not _DAY.search(cell.text) or cell.found.get("year") or cell.kind not in ("date", "text"):
            continue
        for below in cells[index + 1 : index + 4]:
            joined = _YEAR.match(below.text) and list(_classified(cell.line, f"{cell.text} {below.text}"))
            if joined and joined[-1].kind == "date" and joined[-1].found["year"]:
                return [*cells[:index], *joined, *(c for c in cells[index + 1 :] if c is not below)]
    return cells


def _parts(line: str) -> list[str]:
    """Return a line's columns, its blanks closed up first."""
    for shape, replacement in _SHAPES:
        line = shape.sub(replacement, line)
    return [squeeze(cell) for cell in cells_of(_SEAM.sub("\t", line))]


def _classified(line: int, text: str) -> Iterator[Cell]:
    """Yield a cell with its kind; what follows a number or precedes a date is a cell of its own."""
    number = _NUMBER.match(text)
    if number:
        yield Cell(line, "number", number[0], number.groupdict())
        rest = text[number.end() :].strip(" ,;")
        yield from _classified(line, rest) if rest else ()
        return
    date = _DATE.search(text)
    place = date and _place(text[: date.start()].strip(), bool(date["comma"]))
    if date and place is not None:
        before = text[: date.start()].strip().removesuffix(place).strip()
        yield from _classified(line, before) if before else ()
        yield Cell(line, "date", text, date.groupdict() | {"place": place})
        return
    yield _plain(line, text)


def _plain(line: int, text: str) -> Cell:
    """Return a cell that holds neither number nor date."""
    if _is_motto(text):
        return Cell(line, "motto", text, {})
    if (stamp := _stamp(text)) is not None:
        return Cell(line, "stamp", text, {"urgency": stamp, "stamp": text})
    subject = _SUBJECT.match(text)
    if subject:
        return Cell(line, "subject", text[subject.end() :], {})
    doc_type = next((name for name in DOC_TYPES if text == name or text.startswith(f"{name} ")), None)
    if doc_type:
        about = text[len(doc_type) :].strip()
        stamp = _stamp(about)
        found = {"type": doc_type.lower(), "urgency": stamp, "stamp": about}
        return Cell(line, "type", "" if stamp else about, found)
    return Cell(line, "text", text, {})


def _stamp(text: str) -> str | None:
    """Return how urgent a stamp makes the letter, "" for one about something else, None for no stamp."""
    return _STAMPS.get(fold(text).strip(" !.[]()"))


def _is_motto(text: str) -> bool:
    """Tell whether a cell is part of the national or the Party's heading."""
    letters = re.sub(r"[^a-z]", "", fold(text))
    return len(letters) >= 6 and (letters in _MOTTO or any(whole in letters for whole in _MOTTO.split()))


def _place(before: str, comma: bool) -> str | None:
    """Return the place named before a date, "" for none, None where the date is part of a sentence."""
    words = before.rstrip(",").split()
    if not words:
        return ""
    if not comma:
        return None
    if len(words) <= _PLACE_WORDS and words[0][0].isupper() and not _SUBJECT.match(before):
        return " ".join(words)
    start = next((i for i in range(len(words) - 1, -1, -1) if not words[i][0].isupper()), -1)
    return " ".join(words[start + 1 :]) or None
