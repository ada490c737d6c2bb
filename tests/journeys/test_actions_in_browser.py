"""The first four actions as an officer works through them: typed rows, refusals mended, registers, roster, check-in."""

import re

import pytest
from playwright.sync_api import expect

from agencies.models import InformationSystem, Portal
from alertdesk.lib import clock
from directives.models import DemoClock, FindingRow, LayerRow, PortalRow, ProductRow, Shift, WeaknessRow
from tests.cast import ISSUED_AT, PASSWORD, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCAN = (
    "Host,OS,OS Build,CVE,Status\n"
    "may-1,Microsoft Windows 10 Pro,19045.2728,CVE-2023-28252,Open\n"
    "may-2,Microsoft Windows 10 Pro,19045.2846,CVE-2023-28252,Fixed\n"
)
TEAM = "Nguyễn Văn An, 0905.111.111\nTrần Thị Bình, 0905.222.222\nLê Văn Chi, 0905.333.333"


@pytest.fixture
def cast(db):
    """The cast, with the live server's clock standing at the moment of issue."""
    DemoClock.objects.create(now=ISSUED_AT)
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def report(page, cast):
    """The health department's report, its officer signed in."""
    assignment = cast.issue()[0]
    page.goto("/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill(cast.officer.email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Báo cáo của cơ quan")).to_be_visible()
    return assignment


def open_action(page, report, position):
    page.goto(f"/assignments/{report.pk}/answers/{position}/")
    return report.answers.get(action__position=position)


def add_rows(page, title):
    page.get_by_role("button", name="Nhập chi tiết từng dòng").filter(has_text=title).click()


def row(page, title, number=1):
    return page.get_by_role("group", name=f"{title} {number}", exact=True)


def fill(place, **fields):
    """Fill fields of a row by their names in the row."""
    for name, value in fields.items():
        place.locator(f"[name$='-{name}']").fill(value)


def save(page, position, result="Hoàn thành"):
    page.get_by_role("group", name="Kết quả thực hiện").get_by_role("radio", name=result, exact=True).check()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text(f"Đã lưu nội dung {position}.")).to_be_visible()


def test_systems_typed_in_an_answer_become_the_register(page, report):
    answer = open_action(page, report, 1)
    add_rows(page, "các hệ thống thông tin thuộc phạm vi")
    system = row(page, "Các hệ thống thông tin thuộc phạm vi")
    fill(system, name="Quản lý văn bản", measures="Đổi mật khẩu quản trị", responsible="Tổ CNTT", done_on="26/4/2023")
    system.get_by_label("Cấp độ").select_option("3")
    system.get_by_label("Hệ thống quan trọng").check()
    system.get_by_label("Đã tăng cường").check()
    save(page, 1)
    answer.refresh_from_db()
    assert (answer.total, answer.done) == (1, 1)
    kept = InformationSystem.objects.get()
    assert (kept.name, kept.level, kept.is_important) == ("Quản lý văn bản", 3, True)
    page.get_by_role("link", name="Danh mục", exact=True).click()
    page.get_by_role("link", name=re.compile("^Hệ thống thông tin")).first.click()
    expect(page.get_by_text("Quản lý văn bản").first).to_be_visible()


def test_numbers_that_do_not_add_up_are_refused_and_mended_and_a_scan_is_taken_in(page, report, tmp_path):
    answer = open_action(page, report, 2)
    machines = row(page, "Số máy theo dòng sản phẩm")
    fill(machines, product_line="Windows 10", total="5", updated="7")
    page.get_by_role("group", name="Kết quả thực hiện").get_by_role("radio", name="Hoàn thành", exact=True).check()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.get_by_text("Số máy đã cập nhật không được lớn hơn tổng số máy.").first).to_be_visible()
    fill(machines, updated="4")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Đề nghị nêu lý do các máy còn lại chưa cập nhật.").first).to_be_visible()
    expect(machines.locator("[name$='-total']")).to_have_value("5")
    fill(machines, reason="Máy cũ, chờ thay thế", until="15/5/2023")
    save(page, 2)
    take_in_a_scan(page, tmp_path)
    answer.refresh_from_db()
    windows = ProductRow.objects.get(answer=answer)
    assert (windows.total, windows.updated, windows.reason) == (2, 1, "Máy cũ, chờ thay thế")
    assert WeaknessRow.objects.get(answer=answer).cve == "CVE-2023-28252"


def take_in_a_scan(page, tmp_path):
    """Choose a file, look at what it would change, and confirm."""
    path = tmp_path / "ra-quet.csv"
    path.write_text(SCAN)
    page.get_by_role("link", name=re.compile("^Lấy kết quả rà quét")).click()
    page.get_by_label("Tệp kết quả rà quét").set_input_files(path)
    page.get_by_role("button", name="Xem nội dung tệp").click()
    expect(page.get_by_role("heading", name="Nội dung thay đổi nếu lưu tệp này")).to_be_visible()
    expect(page.get_by_text("Đã đọc 2 dòng, 2 máy.")).to_be_visible()
    page.get_by_role("button", name="Lưu vào kết quả thực hiện").click()
    expect(page.get_by_role("heading", name="Trả lời của cơ quan")).to_be_visible()


def test_a_portal_with_its_commitment_and_a_finding(page, report):
    answer = open_action(page, report, 3)
    add_rows(page, "các cổng/trang thông tin điện tử")
    portal = row(page, "Các cổng/trang thông tin điện tử")
    fill(portal, name="Trang Sở Y tế", url="syt.binhdinh.example", committed_by="Trần B", checks_per_day="3")
    fill(portal, committed_on="26/4/2023")
    add_rows(page, "nội dung xấu đã phát hiện")
    finding = row(page, "Nội dung xấu đã phát hiện")
    fill(finding, portal_name="Trang Sở Y tế", found_at="06:30 26/4/2023", removed_at="05:30 26/4/2023", handling="Gỡ")
    finding.locator("select").select_option("links")
    page.get_by_role("group", name="Kết quả thực hiện").get_by_role("radio", name="Hoàn thành", exact=True).check()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Thời điểm gỡ bỏ không được trước thời điểm phát hiện.").first).to_be_visible()
    fill(finding, removed_at="07:00 26/4/2023")
    save(page, 3)
    answer.refresh_from_db()
    assert (answer.total, answer.done) == (1, 1)
    assert PortalRow.objects.get().committed_by == "Trần B"
    assert FindingRow.objects.get().kind == "links"
    kept = Portal.objects.get()
    assert (kept.name, kept.url) == ("Trang Sở Y tế", "https://syt.binhdinh.example")
    paper = page.request.get(f"/assignments/{report.pk}/commitment.pdf")
    assert paper.body().startswith(b"%PDF")


def test_four_layers_a_hole_in_the_roster_a_week_filled_and_a_check_in(page, report, browser, browser_context_args):
    answer = open_action(page, report, 4)
    add_rows(page, "mô hình 4 lớp của từng hệ thống")
    layers = row(page, "Mô hình 4 lớp của từng hệ thống")
    fill(layers, name="Quản lý văn bản", local_force="Tổ CNTT", monitored_by="Doanh nghiệp A", assessed_by="Đơn vị B")
    layers.get_by_label("Cấp độ").select_option("3")
    layers.get_by_label(re.compile("^Lớp 4")).check()
    save(page, 4)
    assert LayerRow.objects.get().is_connected
    open_action(page, report, 4)
    page.get_by_role("link", name="Mở lịch trực").click()
    one_shift_leaves_a_hole(page)
    the_week_is_filled_from_a_list(page, report)
    the_person_on_duty_confirms(page, browser.new_context(**browser_context_args), report)
    answer.refresh_from_db()
    assert answer.extra == 3


def one_shift_leaves_a_hole(page):
    """Write one shift by hand, read what is missing, and take it out again."""
    page.get_by_text("Nhập từng ca trực").click()
    page.get_by_role("button", name="Thêm ca trực").click()
    shift = row(page, "Ca trực")
    fill(shift, post="Trực an toàn thông tin", name="Nguyễn Văn An", telephone="0905.111.111")
    fill(shift, starts_at="00:00 29/4/2023", ends_at="07:00 29/4/2023")
    page.get_by_role("button", name="Lưu lịch trực").click()
    expect(page.get_by_text(re.compile("07:00 ngày 29/04/2023 đến .* chưa có người trực")).first).to_be_visible()
    page.get_by_text("Sửa các ca trực").click()
    row(page, "Ca trực").get_by_label("Bỏ ca trực này").check()
    page.get_by_role("button", name="Lưu lịch trực").click()


def the_week_is_filled_from_a_list(page, report):
    page.get_by_label(re.compile("^Người trực, mỗi người một dòng")).fill(TEAM)
    page.get_by_role("button", name="Lập lịch trực").click()
    expect(page.get_by_text("Đã bố trí 100% thời gian")).to_be_visible()
    expect(page.get_by_text(re.compile("^Đã bố trí đủ người trực mọi thời điểm"))).to_be_visible()
    assert report.shifts.count() == 11


def the_person_on_duty_confirms(page, stranger, report):
    """Open the link of the first shift in a browser that is signed in nowhere, too early and then in time."""
    page.get_by_text("Liên kết xác nhận").first.click()
    link = page.locator("#link-1").inner_text()
    other = stranger.new_page()
    other.goto(link[link.index("/check-in/") :])
    expect(other.get_by_role("button", name="Tôi đã có mặt trực")).to_have_count(0)
    DemoClock.objects.update(now=clock.local(2023, 4, 29, 0, 10))
    other.reload()
    other.get_by_role("button", name="Tôi đã có mặt trực").click()
    expect(other.get_by_text(re.compile("Đã xác nhận có mặt lúc 00:10 29/04/2023"))).to_be_visible()
    assert Shift.objects.filter(checked_in_at__isnull=False).count() == 1
    stranger.close()
