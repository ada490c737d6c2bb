"""A scan summed up: machines by product line against the floor of Windows, weaknesses by place, what stays."""

from datetime import date

from directives.intake.scan_rows import ScanRow
from directives.models import ProductRow, WeaknessRow
from directives.reports.scans import lacking_reason, line_of, scanned_rows

DAY = date(2023, 4, 26)
CVE = "CVE-2023-28252"


def found(host, product="Windows 10", cve="", build="", state=""):
    return ScanRow(2, host, product, cve, build, state)


def test_a_product_is_called_as_the_registers_call_it():
    assert line_of(found("a", "Microsoft Windows Server 2012 R2 Standard")) == "Windows Server 2012 R2"
    assert line_of(found("a", "Microsoft Windows 11 Pro")) == "Windows 11"
    assert line_of(found("a", "Ubuntu 22.04")) == "Ubuntu 22.04"
    assert line_of(found("a", "", build="10.0.19045.2846")) == "Windows"
    assert line_of(found("a", "", build="5.15.0-71")) == ""


def test_machines_are_counted_once_and_judged_by_their_lowest_build():
    scan = [found("A", build="19045.2846"), found("a", build="19045.2728"), found("b", build="10.0.19045.3000")]
    (row,) = scanned_rows(scan, on=DAY)
    assert (row.product_line, row.total, row.updated, row.build) == ("Windows 10", 2, 1, "19045.2728")
    assert lacking_reason([row]) == [row]


def test_without_a_floor_the_states_decide_and_silence_is_not_updated():
    office = [
        found("a", "Office", CVE, state="fixed"),
        found("b", "Office", CVE, state="exposed"),
        found("c", "Office"),
    ]
    row = scanned_rows(office, on=DAY)[0]
    assert (row.total, row.updated) == (3, 1)
    later = scanned_rows([found("a", build="19045.2846")], on=date(2024, 1, 1))[0]
    assert later.updated == 0


def test_the_worst_machine_decides_for_a_weakness_and_the_rest_is_counted():
    scan = [
        found("a", cve=CVE, state="fixed"),
        found("b", cve=CVE, state="exposed"),
        found("c", cve=CVE, state="absent"),
    ]
    weakness = scanned_rows(scan, on=DAY)[1]
    assert (weakness.place, weakness.state) == ("Windows 10", "exposed")
    assert weakness.note == "Kết quả rà quét: 1/3 máy chưa khắc phục."


def test_without_a_product_a_weakness_stands_on_its_machine():
    (weakness,) = scanned_rows([found("10.0.0.9", "", CVE, state="mitigated")], on=DAY)
    assert (weakness.place, weakness.state) == ("10.0.0.9", "mitigated")


def test_words_written_before_stay_and_numbers_follow_the_scan():
    known = [
        ProductRow(product_line="windows 10", total=9, updated=1, reason="Chờ thay máy", until=date(2023, 5, 15)),
        ProductRow(product_line="Linux", total=2, updated=2),
        WeaknessRow(cve=CVE, place="Windows 10", state="exposed", note="Đã ngắt khỏi mạng."),
    ]
    scan = [found("a", cve=CVE, build="19045.2728", state="exposed")]
    windows, linux, weakness = scanned_rows(scan, on=DAY, known=known)
    assert (windows.total, windows.updated, windows.reason) == (1, 0, "Chờ thay máy")
    assert (linux.total, weakness.note) == (2, "Đã ngắt khỏi mạng.")


def test_a_second_scan_counts_anew_and_a_reason_goes_with_the_last_open_machine():
    first = scanned_rows([found("a", cve=CVE, build="19045.2728", state="exposed")], on=DAY)
    first[0].reason = "Đang tải"
    windows, weakness = scanned_rows([found("a", cve=CVE, build="19045.2846", state="fixed")], on=DAY, known=first)
    assert (windows.updated, windows.reason) == (1, "")
    assert (weakness.state, weakness.note) == ("fixed", "Kết quả rà quét: 0/1 máy chưa khắc phục.")
