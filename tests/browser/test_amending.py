"""An amendment in Chromium, wide and narrow: typed, shown, refused, confirmed, and read by the agency."""

import pytest
from playwright.sync_api import expect

from alertdesk.lib import clock
from directives.models import Amendment, DemoClock
from directives.services.amending import Wanted, amend_directive
from directives.services.answering import save_answer
from tests.browser.test_between_states import look, sign_in
from tests.cast import ISSUED_AT, make_cast
from tests.directives.services.test_amending import NEW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(db):
    """The cast, with the live server's clock standing at the moment of issue."""
    DemoClock.objects.create(now=ISSUED_AT)
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


def type_an_amendment(page, directive):
    page.goto(f"/directives/{directive.pk}/amend/")
    page.get_by_label("Lý do sửa đổi, bổ sung").fill("Theo chỉ đạo mới.")
    page.get_by_label("Thời hạn báo cáo").fill("17:00 01/05/2023")
    page.get_by_label("Nội dung", exact=True).nth(1).fill("Thực hiện ngay nội dung 2.")
    page.get_by_role("button", name="Thêm nội dung yêu cầu").click()
    page.locator("#new-1").get_by_label("Tên ngắn").fill("Rà soát Log4j")
    page.locator("#new-1").get_by_label("Nội dung", exact=True).fill("Rà soát và báo cáo.")


def preview(page):
    page.get_by_role("button", name="Xem thay đổi").last.click()
    expect(page.get_by_role("heading", name="Những việc sẽ diễn ra")).to_be_visible()


def test_the_desk_types_looks_confirms_and_the_agency_reads(page, cast, health):
    sign_in(page, cast.staff)
    type_an_amendment(page, health.directive)
    assert look(page) == []
    preview(page)
    assert page.locator("ins").first.evaluate("node => getComputedStyle(node).textDecorationLine") == "underline"
    assert look(page) == []
    page.get_by_role("button", name="Sửa đổi, bổ sung và thông báo").click()
    expect(page.get_by_role("heading", name="Các lần sửa đổi, bổ sung")).to_be_visible()
    assert look(page) == []
    assert Amendment.objects.count() == 1
    answer = health.answers.get(action__position=1)
    save_answer(answer, actor=cast.officer, version=0, status="in_progress", note="Đang làm.")
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, cast.officer)
    for path in ("", "check/", "answers/2/", "answers/6/"):
        page.goto(f"/assignments/{health.pk}/{path}")
        assert look(page) == []


def test_a_colleague_was_faster(page, cast, health):
    sign_in(page, cast.staff)
    type_an_amendment(page, health.directive)
    preview(page)
    directive = health.directive
    wanted = Wanted({"closing": "Trân trọng./."}, {}, (NEW,))
    amend_directive(directive, actor=cast.second_staff, version=directive.version, wanted=wanted, reason="Khác.")
    page.get_by_role("button", name="Sửa đổi, bổ sung và thông báo").click()
    expect(page.get_by_role("heading", name="Nội dung người khác vừa lưu")).to_be_visible()
    assert look(page) == []
    expect(page.locator("#new-1").get_by_label("Tên ngắn")).to_have_value("Rà soát Log4j")
