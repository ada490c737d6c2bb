"""An answer while it is typed, in a real browser: saved by itself, through an ended session, with files."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from alertdesk.lib import clock
from directives.models import AnswerStatus, DemoClock
from directives.services.answering import save_answer
from tests.cast import ISSUED_AT, PASSWORD, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = "Nội dung đã thực hiện, hoặc lý do"


@pytest.fixture
def cast(db):
    """The cast, with the live server's clock standing at the moment of issue."""
    DemoClock.objects.create(now=ISSUED_AT)
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def answer(cast):
    """The health department's second answer, which asks for three counts."""
    return cast.issue()[0].answers.get(action__position=2)


@pytest.fixture
def plain_page(browser, browser_context_args):
    """A page of a browser that runs no scripts."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def sign_in(page, user):
    page.goto("/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill(user.email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def open_answer(page, cast, answer):
    sign_in(page, cast.officer)
    page.goto(f"/assignments/{answer.assignment_id}/answers/{answer.action.position}/")


def note(page):
    return page.get_by_label(NOTE)


def done(page):
    return page.get_by_role("radio", name="Hoàn thành", exact=True)


def saved_words(page):
    return page.locator("#saved")


def sessions_end():
    Session.objects.all().delete()


def make_proof(tmp_path, name="minh-chung.pdf", data=b"%PDF-1.7\nx\n%%EOF\n"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_typing_is_saved_by_itself_and_the_page_says_when(page, cast, answer):
    open_answer(page, cast, answer)
    note(page).press_sequentially("Đang rà soát")
    expect(saved_words(page)).to_have_text(re.compile(r"Đã lưu lúc 09:00 26/04/2023"))
    answer.refresh_from_db()
    assert (answer.note, answer.status, answer.version) == ("Đang rà soát", AnswerStatus.IN_PROGRESS, 1)
    done(page).check()
    expect(page.locator("#id_version")).to_have_value("2")
    answer.refresh_from_db()
    assert (answer.status, answer.revisions.count()) == (AnswerStatus.DONE, 1)
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Đã lưu nội dung 2.")).to_be_visible()


def test_what_does_not_add_up_waits_while_typing_goes_on(page, cast, answer):
    open_answer(page, cast, answer)
    done(page).check()
    expect(saved_words(page)).to_contain_text("Đã lưu lúc")
    page.get_by_label("Số máy", exact=True).fill("5")
    page.get_by_label("Đã cập nhật", exact=True).fill("7")
    expect(saved_words(page)).to_contain_text("Chưa lưu: Số máy đã cập nhật không được lớn hơn tổng số máy.")
    answer.refresh_from_db()
    assert (answer.total, answer.done) != (5, 7)
    page.get_by_label("Số máy", exact=True).fill("7")
    expect(saved_words(page)).to_contain_text("Đã lưu lúc")
    answer.refresh_from_db()
    assert (answer.total, answer.done) == (7, 7)


def test_a_save_pressed_while_the_autosave_is_under_way_waits_for_it(page, cast, answer):
    open_answer(page, cast, answer)
    done(page).check()
    page.route("**/autosave/", lambda route: (page.wait_for_timeout(700), route.continue_()))
    note(page).fill("Một hơi viết xong.")
    with page.expect_request("**/autosave/"):
        note(page).blur()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Đã lưu nội dung 2.")).to_be_visible()
    answer.refresh_from_db()
    assert answer.note == "Một hơi viết xong."


def test_another_persons_text_is_shown_and_never_overwritten_by_itself(page, cast, answer):
    open_answer(page, cast, answer)
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Nội dung của người khác.")
    note(page).press_sequentially("Nội dung của tôi.")
    expect(page.get_by_text("Nội dung của người khác.")).to_be_visible()
    expect(saved_words(page)).to_contain_text("Chưa lưu")
    note(page).press_sequentially(" Viết tiếp.")
    page.wait_for_timeout(2500)
    answer.refresh_from_db()
    assert answer.note == "Nội dung của người khác."
    done(page).check()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Đã lưu nội dung 2.")).to_be_visible()
    answer.refresh_from_db()
    assert answer.note == "Nội dung của tôi. Viết tiếp."


def test_an_ended_session_is_renewed_in_place_and_the_text_is_saved(page, cast, answer):
    open_answer(page, cast, answer)
    sessions_end()
    note(page).press_sequentially("Gõ khi phiên đã hết.")
    expect(page.get_by_role("heading", name="Phiên làm việc đã hết")).to_be_visible()
    expect(page.locator("#renew").get_by_label("Địa chỉ thư điện tử")).to_have_value(cast.officer.email)
    expect(saved_words(page)).to_have_text("Chưa lưu: phiên làm việc đã hết.")
    expect(note(page)).to_be_focused()
    note(page).press_sequentially(" Gõ tiếp.")
    page.locator("#renew").get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập và tiếp tục").click()
    expect(page.locator("#renew .bad")).to_be_visible()
    page.locator("#renew").get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập và tiếp tục").click()
    expect(saved_words(page)).to_contain_text("Đã lưu lúc")
    expect(page.get_by_role("heading", name="Phiên làm việc đã hết")).to_have_count(0)
    expect(note(page)).to_be_focused()
    answer.refresh_from_db()
    assert answer.note == "Gõ khi phiên đã hết. Gõ tiếp."
    done(page).check()
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Đã lưu nội dung 2.")).to_be_visible()


def test_a_sign_in_in_another_tab_is_noticed_and_the_text_is_saved(page, cast, answer):
    open_answer(page, cast, answer)
    sessions_end()
    other = page.context.new_page()
    sign_in(other, cast.officer)
    note(page).press_sequentially("Gõ ở thẻ cũ.")
    expect(saved_words(page)).to_contain_text("Đã lưu lúc")
    answer.refresh_from_db()
    assert answer.note == "Gõ ở thẻ cũ."


def test_a_form_sent_after_the_session_ended_is_sent_again_by_itself(page, cast, answer):
    open_answer(page, cast, answer)
    done(page).check()
    expect(saved_words(page)).to_contain_text("Đã lưu lúc")
    sessions_end()
    page.route("**/autosave/", lambda route: route.abort())
    note(page).fill("Dòng một\nDòng hai")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập và tiếp tục").click()
    expect(page.get_by_text("Đã lưu nội dung 2.")).to_be_visible()
    answer.refresh_from_db()
    assert answer.note == "Dòng một\nDòng hai"


def test_without_scripts_a_form_goes_through_the_sign_in(plain_page, cast, answer):
    page = plain_page
    open_answer(page, cast, answer)
    sessions_end()
    done(page).check()
    note(page).fill("Không có\ntập lệnh.")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_role("heading", name="Phiên làm việc đã hết")).to_be_visible()
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập và tiếp tục").click()
    page.get_by_role("button", name="Gửi nội dung đã nhập").click()
    expect(page.get_by_text("Đã lưu nội dung 2.")).to_be_visible()
    answer.refresh_from_db()
    assert answer.note == "Không có\ntập lệnh."


def test_without_scripts_the_questions_the_files_and_the_sending_work(plain_page, cast, answer, tmp_path):
    page = plain_page
    sign_in(page, cast.officer)
    page.goto(f"/assignments/{answer.assignment_id}/opening/")
    page.get_by_role("group", name=re.compile("tự vận hành máy chủ")).get_by_role("radio", name="Không").check()
    page.get_by_label("đơn vị nào vận hành các hệ thống").fill("Trung tâm CNTT")
    page.get_by_role("radio", name="Đơn vị khác").check()
    page.get_by_role("group", name=re.compile("đơn vị trực thuộc")).get_by_role("radio", name="Không").check()
    page.get_by_role("button", name="Đến danh sách nội dung").click()
    page.get_by_text("4 nội dung đã ghi sẵn").click()
    expect(page.get_by_role("link", name=re.compile("^Sửa"))).to_have_count(4)
    page.get_by_role("link", name="Trả lời nội dung 2").click()
    page.get_by_label("Thêm minh chứng").set_input_files(make_proof(tmp_path))
    page.get_by_role("button", name="Tải các tệp đã chọn lên").click()
    expect(page.get_by_role("link", name="minh-chung.pdf")).to_be_visible()
    done(page).check()
    page.get_by_role("button", name="Lưu và kiểm tra báo cáo").click()
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()


def test_files_go_up_by_themselves_each_with_its_result(page, cast, answer, tmp_path):
    open_answer(page, cast, answer)
    files = [
        make_proof(tmp_path, "tốt.pdf"),
        make_proof(tmp_path, "giả.pdf", b"MZ\x90\x00" + bytes(60)),
        make_proof(tmp_path, "tốt-2.pdf"),
    ]
    page.get_by_label("Thêm minh chứng").set_input_files(files)
    expect(page.get_by_role("link", name="tốt.pdf")).to_be_visible()
    expect(page.get_by_role("link", name="tốt-2.pdf")).to_be_visible()
    expect(page.locator("#files .bad")).to_contain_text("“giả.pdf”")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert sorted(file.name for file in answer.evidence.all()) == ["tốt-2.pdf", "tốt.pdf"]
    page.get_by_role("button", name="Gỡ tốt.pdf").click()
    expect(page.get_by_role("link", name="tốt.pdf")).to_have_count(0)


def test_a_file_that_met_an_ended_session_goes_up_after_the_sign_in(page, cast, answer, tmp_path):
    open_answer(page, cast, answer)
    sessions_end()
    page.get_by_label("Thêm minh chứng").set_input_files(make_proof(tmp_path))
    page.locator("#renew").get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập và tiếp tục").click()
    expect(page.get_by_role("link", name="minh-chung.pdf")).to_be_visible()
    assert answer.evidence.count() == 1


def test_a_lost_connection_is_said_and_the_text_stays(page, cast, answer):
    open_answer(page, cast, answer)
    page.route("**/autosave/", lambda route: route.abort())
    note(page).press_sequentially("Mất mạng.")
    expect(saved_words(page)).to_contain_text("mất kết nối")
    expect(note(page)).to_have_value("Mất mạng.")


def test_nothing_typed_is_kept_in_the_browsers_storage(page, cast, answer):
    open_answer(page, cast, answer)
    note(page).press_sequentially("Gõ tập sự.")
    expect(saved_words(page)).to_contain_text("Đã lưu lúc")
    assert "tập" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert page.evaluate("localStorage.length") == 0
