"""A table of text in a file, CSV or Excel: what is written here reads back to the same values."""

import csv
import io
from collections.abc import Iterable

from . import xlsx
from .xlsx import RISKY, TableUnreadable

DELIMITERS = (",", ";", "\t")
# Excel and its relatives read a leading apostrophe as "this is text"; so does `_bare` here.
APOSTROPHE = "'"


def read_table(data: bytes, *, max_rows: int) -> list[list[str]]:
    """Return the rows of an .xlsx or a CSV file (UTF-8 or UTF-16; comma, semicolon or tab) as text.

    Raises TableUnreadable. Blank rows are kept, so the place of a row is its number in the file.
    """
    if not data.strip():
        raise TableUnreadable("empty")
    rows = xlsx.read_rows(data, max_rows=max_rows) if data.startswith(b"PK") else _read_csv(data, max_rows)
    if not any(any(row) for row in rows):
        raise TableUnreadable("empty")
    return [[_bare(text) for text in row] for row in rows]


def write_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Return UTF-8 with its mark, which Excel needs to read Vietnamese; no cell can act as a formula."""
    file = io.StringIO()
    csv.writer(file).writerows([APOSTROPHE + text if _is_risky(text) else text for text in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Iterable[Iterable[str]], *, title: str) -> bytes:
    """Return a workbook; its cells are typed as text, so only an apostrophe needs its own sign."""
    return xlsx.write_rows(
        ([APOSTROPHE + text if _bare(text) != text else text for text in row] for row in rows), title=title
    )


def _is_risky(text: str) -> bool:
    return text[:1] in (*RISKY, APOSTROPHE)


def _bare(text: str) -> str:
    """Take off the apostrophe that marks a risky beginning as text; any other apostrophe belongs to the value."""
    return text[1:] if text.startswith(APOSTROPHE) and _is_risky(text[1:]) else text


def _read_csv(data: bytes, max_rows: int) -> list[list[str]]:
    text = _decoded(data)
    if len(text) > xlsx.MAX_TEXT:
        raise TableUnreadable("too_large")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise TableUnreadable("damaged") from error
    if sum(any(row) for row in rows) > max_rows + 1:
        raise TableUnreadable("too_many_rows", max_rows)
    return rows


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableUnreadable("encoding") from error
    if "\x00" in text:
        raise TableUnreadable("not_a_table")
    return text


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the header the most columns; Excel's depends on the machine's region."""
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader(io.StringIO(text), delimiter=sign), [])))
