"""The quick report is one page on duty, incidents and reports, and says when its figures were read."""

from datetime import time

import pytest

from agencies.models import Role
from alertdesk.lib import clock
from directives.papers.quick_report import NAMES, listed, quick_content, render_quick_docx
from directives.services.incidents import report_incident
from directives.services.rostering import fill_roster
from tests.cast import ISSUED_AT, make_agency, make_user
from tests.directives.incidents import make_values

from . import word
from .reading import page_count, pages_text

MORNING = clock.local(2023, 4, 30, 8)


@pytest.fixture
def directive(cast):
    """Two agencies; the health department has a roster and an incident, nobody has reported."""
    health, _town = cast.issue(number="123", day=26)
    with clock.frozen(ISSUED_AT):
        people = [("Lê Quốc Dũng", "0256.3800001"), ("Trần Thị Bình", "0256.3800002")]
        fill_roster(health, actor=cast.officer, people=people, post="Trực", hours=12, change_at=time(7))
        report_incident(cast.health, actor=cast.officer, assignment=health, values=make_values())
    with clock.frozen(MORNING):
        yield health.directive


def test_one_page_says_who_is_on_duty_what_happened_and_who_is_late(directive):
    content = quick_content(directive).print()
    (page,) = pages_text(content)
    assert "BÁO CÁO NHANH Tình hình bảo đảm an toàn thông tin mạng ngày 30/4/2023" in page
    assert "Số liệu tính đến 08 giờ 00 phút ngày 30/4/2023." in page
    assert "Có 1/2 cơ quan, đơn vị lập lịch trực" in page
    assert "Hiện có 1 người đang trực" in page
    assert "Đang trong ca nhưng chưa xác nhận có mặt (1 người): Sở Y tế." in page
    assert "Ghi nhận 1 sự cố an toàn thông tin, trong đó 1 đang xử lý" in page
    assert "Đã có 0/2 cơ quan, đơn vị báo cáo kết quả (đạt 0%)" in page
    assert "Quá thời hạn, chưa có báo cáo (2): Sở Y tế; UBND thành phố Quy Nhơn." in page


def test_no_telephone_and_no_name_of_a_person_is_in_it(directive):
    said = " ".join(pages_text(quick_content(directive).print()))
    assert "3800001" not in said
    assert "Lê Quốc Dũng" not in said
    assert "Lê Quốc Dũng" not in str(quick_content(directive).facts)


def test_sixty_agencies_that_are_late_still_fill_one_page(cast, directive):
    names = [f"Sở Nông nghiệp và Phát triển nông thôn của vùng số {n}" for n in range(60)]
    rows = cast.issue(*[make_agency(name, parent=cast.province) for name in names])
    with clock.frozen(MORNING):
        for row in rows[:9]:
            officer = make_user(f"so{row.pk}@binhdinh.example", Role.OFFICER, row.agency)
            report_incident(row.agency, actor=officer, assignment=row, values=make_values())
        content = quick_content(rows[0].directive).print()
    assert page_count(content) == 1
    assert "và 56 cơ quan, đơn vị khác" in pages_text(content)[0]
    assert "6 sự cố khác." in pages_text(content)[0]


def test_a_list_names_each_once_and_counts_the_others():
    assert listed(["a", "b", "a"]) == "a; b"
    assert listed(str(n) for n in range(NAMES + 2)).endswith("và 2 cơ quan, đơn vị khác")


def test_word_says_the_same(directive):
    said = word.text(render_quick_docx(directive))
    assert "Có 1/2 cơ quan, đơn vị lập lịch trực" in said
    assert "Số liệu tính đến 08 giờ 00 phút ngày 30/4/2023." in said
