"""Tables of text come and go as CSV and Excel without a value changing, and no file of any kind does harm."""

import io
import random
import unicodedata
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from alertdesk.lib.tables import read_table, write_csv, write_xlsx
from alertdesk.lib.xlsx import MAX_UNPACKED, TableUnreadable

HARD = [
    "=1+1", "+84256", "-2", "@SUM(A1)", "'=x", "'", "''", "'abc", "'@", "\tx", '"', '""a', "a,b", "a;b", "a|b",
    "dòng một\ndòng hai", "Sở Y tế", unicodedata.normalize("NFD", "Sở Y tế"), "0256.2210517", "00123", "1e5",
    "2023-12-31", "TRUE", "#12", "＝1", "", "đ", "🏛", "' =", "#N/A",
]  # fmt: skip


def random_rows(seed):
    source = random.Random(seed)  # noqa: S311 — a reproducible choice of texts, no secret
    alphabet = "".join(HARD) + "ăâêôơư ạảã{}[]<>&\\/:"
    words = ["".join(source.choices(alphabet, k=source.randint(0, 30))) for _ in range(60)] + HARD
    source.shuffle(words)
    return [["a", "b", "c"], *[[*words[n : n + 2], "x"] for n in range(0, len(words) - 1, 2)]]


def said(data, max_rows=50):
    with pytest.raises(TableUnreadable) as refusal:
        read_table(data, max_rows=max_rows)
    return refusal.value


def book_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("seed", range(20))
def test_what_is_written_as_csv_reads_back_to_the_same(seed):
    rows = random_rows(seed)
    assert read_table(write_csv(rows), max_rows=100) == rows


@pytest.mark.parametrize("seed", range(20))
def test_what_is_written_as_a_workbook_reads_back_to_the_same(seed):
    rows = random_rows(seed)
    assert read_table(write_xlsx(rows, title="Danh mục"), max_rows=100) == rows


def test_no_cell_of_a_written_csv_begins_like_a_formula():
    lines = write_csv([[text] for text in HARD]).decode("utf-8-sig").splitlines()
    assert not [line for line in lines if line.lstrip('"')[:1] in set("=+-@\t＝")]


def test_no_cell_of_a_written_workbook_is_a_formula():
    book = load_workbook(io.BytesIO(write_xlsx([["h"], *[[text] for text in HARD]], title="t")))
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert next(cell for cell in cells if cell.value == "=1+1").quotePrefix


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_delimiter_and_encoding_of_excel_is_read(sign, encoding):
    text = sign.join(["tên", "địa danh"]) + "\r\n" + sign.join(['"Sở, Y; tế"', "Bình Định"]) + "\r\n"
    assert read_table(text.encode(encoding), max_rows=5) == [["tên", "địa danh"], ["Sở, Y; tế", "Bình Định"]]


def test_numbers_and_days_of_a_workbook_become_plain_text():
    from_excel = book_of(["a", "b", "c"], [256.0, True, 1.5], [date(2025, 3, 1), None, 7])
    assert read_table(from_excel, max_rows=5)[1:] == [["256", "True", "1.5"], ["2025-03-01", "", "7"]]


def test_a_formula_is_refused_by_its_place():
    refusal = said(book_of(["a", "b"], ["x", "=HYPERLINK(A1)"]))
    assert (refusal.code, refusal.row, refusal.column) == ("formula", 2, "B")


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", b" " * (MAX_UNPACKED + 1))
    return file.getvalue()


def with_part(data, name, text):
    """Return the workbook with one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        for member in source.namelist():
            target.writestr(member, text if member == name else source.read(member))
    return file.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b",,\r\n,,\r\n", "empty"),
        (b"PK\x03\x04 nothing", "not_a_table"),
        (bomb(), "too_large"),
        (with_part(book_of(["a"]), "xl/workbook.xml", ENTITIES), "damaged"),
        (with_part(book_of(["a"]), "xl/worksheets/sheet1.xml", "<worksheet"), "damaged"),
        (with_part(book_of(["a"]), "xl/workbook.xml", "\ufeff<x/>".encode("utf-16")), "damaged"),
        (book_of(["a"])[:-80], "not_a_table"),
        ("Đà".encode("cp1252", "replace") + b"\xe0", "encoding"),
        (b"a,b\x00c\n", "not_a_table"),
        (b'a,"b\n', "damaged"),
        (b"a\n" * 52, "too_many_rows"),
        (book_of(*[["a"]] * 52), "too_many_rows"),
        (b"a\n" + b"x" * 2_000_001, "too_large"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data, code):
    assert said(data).code == code
