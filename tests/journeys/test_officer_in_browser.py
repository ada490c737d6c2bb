"""An officer's whole job in a real browser: receive, answer with a file, check, send, read the receipt."""

import re

import pytest
from playwright.sync_api import expect

from alertdesk.lib import clock
from directives.models import DemoClock, State, Verdict
from directives.services.reviewing import finish_review
from tests.cast import ISSUED_AT, PASSWORD, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(db):
    """The cast, with the live server's clock standing at the moment of issue."""
    DemoClock.objects.create(now=ISSUED_AT)
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def errors(page):
    """What the browser complained about: scripts, styles, anything the security policy stopped."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def sign_in(page, user):
    page.goto("/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill(user.email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()


def answer_action(page, *, file=None):
    """Answer the action on the page as done and go on."""
    page.get_by_role("radio", name="Hoàn thành", exact=True).check()
    page.get_by_label("Nội dung đã thực hiện").fill("Đã thực hiện đầy đủ.")
    if file:
        page.get_by_label("Thêm minh chứng").set_input_files(file)
    page.get_by_role("button", name=re.compile("Lưu và")).click()


def no_sideways_scroll(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1440, 390])
def test_an_officer_receives_answers_checks_and_sends(page, cast, errors, tmp_path, width):
    assignment, _other = cast.issue()
    proof = tmp_path / "Lịch trực.pdf"
    proof.write_bytes(b"%PDF-1.7\nlich truc\n%%EOF\n")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, cast.officer)
    page.get_by_role("link", name=re.compile("^Xác nhận đã tiếp nhận")).click()
    page.get_by_label("Số đến của cơ quan").fill("412")
    page.get_by_role("button", name="Xác nhận đã tiếp nhận").click()
    page.get_by_role("link", name="Bỏ qua, tôi trả lời từng nội dung").click()
    page.get_by_role("link", name="Trả lời nội dung 1").click()
    for position in range(1, 6):
        expect(page.get_by_text(f"Nội dung {position} trên 5")).to_be_visible()
        assert no_sideways_scroll(page)
        answer_action(page, file=proof if position == 4 else None)
    expect(page.get_by_role("heading", name="Kiểm tra trước khi gửi")).to_be_visible()
    expect(page.get_by_role("link", name="Lịch trực.pdf")).to_be_visible()
    assert no_sideways_scroll(page)
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()
    assignment.refresh_from_db()
    expect(page.get_by_text(assignment.submission.reference, exact=True).last).to_be_visible()
    assert assignment.state == State.SUBMITTED
    assert errors == []


def test_what_the_desk_asks_for_is_read_first_and_answered(page, cast, errors):
    assignment, _other = cast.issue()
    sign_in(page, cast.officer)
    page.goto(f"/assignments/{assignment.pk}/answers/1/")
    for _position in range(5):
        answer_action(page)
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()
    assignment.refresh_from_db()
    verdicts = {item.pk: (Verdict.OK, "") for item in assignment.submission.items.all()}
    verdicts[assignment.submission.items.get(action__position=2).pk] = (Verdict.MORE, "Đề nghị nêu số máy.")
    finish_review(assignment.submission, actor=cast.staff, verdicts=verdicts)
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Bổ sung theo đề nghị")).click()
    page.get_by_role("link", name="Bổ sung nội dung 2").click()
    expect(page.get_by_text("Đề nghị nêu số máy.")).to_be_visible()
    page.get_by_label("Số máy", exact=True).fill("7")
    page.get_by_label("Đã cập nhật", exact=True).fill("7")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Đã lưu nội dung 2.")).to_be_visible()
    assert errors == []


def test_the_enter_key_saves_and_removes_no_file(page, cast, tmp_path):
    assignment, _other = cast.issue()
    proof = tmp_path / "minh-chung.pdf"
    proof.write_bytes(b"%PDF-1.7\nx\n%%EOF\n")
    sign_in(page, cast.officer)
    page.goto(f"/assignments/{assignment.pk}/answers/2/")
    page.get_by_label("Thêm minh chứng").set_input_files(proof)
    expect(page.get_by_role("link", name="minh-chung.pdf")).to_be_visible()
    page.get_by_role("radio", name="Hoàn thành", exact=True).check()
    page.get_by_label("Số máy", exact=True).fill("7")
    page.get_by_label("Đã cập nhật", exact=True).fill("7")
    page.get_by_label("Đã cập nhật", exact=True).press("Enter")
    expect(page.get_by_text("Đã lưu nội dung 2.")).to_be_visible()
    expect(page.get_by_role("link", name="minh-chung.pdf")).to_be_visible()


def test_the_head_of_a_town_approves_what_the_officer_wrote(page, cast, errors):
    _other, town = cast.issue()
    sign_in(page, cast.town_officer)
    page.goto(f"/assignments/{town.pk}/answers/1/")
    for _position in range(5):
        answer_action(page)
    page.get_by_role("button", name="Trình duyệt").click()
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, cast.head)
    page.get_by_role("link", name=re.compile("^Lãnh đạo cơ quan duyệt")).click()
    page.get_by_role("button", name="Duyệt và gửi").click()
    expect(page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()
    town.refresh_from_db()
    assert (town.state, town.submission.submitted_by) == (State.SUBMITTED, cast.head)
    assert errors == []
