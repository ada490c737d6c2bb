"""Excel workbooks as rows of text: one sheet in, one sheet out, nothing computed.

A file that comes from outside is measured before it is unpacked, declares no entities, and holds values
only: a formula's result depends on the program that last opened it, so a formula is refused by its place.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime, time

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .file_kinds import XLSX, content_type_of

MAX_UNPACKED = 20 * 1024 * 1024
MAX_COLUMNS = 60
MAX_TEXT = 2_000_000
WIDEST = 60
# What a spreadsheet program may take for the beginning of a formula, full-width signs included.
RISKY = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class TableUnreadable(ValueError):
    """A file is no table of text; `code` says why, `row` and `column` (a letter) where, if at one place.

    Codes: empty, not_a_table, too_large, too_many_rows, damaged, encoding, formula, error_value.
    """

    def __init__(self, code: str, row: int = 0, column: str = ""):
        super().__init__(f"{code} {row or ''}{column}".strip())
        self.code, self.row, self.column = code, row, column


def read_rows(data: bytes, *, max_rows: int) -> list[list[str]]:
    """Return the first sheet's rows as text, blank ones kept so that a row's number is its place."""
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return _collect(book, max_rows)
    except TableUnreadable:
        raise
    except Exception as error:  # openpyxl fails on a damaged file in many ways, all of them the file's fault
        raise TableUnreadable("damaged") from error


def write_rows(rows: Iterable[Iterable[str]], *, title: str) -> bytes:
    """Return a workbook with one sheet of text; the first row is its header."""
    return write_sheets([(title, rows)])


def write_sheets(sheets: Iterable[tuple[str, Iterable[Iterable[str | int]]]]) -> bytes:
    """Return a workbook with titled sheets of text and whole numbers; the first row of each is its header."""
    book = Workbook(write_only=True)
    for title, rows in sheets:
        _fill(book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31]), rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet, rows: Iterable[Iterable[str | int]]) -> None:
    table = [[value if isinstance(value, int) else _NOT_IN_XML.sub("", value) for value in row] for row in rows]
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(table):
        sheet.append([_cell(sheet, value, is_header=number == 0) for value in row])


def _check_archive(data: bytes) -> None:
    """Refuse what would grow too large, and XML that defines entities or hides behind another encoding."""
    if content_type_of(data) != XLSX:
        raise TableUnreadable("not_a_table")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise TableUnreadable("too_large")
            # A member yields no more than the size it declares, so the sum above holds.
            parts = [archive.read(member) for member in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zipfile.zlib.error) as error:
        raise TableUnreadable("damaged") from error
    if any(b"<!DOCTYPE" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff") for part in parts):
        raise TableUnreadable("damaged")


def _collect(book, max_rows: int) -> list[list[str]]:
    if not book.worksheets:
        raise TableUnreadable("empty")
    rows: list[list[str]] = []
    filled = letters = 0
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
        row = [_text(cell, number, place) for place, cell in enumerate(cells, 1)]
        filled += any(row)
        letters += sum(map(len, row))
        if filled > max_rows + 1:
            raise TableUnreadable("too_many_rows", max_rows)
        if letters > MAX_TEXT:
            raise TableUnreadable("too_large")
        rows.append(row)
    width = max((place for row in rows for place, text in enumerate(row, 1) if text), default=0)
    return [row[:width] for row in rows]


def _text(cell, row: int, place: int) -> str:
    """Return a cell's value as text; dates as 2023-12-31, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        raise TableUnreadable("formula" if cell.data_type == "f" else "error_value", row, get_column_letter(place))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _cell(sheet, value: str | int, *, is_header: bool) -> WriteOnlyCell:
    """Return a number as a number, a text as nothing but text."""
    return WriteOnlyCell(sheet, value=value) if isinstance(value, int) else _text_cell(sheet, value, is_header)


def _text_cell(sheet, text: str, is_header: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # whatever the text begins with, it is no formula, number or date
    cell.number_format = "@"
    cell.quotePrefix = text[:1] in RISKY and bool(text)
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _widths(table: list[list[str | int]]) -> list[int]:
    columns = zip(*table, strict=False)
    return [min(max(len(str(value)) for value in column) + 2, WIDEST) for column in columns]
