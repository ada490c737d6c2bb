"""A scan's file as rows: headings as scanners write them, mistakes by row, hostile files refused in words."""

import pytest

from alertdesk.lib.tables import write_xlsx
from directives.intake import DirectiveUnreadable, read_scan_safely
from directives.intake.scan_rows import MAX_ROWS, read_scan

EXPORTS = [
    "Plugin ID,CVE,Risk,Host,OS,OS Build,Status\n1,CVE-2023-28252,High,10.0.0.1,Windows 10,19045.2728,Open\n",
    "IP Address;Operating System;CVE ID;Build;State\n10.0.0.1;Windows 10;cve-2023-28252;19045.2728;active\n",
    "Tên máy\tHệ điều hành\tMã CVE\tSố bản dựng\tTrạng thái\n"
    "10.0.0.1\tWindows 10\tCVE-2023-28252\t19045.2728\tChưa vá\n",
    "Máy,Sản phẩm,Lỗ hổng,Phiên bản,Đã khắc phục\n10.0.0.1,Windows 10,CVE-2023-28252,19045.2728,Không\n",
    "asset_name,product,cves,version\n10.0.0.1,Windows 10,CVE-2023-28252,19045.2728\n",
]


@pytest.mark.parametrize("text", EXPORTS)
def test_headings_are_recognised_as_scanners_write_them(text):
    (row,) = read_scan(text.encode()).rows
    said = (row.row, row.host, row.product, row.cve, row.build, row.state)
    assert said == (2, "10.0.0.1", "Windows 10", "CVE-2023-28252", "19045.2728", "exposed")


def test_a_workbook_reads_as_the_same_table():
    rows = [line.split(",") for line in EXPORTS[0].splitlines()]
    assert read_scan(write_xlsx(rows, title="Quét")) == read_scan(EXPORTS[0].encode())


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Fixed", "fixed"), ("đã vá", "fixed"), ("REOPENED", "exposed"), ("Còn tồn tại", "exposed"),
        ("mitigated", "mitigated"), ("Giảm thiểu", "mitigated"),
        ("Not affected", "absent"), ("Không ảnh hưởng", "absent"),
    ],
)  # fmt: skip
def test_states_in_both_languages(word, state):
    (row,) = read_scan(f"host,cve,status\nmay-1,CVE-2023-1111,{word}\n".encode()).rows
    assert row.state == state


def test_a_row_of_several_numbers_is_one_row_for_each():
    rows = read_scan(b'host,cve\nmay-1,"CVE-2023-1111, CVE-2023-2222"\n').rows
    assert [row.cve for row in rows] == ["CVE-2023-1111", "CVE-2023-2222"]


def test_what_is_wrong_is_named_by_its_row_and_what_says_nothing_is_counted():
    table = read_scan(
        b"host,cve,status,os\n,CVE-2023-1,open,\nm,xyz,open,\nm,CVE-2023-1111,perhaps,\nm,,,\n\nm,,,Linux\n"
    )
    assert [(problem.row, problem.code) for problem in table.problems] == [
        (2, "no_host"),
        (2, "cve"),
        (3, "cve"),
        (4, "state"),
    ]
    assert (table.blank, [row.row for row in table.rows]) == (1, [7])


HOSTILE = [
    (b"", "empty"),
    (b"%PDF-1.7\n", "no_scan_columns"),
    (b"PK\x03\x04 not a workbook", "unsupported_scan"),
    (b"MZ\x00\x00\x01", "unsupported_scan"),
    (b"CVE,CVSS\nCVE-2023-1111,5\n", "no_scan_columns"),
    (b"host,owner\nmay-1,an\n", "no_scan_columns"),
    (b"host,cve\n" + b"may,CVE-2023-1111\n" * (MAX_ROWS + 1), "too_many_scan_rows"),
    (b"host,cve\n" + b"m" * 3_000_000, "too_many_scan_rows"),
    ("host,cve\nmáy".encode("cp1258", "replace") + b"\xff\xfe\xfd", "unknown_encoding"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE, ids=[code + str(n) for n, (_data, code) in enumerate(HOSTILE)])
def test_a_file_that_is_no_scan_is_refused_by_a_sentence(data, code):
    with pytest.raises(DirectiveUnreadable) as refusal:
        read_scan(data)
    assert refusal.value.code == code


def test_the_child_process_hands_over_the_same_rows_and_refusals():
    assert read_scan_safely(EXPORTS[0].encode()) == read_scan(EXPORTS[0].encode())
    with pytest.raises(DirectiveUnreadable) as refusal:
        read_scan_safely(b"host,owner\nmay-1,an\n")
    assert refusal.value.code == "no_scan_columns"
