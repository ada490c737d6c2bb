"""The main journeys where scripts are switched off."""

import re

import pytest
from playwright.sync_api import expect

from alertdesk.lib import clock
from directives.models import DemoClock, State
from directives.services.submitting import submit_report
from tests.browser.conftest import Visit
from tests.cast import ISSUED_AT, answer_everything, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args):
    """Open windows that run no script."""
    return browser_context_args | {"java_script_enabled": False}


@pytest.fixture
def cast(live_server):
    """The cast, with the server's clock standing at the moment of issue."""
    DemoClock.objects.create(now=ISSUED_AT)
    with clock.frozen(ISSUED_AT):
        yield make_cast()


def test_an_officer_answers_with_a_file_and_sends(visit: Visit, cast, tmp_path):
    assignment, _town = cast.issue(actions=2)
    proof = tmp_path / "minh-chung.pdf"
    proof.write_bytes(b"%PDF-1.7\nx\n%%EOF\n")
    visit.be(cast.officer)
    page = visit.open(f"/assignments/{assignment.pk}/answers/1/")
    for _position in range(2):
        page.get_by_role("radio", name="Hoàn thành", exact=True).check()
        page.get_by_label("Nội dung đã thực hiện").fill("Đã thực hiện đầy đủ.")
        page.get_by_label("Thêm minh chứng").set_input_files(proof)
        page.get_by_role("button", name=re.compile("Lưu và")).click()
    expect(page.get_by_role("link", name="minh-chung.pdf")).to_have_count(2)
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()
    assignment.refresh_from_db()
    assert assignment.state == State.SUBMITTED


def test_the_desk_reviews_and_asks_for_more(visit: Visit, cast):
    assignment, _town = cast.issue(actions=2)
    answer_everything(assignment, cast.officer)
    assignment.refresh_from_db()
    submit_report(assignment, actor=cast.officer)
    visit.be(cast.staff)
    page = visit.open("/reviews/")
    page.get_by_role("link", name="Sở Y tế").first.click()
    page.get_by_role("radio", name="Đạt", exact=True).first.check()
    page.get_by_role("radio", name="Đề nghị bổ sung", exact=True).last.check()
    page.locator("textarea[name$=reason]").last.fill("Đề nghị nêu số máy.")
    page.get_by_role("button", name="Kết thúc xem xét").click()
    assignment.refresh_from_db()
    assert assignment.state == State.RETURNED


def test_the_board_is_filtered_and_the_filter_taken_away(visit: Visit, cast):
    assignment, _town = cast.issue(actions=2)
    visit.be(cast.leader)
    page = visit.open(f"/directives/{assignment.directive_id}/board/")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_label("Tìm cơ quan").fill("y te")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name=re.compile("y te")).click()
    expect(page.locator("tbody tr")).to_have_count(2)
