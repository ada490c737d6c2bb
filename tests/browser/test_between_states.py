"""What stands on a page only for a while: panels, refusals and comparisons, looked at like the pages themselves."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from alertdesk.lib import clock
from directives.models import DemoClock, Verdict
from directives.services.answering import save_answer
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.browser.looking import axe_faults, too_wide, unfold
from tests.cast import ISSUED_AT, PASSWORD, answer_everything, make_cast

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


def sign_in(page, user):
    page.goto("/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill(user.email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def look(page):
    """Return what is wrong with the page as it stands, wide and narrow."""
    unfold(page)
    faults = axe_faults(page)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        faults += [*axe_faults(page), *too_wide(page)]
    page.set_viewport_size({"width": 1440, "height": 900})
    return faults


def test_the_opening_questions_and_their_refusal(page, cast, health):
    sign_in(page, cast.officer)
    page.goto(f"/assignments/{health.pk}/opening/")
    assert look(page) == []
    page.get_by_role("button", name="Đến danh sách nội dung").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert look(page) == []


def test_a_refused_file_another_persons_text_and_an_ended_session(page, cast, health, tmp_path):
    bad = tmp_path / "giả.pdf"
    bad.write_bytes(b"MZ" + bytes(60))
    answer = health.answers.get(action__position=2)
    sign_in(page, cast.officer)
    page.goto(f"/assignments/{health.pk}/answers/2/")
    page.get_by_label("Thêm minh chứng").set_input_files(bad)
    expect(page.locator("#files .bad")).to_be_visible()
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Của người khác.", total=3)
    page.locator("#id_note").fill("Của tôi.")
    expect(page.get_by_text("Của người khác.")).to_be_visible()
    assert look(page) == []
    page.reload()
    Session.objects.all().delete()
    page.locator("#id_note").fill("Gõ tiếp.")
    expect(page.get_by_role("heading", name="Phiên làm việc đã hết")).to_be_visible()
    assert look(page) == []
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_role("heading", level=1, name="Phiên làm việc đã hết")).to_be_visible()
    assert look(page) == []


def test_the_review_of_a_second_round(page, cast, health):
    answer_everything(health, cast.officer)
    health.refresh_from_db()
    first = submit_report(health, actor=cast.officer)
    verdicts = {item.pk: (Verdict.OK, "") for item in first.items.all()}
    verdicts[first.items.first().pk] = (Verdict.MORE, "Đề nghị nêu cấp độ.")
    finish_review(first, actor=cast.second_staff, verdicts=verdicts)
    answer = health.answers.first()
    save_answer(answer, actor=cast.officer, version=answer.version, status="partly", note="Cấp độ 3.", total=5)
    health.refresh_from_db()
    second = submit_report(health, actor=cast.officer)
    sign_in(page, cast.staff)
    page.goto(f"/submissions/{second.pk}/review/")
    expect(page.get_by_text("Thay đổi so với lần trước")).to_be_visible()
    page.get_by_role("button", name="Tất cả còn lại: Đạt").click()
    expect(page.get_by_role("radio", name="Đạt", exact=True).last).to_be_checked()
    assert look(page) == []


def test_the_letterhead_shows_what_is_typed_and_says_what_is_wrong(page, cast, health):
    sign_in(page, cast.officer)
    page.goto("/letterheads/")
    preview = page.locator("#letterhead-preview")
    page.get_by_label("Tên cơ quan ban hành").fill("Sở Y tế tỉnh Bình Định")
    expect(preview.get_by_text("SỞ Y TẾ TỈNH BÌNH ĐỊNH")).to_be_visible()
    page.get_by_label("Câu mở đầu của văn bản trả lời").fill("{tên} báo cáo")
    expect(preview.get_by_text("“{tên}” không thay cho nội dung nào", exact=False)).to_be_visible()
    assert look(page) == []
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert look(page) == []
