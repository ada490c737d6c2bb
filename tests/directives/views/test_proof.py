"""The log of reminders proves who was told what, and refused messages are sent again: one, some, none of others."""

from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agencies.models import Agency, AgencyName, Event
from alertdesk.lib import clock
from directives.models import Delivery, Notice
from directives.reminders.outbox import tell
from directives.reminders.sweep import sweep
from tests.cast import ISSUED_AT, make_agency

OFFICER = "vanthu@syt.example"


@pytest.fixture
def told(cast, assignments):
    """Both agencies are told of the directive; one mailbox does not exist."""
    with clock.frozen(ISSUED_AT):
        sweep()
        town = Delivery.objects.filter(address="quynhon@binhdinh.example")
        town.update(state="dead", sent_at=None, tries=1, answer="550 5.1.1 no such mailbox")
        yield assignments


@pytest.fixture
def staff(cast, told, as_user):
    return as_user(cast.staff)


def url(name, pk):
    return reverse(f"directives:{name}", args=[pk])


def log(client, told, **query):
    return client.get(url("reminders", told[0].directive_id), query)


def shown(response):
    return {(line.address, line.channel) for line in response.context["lines"]}


def test_each_notice_stands_there_with_why_when_and_what_the_other_side_said(staff, told):
    page = log(staff, told).content.decode()
    assert "Nhật ký nhắc việc" in page
    assert "09:00 26/04/2023" in page
    assert "Công văn mới" in page
    assert "syt@binhdinh.example" in page
    assert "Trong ứng dụng" in page


def test_refused_messages_stand_on_top_with_reason_and_advice(staff, told):
    page = log(staff, told).content.decode()
    top = page[page.index("1 thư bị từ chối") : page.index("<table")]
    assert "quynhon@binhdinh.example" in top
    assert "UBND thành phố Quy Nhơn" in top
    assert "Địa chỉ không có trên máy chủ thư bên nhận." in top
    assert "sửa địa chỉ trong danh bạ" in top
    assert "550 5.1.1 no such mailbox" in top


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "dead"}, {("quynhon@binhdinh.example", "email")}),
        ({"q": "so y te", "channel": "email"}, {("syt@binhdinh.example", "email"), (OFFICER, "email")}),
        ({"q": "VANTHU@SYT"}, {(OFFICER, "email"), (OFFICER, "in_app")}),
        ({"kind": "overdue"}, set()),
        ({"q": "100%_"}, set()),
    ],
)
def test_the_log_is_narrowed_by_state_agency_address_kind_and_channel(staff, told, query, found):
    assert shown(log(staff, told, **query)) == found


def test_filters_that_make_no_sense_are_left_out(staff, told):
    everything = shown(log(staff, told))
    assert len(everything) == 6
    assert shown(log(staff, told, state="x", kind="y", channel="pigeon", page="-3")) == everything


def test_the_ticked_ones_are_sent_again_and_each_leaves_an_event(staff, cast, told):
    dead = Delivery.objects.get(state="dead")
    response = staff.post(url("requeue_many", told[0].directive_id), {"d": [dead.pk, "x", "²"]}, follow=True)
    assert "1 thư sẽ được gửi lại" in response.content.decode()
    dead.refresh_from_db()
    assert (dead.state, dead.tries) == ("pending", 0)
    assert Event.objects.filter(act="resend", subject_id=dead.pk, actor=cast.staff).count() == 1
    again = staff.post(url("requeue_many", told[0].directive_id), {"d": [dead.pk]}, follow=True)
    assert "không còn trong danh sách bị từ chối" in again.content.decode()


def test_ticking_nothing_says_what_to_do(staff, told):
    response = staff.post(url("requeue_many", told[0].directive_id), follow=True)
    assert "Đề nghị đánh dấu ít nhất một thư" in response.content.decode()


def test_a_message_about_another_directive_is_not_sent_again_through_this_one(staff, cast, told):
    other = cast.issue(make_agency("Sở Nội vụ", mailbox="snv@x.example"))[0]
    dead = Delivery.objects.get(state="dead")
    staff.post(url("requeue_many", other.directive_id), {"d": [dead.pk]})
    dead.refresh_from_db()
    assert dead.state == "dead"


def test_the_workbook_holds_what_the_page_shows_and_no_formula(staff, told):
    told[1].agency_name = "=cmd|' /C calc'!A0"
    told[1].save()
    response = staff.get(url("reminders_xlsx", told[0].directive_id), {"channel": "email"})
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "nhat-ky-nhac-viec-2023-04-26.xlsx" in response["Content-Disposition"]
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows())
    table = [[cell.value for cell in row] for row in rows]
    assert table[0][:4] == ["Cơ quan", "Địa chỉ", "Kênh", "Lý do"]
    assert len(table) == 1 + 4
    refused = next(row for row in table if row[1] == "quynhon@binhdinh.example")
    assert refused[7:11] == [
        "Bị từ chối",
        "1",
        "550 5.1.1 no such mailbox",
        "Địa chỉ không có trên máy chủ thư bên nhận.",
    ]
    assert "=cmd|' /C calc'!A0" in [row[0] for row in table]
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} <= {"s", "inlineStr"}


def test_one_agencys_log_holds_its_own_lines_only_and_no_letters_for_its_officer(cast, told, as_user):
    page = as_user(cast.officer).get(url("assignment_reminders", told[0].pk))
    assert shown(page) == {("syt@binhdinh.example", "email"), (OFFICER, "email"), (OFFICER, "in_app")}
    assert "/deliveries/" not in page.content.decode()
    table = as_user(cast.officer).get(url("assignment_reminders_xlsx", told[0].pk))
    assert len(list(load_workbook(BytesIO(table.content)).active.iter_rows())) == 1 + 3


def test_the_neighbour_finds_no_log_and_a_leader_opens_none(cast, told, as_user):
    for name in ("assignment_reminders", "assignment_reminders_xlsx"):
        assert as_user(cast.town_officer).get(url(name, told[0].pk)).status_code == 404
        assert as_user(cast.leader).get(url(name, told[0].pk)).status_code == 403
    for name in ("reminders", "reminders_xlsx"):
        assert as_user(cast.leader).get(url(name, told[0].directive_id)).status_code == 403


def test_the_desk_reads_the_letter_as_it_was_sent(staff, cast, told, as_user):
    sent = Delivery.objects.get(address="syt@binhdinh.example")
    page = unescape(staff.get(url("delivery", sent.pk)).content.decode())
    assert sent.subject in page
    assert "Kính gửi: Sở Y tế" in page
    assert sent.message_id.strip("<>") in page
    assert as_user(cast.officer).get(url("delivery", sent.pk)).status_code == 403


def test_a_letter_that_is_not_written_yet_says_so(staff, told):
    tell(told, Notice.Kind.MANUAL)
    waiting = Delivery.objects.filter(state="pending").first()
    assert "Nội dung thư được soạn khi gửi đi" in staff.get(url("delivery", waiting.pk)).content.decode()


def test_a_letter_that_also_tells_of_another_bodys_directive_keeps_its_words(staff, cast, told):
    sent = Delivery.objects.get(address="syt@binhdinh.example")
    elsewhere = Agency.objects.create(kind=Agency.Kind.DEPARTMENT, parent=cast.province, place="Bình Định")
    AgencyName.objects.create(agency=elsewhere, name="Sở Nội vụ", short_name="Sở Nội vụ", symbol="SNV")
    other = cast.issue(cast.health)[0]
    other.directive.issuer = elsewhere
    other.directive.save()
    Notice.objects.create(
        assignment=other, cycle=1, kind="due", occasion="2023-04-26", address=sent.address,
        planned_at=clock.now(), delivery=sent,
    )  # fmt: skip
    page = staff.get(url("delivery", sent.pk)).content.decode()
    assert "công văn của cơ quan ban hành khác" in page
    assert "Kính gửi: Sở Y tế" not in page


def test_the_log_costs_the_same_for_few_and_for_many_lines(staff, told):
    few = cost(staff, told)
    for number in range(30):
        with clock.frozen(ISSUED_AT.replace(month=5, day=1 + number % 28)):
            tell(told, list(Notice.Kind)[number % 5])
    Delivery.objects.filter(state="pending").update(state="dead", answer="550 no")
    assert cost(staff, told) == few


def cost(client, told) -> int:
    with CaptureQueriesContext(connection) as queries:
        log(client, told)
    return len(queries)
