"""The summary puts its conclusions first, counts what stands, and names who has not reported."""

from datetime import timedelta

import pytest

from alertdesk.lib import clock
from directives.models import Directive
from directives.papers import render_summary
from directives.services.answering import save_answer
from directives.services.recording import record_report
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_agency, make_directive

from .reading import page_count, page_number, pages_text, phrase, text


@pytest.fixture
def issued(cast):
    """One report sent, one recorded by the desk, one agency silent, the deadline three days past."""
    third = make_agency("Sở Tư pháp", parent=cast.province)
    health, _town, third = cast.issue(cast.health, cast.town, third, number="123", day=26)
    with clock.frozen(DEADLINE - timedelta(days=1)):
        answer_everything(health, cast.officer)
        answer = health.answers.get(action__kind="vulnerabilities")
        save_answer(answer, actor=cast.officer, version=answer.version, status="partly", note="x", total=120, done=115)
        submit_report(health, actor=cast.officer)
        items = [{"action": a, "status": "done"} for a in health.directive.actions.all()]
        record_report(third, actor=cast.staff, channel="paper", arrived_on=clock.today(), items=items)
    with clock.frozen(DEADLINE + timedelta(days=3)):
        yield health.directive


def test_conclusions_and_the_table_of_actions_fill_the_first_page(issued):
    first = pages_text(render_summary(issued))[0]
    assert "Số: /BC-STTTT Bình Định, ngày tháng 5 năm 2023" in first
    assert "Kính gửi: Ủy ban nhân dân tỉnh Bình Định" in first
    assert "Số liệu tính đến 17 giờ 00 phút ngày 01/5/2023." in first
    assert "Đã có 2/3 cơ quan, đơn vị báo cáo kết quả (đạt 66%), trong đó 0 báo cáo đã được ghi nhận" in first
    assert "còn 1 cơ quan, đơn vị chưa có báo cáo; 1 cơ quan, đơn vị đã quá thời hạn." in first
    assert "2/3 đã báo cáo 0 đã ghi nhận 1 quá thời hạn 1 chưa tiếp nhận" in first
    assert "5 Nội dung 5" in first


def test_summary_of_the_committees_document_is_headed_by_the_desk_that_reports(issued):
    committee = {"issuer_name": "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH", "issuer_parent_name": ""}
    Directive.objects.update(doc_type="công điện", symbol="CĐ-UBND", **committee)
    issued.refresh_from_db()
    said = text(render_summary(issued))
    assert "UBND TỈNH BÌNH ĐỊNH SỞ THÔNG TIN VÀ TRUYỀN THÔNG CỘNG HÒA" in said
    assert "- Lưu: VT. GIÁM ĐỐC" in said


def test_counts_of_things_come_from_reports_that_gave_them(issued):
    said = text(render_summary(issued))
    assert "Tổng số máy đã rà soát: 120; đã cập nhật: 115" in said
    assert "(theo số liệu của 1 cơ quan, đơn vị)" in said


def test_agencies_without_a_report_are_named_with_their_state(issued):
    assert "Chưa tiếp nhận (1): UBND thành phố Quy Nhơn (quá hạn 3 ngày)." in text(render_summary(issued))


def test_appendix_lists_every_agency_and_counts_its_own_pages(issued):
    pages = pages_text(render_summary(issued))
    appendix = pages[-1]
    assert appendix.startswith("Phụ lục TÌNH HÌNH BÁO CÁO CỦA CÁC CƠ QUAN, ĐƠN VỊ (Kèm theo Báo cáo số /BC-STTTT ngày")
    assert "Sở Y tế Đã gửi, chờ xem xét HT MP HT HT HT" in appendix
    assert "Sở Tư pháp Đã gửi, chờ xem xét (Sở ghi nhận) HT HT HT HT HT" in appendix
    assert "UBND thành phố Quy Nhơn Chưa tiếp nhận; quá hạn 3 ngày – – – – –" in appendix


def test_chart_says_how_many_had_come_by_each_day(issued):
    content = render_summary(issued)
    page = next(n for n, said in enumerate(pages_text(content)) if "hết hạn 28/4" in said)
    assert "26/4" in pages_text(content)[page]
    assert phrase(content, "27/4", page)


def test_long_appendix_numbers_its_second_page_two(cast):
    agencies = [make_agency(f"Sở Nông nghiệp và Phát triển nông thôn số {n}", parent=cast.province) for n in range(60)]
    directive = cast.issue(*agencies)[0].directive
    content = render_summary(directive)
    pages = pages_text(content)
    start = next(n for n, said in enumerate(pages) if said.startswith("Phụ lục"))
    assert page_count(content) > start + 2
    assert [page_number(content, page) for page in (start, start + 1, start + 2)] == ["", "2", "3"]


def test_marks_of_many_actions_stay_on_one_line(cast):
    assignment = cast.issue(actions=12)[0]
    items = [{"action": a, "status": "not_applicable", "note": "x"} for a in assignment.directive.actions.all()]
    record_report(assignment, actor=cast.staff, channel="paper", arrived_on=clock.today(), items=items)
    assert " ".join(["KAD"] * 12) in pages_text(render_summary(assignment.directive))[-1]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("issued", ""),
        ("closed", " Công văn này đã kết thúc theo dõi."),
        ("recalled", " Công văn này đã được thu hồi."),
        ("superseded", " Công văn này đã được thay thế bằng Công văn số 130/STTTT-BCVT&CNTT ngày 27 tháng 4 năm 2023."),
    ],
)
def test_summary_says_in_a_sentence_that_a_directive_stands_no_more(cast, issued, state, sentence):
    Directive.objects.filter(pk=issued.pk).update(state=state)
    if state == "superseded":
        make_directive(cast.desk, supersedes=issued, number="130", day=27)
    said = text(render_summary(Directive.objects.get(pk=issued.pk)))
    assert f"Số liệu tính đến 17 giờ 00 phút ngày 01/5/2023.{sentence} I. KẾT LUẬN" in said


def test_directive_without_recipients_or_actions_still_prints(cast):
    directive = cast.issue(actions=1)[0].directive
    directive.assignments.all().update(state="withdrawn")
    assert "Đã có 0/0 cơ quan" in text(render_summary(directive))
