"""The two official reports on an incident: every field of the forms, dotted where nobody has said it yet."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.models import Letterhead
from alertdesk.lib import clock
from directives.models.incident_report import Attached, Found, Measure, Service, Told
from directives.papers.incident import (
    first_report_content,
    render_closing_report,
    render_closing_report_docx,
    render_first_report,
    render_first_report_docx,
)
from directives.services.incidents import close_incident
from tests.cast import ISSUED_AT
from tests.directives.incidents import ADDRESS, make_incident

from .reading import page_count, text
from .word import text as words

PAPERS = ("incident_first", "incident_first_docx", "incident_closing", "incident_closing_docx")
FULL = {
    "contact_post": "Chuyên viên",
    "owner": "UBND tỉnh Bình Định",
    "system_name": "Quản lý khám chữa bệnh",
    "system_level": 3,
    "system_address": "kcb.syt.example",
    "security_provider": "Doanh nghiệp A",
    "line_providers": "Doanh nghiệp B",
    "found_by": [Found.TOLD],
    "found_note": "Trung tâm CNTT",
    "told": [Told.PROVIDER],
    "operating_system": "Windows Server 2019",
    "services": [Service.WEB],
    "measures": [Measure.FIREWALL],
    "domains": "syt.example",
    "purpose": "Khám chữa bệnh",
    "attached": [Attached.LOG],
    "is_confidential": True,
    "proposals": "Đề nghị hỗ trợ phân tích.",
}
CLOSING = {
    "first_number": "12/BC-SYT",
    "first_on": date(2023, 4, 26),
    "ended_at": ISSUED_AT,
    "cause": "Mở tệp đính kèm lạ.",
    "result": "Đã cài lại máy.",
    "lessons": "Tập huấn lại.",
    "closing_papers": "Biên bản",
}


@pytest.fixture
def health(cast):
    with clock.frozen(ISSUED_AT):
        yield cast.issue(number="123", day=26)[0]


def test_the_first_report_has_every_field_of_the_form(cast, health):
    said = text(render_first_report(make_incident(cast, health, **FULL)))
    assert "BÁO CÁO BAN ĐẦU SỰ CỐ MẠNG Sự cố phát hiện ngày 26 tháng 4 năm 2023" in said
    assert "(Mẫu số 03 – Thông tư số 20/2017/TT-BTTTT)" in said
    assert "Số: /BC-SYT" in said
    for value in FULL.values():
        assert not isinstance(value, str) or value in said, value
    assert "■ Cấp độ 3; □ Cấp độ 4" in said
    assert "□ Kiểm tra nhật ký (log); ■ Nhận được thông báo; □ Cách khác: Trung tâm CNTT" in said
    assert "Ngày phát hiện (*): 26/04/2023 Thời gian phát hiện (*): 07 giờ 41 phút" in said
    assert f"(không ghi IP nội bộ): {ADDRESS}" in said
    assert "Thời điểm thực hiện báo cáo (*): 09 giờ 00 phút, ngày 26/04/2023" in said
    assert "- UBND tỉnh Bình Định; - Sở Thông tin và Truyền thông; - Cơ quan điều phối quốc gia" in said
    assert "GIÁM ĐỐC" in said


def test_the_closing_report_names_the_first_one_and_says_how_it_was_solved(cast, health):
    incident = make_incident(cast, health, **FULL)
    blank = text(render_closing_report(incident))
    assert "Biện pháp xử lý, kết quả: ……" in blank
    close_incident(incident, actor=cast.officer, values=CLOSING)
    said = text(render_closing_report(incident))
    assert "BÁO CÁO KẾT THÚC ỨNG PHÓ SỰ CỐ" in said
    assert "Số, ký hiệu và ngày báo cáo ban đầu: 12/BC-SYT, ngày 26/04/2023" in said
    for words_of in ("Mở tệp đính kèm lạ.", "Đã cài lại máy.", "Tập huấn lại.", "Biên bản"):
        assert words_of in said


def test_the_word_files_say_what_the_pdfs_say(cast, health):
    incident = make_incident(cast, health, **FULL)
    close_incident(incident, actor=cast.officer, values=CLOSING)
    assert "Tên hệ thống bị sự cố: Quản lý khám chữa bệnh" in words(render_first_report_docx(incident))
    assert "Bài học kinh nghiệm: Tập huấn lại." in words(render_closing_report_docx(incident))


def test_outside_a_directive_and_with_little_said_it_still_fits_on_two_pages(cast):
    pdf = render_first_report(make_incident(cast))
    assert page_count(pdf) == 2
    assert "Chức vụ: ……" in text(pdf)


def test_no_form_is_named_for_an_incident_that_newer_rules_bind(cast):
    at = clock.local(2026, 9, 2, 9)
    said = text(render_first_report(make_incident(cast, at=at, detected_at=at)))
    assert "20/2017" not in said
    assert "Kính gửi: Cơ quan chuyên trách của Bộ Công an" in said


def test_the_facts_of_the_report_go_with_the_pdf(cast, health):
    facts = first_report_content(make_incident(cast, health)).facts
    assert (facts["paper"], facts["directive"]["id"]) == ("incident_first", health.directive_id)
    assert len(facts["parts"]) == 7


def test_agency_and_desk_take_the_reports_and_nobody_else(cast, health, client):
    incident = make_incident(cast, health)
    for user, status in ((cast.officer, 200), (cast.staff, 200), (cast.town_officer, 404), (cast.leader, 403)):
        client.force_login(user)
        for name in PAPERS:
            assert client.get(reverse(f"directives:{name}", args=[incident.pk])).status_code == status, (user, name)
    client.force_login(cast.officer)
    assert (
        reverse("directives:incident_first", args=[incident.pk])
        in client.get(reverse("directives:incident", args=[incident.pk])).content.decode()
    )


def test_the_agencys_own_letterhead_heads_the_report(cast, health):
    signers = [{"titles": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "name": "Trần Văn Mẫu"}]
    Letterhead.objects.create(agency=cast.health, symbol="SYT-VP", signers=signers)
    said = text(render_first_report(make_incident(cast, health)))
    assert "Số: /BC-SYT " in said
    assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Trần Văn Mẫu" in said
