"""The desk's way in a real browser: text to issue, the board, a recorded report, a colleague's review."""

import pytest
from playwright.sync_api import expect

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Assignment, DemoClock, State
from tests.cast import DIRECTIVE_FILE, ISSUED_AT, PASSWORD, make_directory, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def complaints(page):
    """What the browser complains about: refused content and script errors."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def desk(live_server, settings):
    """The issuing department of the 2023 directory with two staff; the server's clock stands at the issue."""
    settings.DEMO = True
    DemoClock.objects.create(now=ISSUED_AT)
    with clock.frozen(ISSUED_AT):
        body = make_directory()
        for number in (1, 2):
            make_user(f"canbo{number}@stttt.example", Role.STAFF, body, full_name=f"Cán bộ {number}")
        yield body


def sign_in(page, number):
    page.context.clear_cookies()
    page.goto("/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill(f"canbo{number}@stttt.example")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def issue_real_directive(page):
    """Take the real text in, date it, give it a deadline and issue it."""
    page.goto("/directives/import/")
    page.locator("[name=file]").set_input_files(DIRECTIVE_FILE)
    page.get_by_role("button", name="Đọc thành dự thảo").click()
    page.locator("[name=day]").fill("26")
    page.locator("[name=deadline]").fill("17:00 28/4/2023")
    page.get_by_role("button", name="Đối chiếu lại các dòng").click()
    expect(page.get_by_role("complementary")).to_contain_text("32 cơ quan")
    expect(page.locator("[name=day]")).to_have_value("26")
    page.get_by_role("button", name="Lưu và chuyển sang ban hành").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ban hành công văn đến 32 cơ quan?")
    page.get_by_role("button", name="Ban hành đến 32 cơ quan").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã ban hành đến 32 cơ quan")


def fits(page, path):
    """Whether a page has no sideways scroll at the width of a phone."""
    page.set_viewport_size(PHONE)
    page.goto(path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(DESKTOP)
    return wide <= PHONE["width"]


def test_desk_goes_from_text_to_an_accepted_report(page, desk, complaints):
    sign_in(page, 1)
    issue_real_directive(page)
    page.get_by_role("link", name="Bảng theo dõi").first.click()
    expect(page.locator("tbody tr")).to_have_count(32)
    page.get_by_label("Tìm cơ quan").fill("so y te")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Ghi nhận báo cáo").click()
    page.get_by_label("Kênh nhận").select_option("telephone")
    page.get_by_label("Kết quả chung").select_option("done")
    page.get_by_role("button", name="Ghi nhận báo cáo").click()
    row = page.get_by_role("row", name="Sở Y tế")
    expect(row).to_contain_text("Sở ghi nhận (Cán bộ 1)")
    review_as_colleague(page)
    assert Assignment.objects.get(agency_name="Sở Y tế").state == State.ACCEPTED
    assert complaints == []


def review_as_colleague(page):
    """Find every item sufficient as the second person at the desk."""
    sign_in(page, 2)
    page.goto("/reviews/")
    page.get_by_role("link", name="Sở Y tế").click()
    for choice in page.get_by_role("radio", name="Đạt", exact=True).all():
        choice.check()
    page.get_by_role("button", name="Kết thúc xem xét").click()
    expect(page.get_by_text("Sở Y tế: Đã ghi nhận.")).to_be_visible()


def test_desk_pages_fit_a_phone_and_copy_works(page, desk, complaints):
    sign_in(page, 1)
    issue_real_directive(page)
    first = Assignment.objects.first()
    about = f"/directives/{first.directive_id}/"
    pages = ["", "board/", "call-sheet/", "chase-list/", "reminders/", "access/", "recipients/add/", "close/"]
    paths = [about + name for name in pages]
    paths += [f"/assignments/{first.pk}/record/", f"/assignments/{first.pk}/calls/", "/directives/import/"]
    assert [path for path in paths if not fits(page, path)] == []
    page.goto(about + "chase-list/")
    page.get_by_role("button", name="Sao chép nội dung").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    assert complaints == []


def test_desk_works_without_javascript(browser, live_server, desk):
    context = browser.new_context(base_url=live_server.url, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, 1)
    issue_real_directive(page)
    page.get_by_role("link", name="Bảng theo dõi").first.click()
    expect(page.locator("tbody tr")).to_have_count(32)
    context.close()


def test_keyboard_never_lands_on_a_hidden_part_of_the_board(page, desk):
    sign_in(page, 1)
    issue_real_directive(page)
    page.get_by_role("link", name="Bảng theo dõi").first.click()
    covered = []
    for _step in range(60):
        page.keyboard.press("Tab")
        covered += page.evaluate(
            """() => {
                const e = document.activeElement, r = e.getBoundingClientRect();
                if (!r.width || e === document.body || e.matches(".skip, .mx")) return [];
                const at = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
                return at && (e.contains(at) || at.contains(e)) ? [] : [e.outerHTML.slice(0, 90)];
            }"""
        )
    assert covered == []
