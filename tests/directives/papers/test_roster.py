"""Rosters as papers: an agency's, ready to be signed, and the province's; telephones only for those who may call."""

from datetime import time

import pytest
from django.urls import reverse

from alertdesk.lib import clock
from directives.papers import render_agency_roster, render_roster
from directives.papers.jobs import ask
from directives.services.rostering import fill_roster
from tests.cast import ISSUED_AT

from .reading import page_number, pages_text, text

PHONE = "0905000001"


@pytest.fixture
def health(cast):
    """An agency with a roster of two people; the town has none."""
    with clock.frozen(ISSUED_AT):
        assignment = cast.issue(number="123", day=26)[0]
        people = [("Nguyễn Văn An", PHONE), ("Lê Thị Bình", PHONE)]
        fill_roster(assignment, actor=cast.officer, people=people, post="Trực an toàn", hours=12, change_at=time(7))
        yield assignment


def test_an_agencys_roster_says_who_is_on_duty_when_and_is_ready_to_be_signed(health):
    said = text(render_agency_roster(health))
    assert "LỊCH TRỰC Bảo đảm an toàn thông tin mạng từ ngày 29/4/2023 đến ngày" in said
    assert "Sở Y tế phân công trực bảo đảm an toàn thông tin mạng như sau:" in said
    assert "Trực an toàn 00:00 - 07:00 29/4/2023 Nguyễn Văn An" in said
    assert "- Sở Thông tin và Truyền thông (để b/cáo); - Các cá nhân có tên trong lịch trực; - Lưu: VT." in said
    assert said.endswith("GIÁM ĐỐC")


def test_a_roster_without_shifts_has_rows_to_fill_in(cast, health):
    empty = health.directive.assignments.get(agency=cast.town)
    assert "TT Vị trí trực Thời gian Người trực, chức vụ Người thay 1 2 3 4 5 Trong ca trực" in text(
        render_agency_roster(empty)
    )


def test_the_provinces_roster_counts_names_the_missing_and_lists_the_rest_in_an_appendix(health):
    first, *appendix = pages_text(render_roster(health.directive))
    assert "Đã có 1/2 cơ quan, đơn vị lập lịch trực, trong đó 1 cơ quan, đơn vị trực đủ 24/7." in first
    assert "Chưa có lịch trực (1): UBND thành phố Quy Nhơn." in first
    assert appendix[0].startswith("Phụ lục LỊCH TRỰC CỦA CÁC CƠ QUAN, ĐƠN VỊ (Kèm theo Lịch trực ngày tháng 4 năm 2023")
    assert "Sở Y tế (trực đủ 24/7) 1 Trực an toàn" in appendix[0]
    assert page_number(render_roster(health.directive), 1) == ""


@pytest.mark.parametrize("render", [render_agency_roster, lambda a, **form: render_roster(a.directive, **form)])
def test_telephones_stand_only_where_they_are_asked_for(health, render):
    assert PHONE in text(render(health))
    bare = render(health, with_telephones=False)
    assert PHONE not in text(bare)
    assert b"telephone" not in bare


@pytest.mark.parametrize(
    ("who", "sees"), [("staff", True), ("leader", False), ("officer", True), ("town_officer", None)]
)
def test_only_the_desk_and_the_agency_get_telephones(client, cast, health, who, sees):
    client.force_login(getattr(cast, who))
    answer = client.get(reverse("directives:roster_paper", args=[health.pk]))
    assert answer.status_code == (404 if sees is None else 200)
    if sees is not None:
        assert (PHONE in text(answer.content)) is sees


def test_a_leader_does_not_get_the_desks_roster_by_its_job(client, cast, health):
    ask("roster", health.directive, actor=cast.staff, form="phones")
    job = health.directive.papers.get(kind="roster").jobs.get()
    client.force_login(cast.leader)
    assert client.get(reverse("directives:paper_file", args=[job.pk])).status_code == 403
    assert PHONE not in text(
        client.get(reverse("directives:province_roster_paper", args=[health.directive.pk])).content
    )
