"""How many interactions a report costs: every click, filled field and upload from empty answers to the receipt."""

import re
import sys

import pytest
from playwright.sync_api import expect

from alertdesk.lib import clock
from directives.models import AnswerStatus, DemoClock, State
from tests.cast import ISSUED_AT, PASSWORD, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALL_LIMIT, TYPICAL_LIMIT = 15, 60


class Counting:
    """A page whose every click, filled field and upload is counted."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def click(self, role, name):
        self.count += 1
        self.page.locator("main").get_by_role(role, name=name).first.click()

    def choose(self, question, option):
        self.count += 1
        group = self.page.get_by_role("group", name=re.compile(question))
        group.get_by_role("radio", name=option, exact=True).check()

    def fill(self, field, text):
        self.count += 1
        field.fill(text)

    def upload(self, path):
        self.count += 1
        self.page.get_by_label("Thêm minh chứng").set_input_files(path)
        expect(self.page.get_by_role("link", name=path.name)).to_be_visible()


@pytest.fixture
def cast(db):
    """The cast, with the live server's clock standing at the moment of issue."""
    DemoClock.objects.create(now=ISSUED_AT)
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def officer(page, cast):
    """The health department's officer, signed in and at the first page; signing in is not counted."""
    cast.issue()
    page.goto("/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill(cast.officer.email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Báo cáo của cơ quan")).to_be_visible()
    return Counting(page)


def receive(officer):
    officer.click("link", re.compile("^Xác nhận đã tiếp nhận"))
    officer.click("button", "Xác nhận đã tiếp nhận")


FIGURES = [f'#answer-form [name="{name}"]' for name in ("total", "done", "extra", "reference")]
MACHINES = ['[name="productrow-0-total"]', '[name="productrow-0-updated"]']


def figures(officer):
    """Fill every figure of the page, and of the machines the two numbers of the line that is offered."""
    for field in officer.page.locator(", ".join(FIGURES + MACHINES)).all():
        officer.fill(field, "4")


def send(officer):
    officer.click("button", "Gửi báo cáo")
    expect(officer.page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()


def the_report(cast):
    return cast.health.assignments.get()


def test_a_small_department_finishes_in_fifteen_interactions(officer, cast, capsys):
    receive(officer)
    officer.choose("tự vận hành máy chủ", "Không")
    officer.fill(officer.page.get_by_label("đơn vị nào vận hành các hệ thống"), "Trung tâm CNTT và Truyền thông")
    officer.choose("Ai vận hành Cổng", "Đơn vị khác")
    officer.choose("đơn vị trực thuộc", "Không")
    officer.click("button", "Đến danh sách nội dung")
    officer.click("link", "Trả lời nội dung 2")
    officer.choose("Kết quả thực hiện", "Hoàn thành")
    figures(officer)
    officer.click("button", "Lưu và kiểm tra báo cáo")
    send(officer)
    report = the_report(cast)
    assert report.state == State.SUBMITTED
    assert report.answers.filter(status=AnswerStatus.NOT_APPLICABLE).count() == 4
    with capsys.disabled():
        sys.stdout.write(f"\nsmall department: {officer.count} interactions\n")
    assert officer.count <= SMALL_LIMIT


def test_a_typical_department_finishes_in_sixty_interactions(officer, cast, capsys, tmp_path):
    proof = tmp_path / "minh-chung.pdf"
    proof.write_bytes(b"%PDF-1.7\nx\n%%EOF\n")
    receive(officer)
    officer.choose("tự vận hành máy chủ", "Có")
    officer.choose("Ai vận hành Cổng", "Cơ quan tự vận hành")
    officer.choose("đơn vị trực thuộc", "Có")
    officer.click("button", "Đến danh sách nội dung")
    officer.click("link", "Trả lời nội dung 1")
    for position in range(1, 6):
        expect(officer.page.get_by_text(f"Nội dung {position} trên 5")).to_be_visible()
        officer.choose("Kết quả thực hiện", "Hoàn thành")
        figures(officer)
        officer.fill(officer.page.get_by_label("Nội dung đã thực hiện, hoặc lý do"), "Đã thực hiện đầy đủ.")
        if position in (2, 4):
            officer.upload(proof)
        officer.click("button", re.compile("^Lưu và"))
    send(officer)
    report = the_report(cast)
    assert report.state == State.SUBMITTED
    assert all(answer.total == 4 for answer in report.answers.all())
    with capsys.disabled():
        sys.stdout.write(f"\ntypical department: {officer.count} interactions\n")
    assert officer.count <= TYPICAL_LIMIT
