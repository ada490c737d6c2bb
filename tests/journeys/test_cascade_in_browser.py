"""A district with fifteen communes passes a directive on: what it pastes and fills in, what its communes report."""

import re

import pytest
from playwright.sync_api import expect

from alertdesk.lib import clock
from directives.models import Assignment, DemoClock, State
from tests.cast import ISSUED_AT, PASSWORD, make_cast
from tests.directives.units import make_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def cast(db):
    """The cast, with the live server's clock standing at the moment of issue."""
    DemoClock.objects.create(now=ISSUED_AT)
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def communes(cast):
    return [make_unit(cast.town, number) for number in range(1, 6)]


@pytest.fixture
def town(cast, communes):
    return cast.issue()[1]


def sign_in(page, user):
    page.context.clear_cookies()
    page.goto("/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill(user.email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()


def test_a_district_with_fifteen_communes(page, cast, communes, town):
    sign_in(page, cast.town_officer)
    pass_on_to_those_with_an_account(page, town)
    list_the_others(page, town)
    first, officer = communes[0]
    a_commune_reports(page, first, officer)
    the_district_reviews(page, cast, first)
    the_desk_reads(page, cast, town)


def pass_on_to_those_with_an_account(page, town):
    page.goto(f"/assignments/{town.pk}/units/")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(5)
    page.get_by_label("Thời hạn báo cáo của đơn vị").fill("17:00 27/4/2023")
    page.get_by_role("button", name="Chuyển đến các đơn vị đã chọn").click()
    expect(page.get_by_text("Đã chuyển công văn đến 5 đơn vị.")).to_be_visible()
    assert town.children.count() == 5


def list_the_others(page, town):
    """Paste ten communes, one of them wrong, and date them all by one document."""
    page.goto(f"/assignments/{town.pk}/answers/5/")
    page.get_by_text("Dán từ bảng tính").click()
    lines = [f"Xã Minh họa {n}\t\t{'x' if n % 2 else ''}\t{'có' if n % 5 == 0 else 'chưa'}" for n in range(6, 16)]
    lines[3] = "Xã Minh họa 9\tngày kia"
    box = page.get_by_label("Các dòng từ bảng tính")
    box.fill("Đơn vị\tNgày gửi\tĐã nhận\tĐã báo cáo\n" + "\n".join(lines))
    page.get_by_role("button", name="Đưa các dòng vào bảng").click()
    expect(page.get_by_text("“ngày kia” –")).to_be_visible()
    expect(box).to_have_value("Đơn vị\tNgày gửi\tĐã nhận\tĐã báo cáo\nXã Minh họa 9\tngày kia")
    box.fill("Xã Minh họa 9")
    page.get_by_role("button", name="Đưa các dòng vào bảng").click()
    page.get_by_label("Số văn bản", exact=True).fill("12/UBND-VP")
    page.get_by_label("Ngày văn bản", exact=True).fill("26/4/2023")
    page.get_by_role("button", name="Điền vào các dòng còn trống").click()
    expect(page.get_by_label(re.compile("^Ngày gửi, dòng 10"))).to_have_value("26/04/2023")
    expect(page.get_by_label(re.compile("^Số, ngày văn bản thông báo"))).to_have_value("12/UBND-VP ngày 26/04/2023")
    page.get_by_role("group", name="Kết quả thực hiện").get_by_role("radio", name="Hoàn thành", exact=True).check()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Đã lưu nội dung 5.")).to_be_visible()
    answer = town.answers.get(action__position=5)
    assert (answer.total, answer.done, answer.extra) == (15, 15, 2)


def a_commune_reports(page, unit, officer):
    """Answer by phone, by the same pages as everybody."""
    page.set_viewport_size(PHONE)
    sign_in(page, officer)
    child = Assignment.objects.get(agency=unit)
    expect(page.get_by_text("17:00 27/04/2023")).to_be_visible()
    for position in range(1, 6):
        page.goto(f"/assignments/{child.pk}/answers/{position}/")
        page.get_by_role("radio", name="Không phát sinh").check()
        page.get_by_label("Nội dung đã thực hiện, hoặc lý do").fill("Xã không có.")
        page.get_by_role("button", name=re.compile("^Lưu và")).click()
        page.wait_for_load_state()
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()
    expect(page.get_by_text("UBND thành phố Quy Nhơn xem xét từng nội dung")).to_be_visible()


def the_district_reviews(page, cast, unit):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, cast.town_officer)
    page.get_by_role("link", name="1 phiếu báo cáo của đơn vị chờ cơ quan xem xét").click()
    page.get_by_role("link", name=str(unit)).click()
    page.get_by_role("button", name="Tất cả còn lại: Đạt").click()
    page.get_by_role("button", name="Kết thúc xem xét").click()
    expect(page.get_by_text(f"{unit}: Đã ghi nhận.")).to_be_visible()
    assert Assignment.objects.get(agency=unit).state == State.ACCEPTED


def the_desk_reads(page, cast, town):
    sign_in(page, cast.staff)
    page.goto(f"/directives/{town.directive_id}/board/")
    expect(page.get_by_role("row")).to_have_count(3)
    expect(page.get_by_text("1/5 đơn vị đã báo cáo").first).to_be_visible()
    page.goto(f"/assignments/{town.pk}/units/")
    expect(page.get_by_role("row")).to_have_count(6)
    expect(page.get_by_role("button", name="Chuyển đến các đơn vị đã chọn")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_table_of_units_never_scrolls_the_page_sideways(page, cast, town, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, cast.town_officer)
    page.goto(f"/assignments/{town.pk}/answers/5/")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    tops = page.evaluate(
        "[...document.querySelectorAll('.tbl--edit tbody tr:first-child input')].map(i => i.offsetTop)"
    )
    assert (max(tops) - min(tops) < 20) == (width == 1440)
