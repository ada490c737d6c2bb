"""The board in a real browser: only the rows change, the address follows, and paper gets it all."""

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from directives.models import Delivery, Notice
from tests.cast import PASSWORD, make_agency, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AGENCIES = 40


@pytest.fixture
def complaints(page):
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def path(live_server):
    """A directive put to many agencies, the deadline long past; returns the board's path."""
    cast = make_cast()
    names = ["Sở Y tế dự phòng", "Đài Phát thanh", *(f"Sở số {n:02}" for n in range(AGENCIES - 2))]
    agencies = [make_agency(name, mailbox=f"m{n}@x.example") for n, name in enumerate(names)]
    return f"/directives/{cast.issue(*agencies)[0].directive_id}/board/"


def open_board(page, path):
    page.goto("/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill("canbo@stttt.example")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    page.goto(path)
    expect(page.locator("tbody tr")).to_have_count(AGENCIES)


def mark(page):
    """Leave a mark that a new page would not have, on the window and on the live region."""
    page.evaluate("window.kept = true; document.getElementById('board-count').kept = true")


def is_marked(page):
    return page.evaluate("window.kept === true && document.getElementById('board-count').kept === true")


def test_typing_swaps_the_rows_alone_and_keeps_the_focus(page, path, complaints):
    open_board(page, path)
    mark(page)
    page.get_by_label("Tìm cơ quan").press_sequentially("y te")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="Hiển thị 1 trong 40")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(f"{path}?q=y+te") + "$"))
    expect(page.get_by_label("Tìm cơ quan")).to_be_focused()
    expect(page.get_by_role("link", name="“y te”")).to_be_visible()
    assert is_marked(page)
    assert complaints == []


def test_choosing_and_sorting_swap_too_and_a_reload_shows_the_same(page, path, complaints):
    open_board(page, path)
    mark(page)
    page.get_by_label("Sắp xếp").focus()
    page.get_by_label("Sắp xếp").select_option("name")
    expect(page.locator("th[aria-sort]")).to_contain_text("Cơ quan")
    expect(page.get_by_label("Sắp xếp")).to_be_focused()
    page.get_by_role("link", name="Nội dung 2").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_contain_text("Nội dung 2")
    expect(page.locator("#by-action-2")).to_be_focused()
    expect(page.get_by_label("Sắp xếp")).to_have_value("action-2")
    assert is_marked(page)
    page.reload()
    expect(page.locator("th[aria-sort]")).to_contain_text("Nội dung 2")
    assert complaints == []


def test_going_back_shows_the_board_as_it_was(page, path, complaints):
    open_board(page, path)
    page.get_by_label("Tìm cơ quan").fill("dai phat")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(AGENCIES)
    expect(page.get_by_label("Tìm cơ quan")).to_have_value("")
    assert complaints == []


def test_an_ended_session_leads_to_the_sign_in_and_not_into_the_table(page, path):
    open_board(page, path)
    page.context.clear_cookies()
    page.get_by_label("Tìm cơ quan").fill("dai")
    expect(page.get_by_label("Mật khẩu", exact=True)).to_be_visible()
    expect(page.locator("#board-rows")).to_have_count(0)


def test_ticked_agencies_are_previewed_and_reminded(page, path, complaints):
    open_board(page, path)
    page.get_by_label("Sở Y tế dự phòng", exact=True).check()
    page.get_by_label("Đài Phát thanh", exact=True).check()
    page.get_by_role("button", name="Nhắc các cơ quan đã đánh dấu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhắc 2 cơ quan?")
    page.get_by_text("Toàn bộ nội dung thư").first.click()
    expect(page.locator("pre").first).to_contain_text("Nội dung 5")
    assert not Notice.objects.exists()
    page.get_by_role("button", name="Gửi đến 2 cơ quan").click()
    expect(page.get_by_text("Đang gửi thư nhắc 2 cơ quan.")).to_be_visible()
    assert Delivery.objects.count() == 2
    assert complaints == []


def test_the_board_works_without_javascript(browser, live_server, path):
    context = browser.new_context(base_url=live_server.url, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    open_board(page, path)
    page.get_by_label("Tìm cơ quan").fill("so")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("tbody tr")).to_have_count(AGENCIES - 1)
    page.get_by_role("link", name="Nội dung 3").first.click()
    expect(page.locator("th[aria-sort]")).to_contain_text("Nội dung 3")
    page.get_by_role("link", name="Nhắc 39 cơ quan đang lọc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhắc 39 cơ quan?")
    context.close()


def test_every_target_of_a_row_is_at_least_24_pixels(page, path):
    open_board(page, path)
    small = page.evaluate(
        """() => [...document.querySelectorAll("#board-rows tr:nth-child(-n+3) :is(a, input), thead a")]
            .map(e => [e.textContent || e.type, e.getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24).map(([name, box]) => `${name} ${box.height}`)"""
    )
    assert small == []


def test_printed_board_lies_on_its_side_and_repeats_its_head(page, path, tmp_path):
    open_board(page, path)
    page.pdf(path=tmp_path / "board.pdf", prefer_css_page_size=True)
    paper = pypdfium2.PdfDocument(tmp_path / "board.pdf")
    assert len(paper) > 1
    assert {tuple(round(side) for side in sheet.get_size()) for sheet in paper} == {(842, 595)}
    # Chromium sets each letter by itself, so the spaces between them say nothing.
    said = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in paper]
    with_rows = [text for text in said if "Sởsố" in text]
    assert with_rows
    assert all("Nộidung5" in text for text in with_rows)
    assert all("".join(name.split()) in "".join(said) for name in ("Sở Y tế dự phòng", "Đài Phát thanh", "Sở số 37"))
    assert "Nhắc" not in "".join(said)
