"""What the summary concludes follows from counted facts: incidents, the holiday before, proposals; the Excel too."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from agencies.models import AgencyName
from alertdesk.lib import clock
from directives.models import Assignment
from directives.papers import render_summary
from directives.papers.conclusions import conclusions, incident_words, proposals
from directives.papers.summary_sheets import summary_workbook
from directives.reports.incidents import IncidentFigures
from directives.reports.summary import summary
from directives.services.incidents import report_incident
from directives.services.recording import record_report
from tests.cast import DEADLINE, make_agency
from tests.directives.incidents import make_values

from .reading import pages_text

LAST = DEADLINE - timedelta(days=100)


def report(assignment, cast, arrived_on):
    items = [{"action": a, "status": "done"} for a in assignment.directive.actions.all()]
    fresh = Assignment.objects.get(pk=assignment.pk)
    record_report(fresh, actor=cast.staff, channel="paper", arrived_on=arrived_on, items=items)


@pytest.fixture
def pair(cast):
    """Last time one of three was in time and one late; now the one in time has reported, the deadline is past."""
    third = make_agency("Sở Tư pháp", parent=cast.province)
    asked = (cast.health, cast.town, third)
    earlier = cast.issue(*asked, number="12", day=10, at=LAST - timedelta(days=3), deadline=LAST)
    with clock.frozen(LAST + timedelta(days=4)):
        report(earlier[0], cast, LAST.date())
        report(earlier[1], cast, (LAST + timedelta(days=2)).date())
    now = cast.issue(*asked, number="123", day=26, previous=earlier[0].directive)
    with clock.frozen(DEADLINE + timedelta(days=1)):
        report(now[0], cast, DEADLINE.date())
        yield now[0].directive


def test_turnout_of_both_holidays_stands_side_by_side(pair):
    found = summary(pair, now=clock.now()).comparison
    assert (found.last.agencies, found.last.reported, found.last.on_time) == (3, 2, 1)
    assert (found.now.agencies, found.now.reported, found.now.on_time) == (3, 1, 1)
    said = " ".join(pages_text(render_summary(pair)))
    assert "báo cáo 33% (dịp trước 66%), đúng thời hạn 33% (dịp trước 33%)" in said
    assert "Đã báo cáo 2 (66%) 1 (33%)" in said
    assert "Công văn số 12/STTTT-BCVT&CNTT" in said


def test_who_is_late_again_is_named_and_who_was_in_time_is_not(pair):
    assert set(summary(pair, now=clock.now()).comparison.again) == {"UBND thành phố Quy Nhơn", "Sở Tư pháp"}


def test_without_a_holiday_before_nothing_is_compared(cast):
    directive = cast.issue()[0].directive
    with clock.frozen(DEADLINE):
        assert summary(directive, now=clock.now()).comparison is None
        assert "Chưa có công văn của dịp nghỉ lễ trước" in " ".join(pages_text(render_summary(directive)))


def test_the_first_page_holds_the_conclusions_and_nothing_else(pair):
    first, second = pages_text(render_summary(pair))[:2]
    assert "I. KẾT LUẬN" in first
    assert "Chưa ghi nhận sự cố an toàn thông tin; 0/3 cơ quan" in first
    assert "Có 2 kiến nghị, nêu tại mục VI." in first
    assert "II." not in first
    assert "II. TIẾN ĐỘ" in second


def test_incidents_are_counted_as_the_leaders_page_counts_them(cast):
    health, _town = cast.issue()
    with clock.frozen(DEADLINE):
        report_incident(cast.health, actor=cast.officer, assignment=health, values=make_values())
        counted = summary(health.directive, now=clock.now()).incidents
    assert (counted.open, counted.closed, counted.agencies) == (1, 0, 2)
    assert incident_words(counted).startswith("Ghi nhận 1 sự cố an toàn thông tin, trong đó 1 đang xử lý")
    late = replace(counted, late=1)
    assert "(1 sự cố có việc quá thời hạn quy định)" in incident_words(late)


def test_each_proposal_has_a_figure_behind_it_and_nought_proposes_nothing(pair):
    read = summary(pair, now=clock.now())
    assert proposals(read) == [
        "Chỉ đạo 2 cơ quan, đơn vị đã quá thời hạn khẩn trương thực hiện và gửi báo cáo",
        "Đôn đốc, nhắc nhở 2 cơ quan, đơn vị hai dịp liền báo cáo chậm hoặc chưa báo cáo",
    ]
    quiet = replace(read, numbers=replace(read.numbers, overdue=0), comparison=None, incidents=IncidentFigures())
    assert conclusions(quiet)["proposals"] == []


def test_machines_without_an_update_are_proposed_with_dots_between_thousands(pair):
    read = summary(pair, now=clock.now())
    actions = [replace(a, extra=1234) if a.kind == "vulnerabilities" else a for a in read.actions]
    assert any("1.234 máy chưa thể cập nhật" in line for line in proposals(replace(read, actions=tuple(actions))))


def test_the_workbook_holds_the_same_figures_as_numbers_and_its_texts_as_texts(pair, cast):
    AgencyName.objects.filter(agency=cast.town).update(name="=SUM(A1)")
    Assignment.objects.filter(agency=cast.town, directive=pair).update(agency_name="=SUM(A1)")
    book = load_workbook(io.BytesIO(summary_workbook(pair).print()))
    assert book.sheetnames == ["Kết luận", "Theo nội dung", "Theo nhóm", "Cơ quan", "Chưa báo cáo"]
    said = dict(book["Kết luận"].iter_rows(values_only=True))
    assert (said["Đã báo cáo"], said["Quá thời hạn"]) == (1, 2)
    assert said["Số liệu tính đến"] == "17 giờ 00 phút ngày 29/4/2023"
    cell = next(row[1] for row in book["Chưa báo cáo"].iter_rows() if row[1].value == "=SUM(A1)")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_workbook_of_the_same_figures_has_the_same_key(pair):
    assert summary_workbook(pair).key == summary_workbook(pair).key
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        later = summary_workbook(pair).key
    assert later != summary_workbook(pair).key, "it says another data time"
