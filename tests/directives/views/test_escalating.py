"""The desk sees who was told what, reads exactly what the heads would get, and sends it in one act."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import Delivery, Notice
from directives.reminders.sweep import sweep
from directives.services.calling import log_call
from tests.cast import make_agency, make_user

LATE = clock.local(2023, 5, 4, 9)


@pytest.fixture
def rows(assignments):
    """Both assignments, late."""
    with clock.frozen(LATE):
        yield assignments


@pytest.fixture
def staff(cast, rows, as_user):
    return as_user(cast.staff)


def url(name, rows):
    return reverse(f"directives:{name}", args=[rows[0].directive_id])


def test_the_preview_is_what_is_then_sent_word_for_word(staff, rows):
    letters = staff.get(url("escalation", rows)).context["letters"]
    shown = {address: (w.subject, w.text) for letter in letters for w in letter.words for address in w.addresses}
    assert set(shown) == {"chutich@quynhon.example", "syt@binhdinh.example"}
    staff.post(url("escalation", rows), {"a": [row.pk for row in rows]})
    sweep()
    sent = Delivery.objects.filter(notices__kind="escalated", channel="email").distinct()
    assert {mail.address: (mail.subject, mail.text) for mail in sent} == shown


def test_only_looking_writes_nothing(staff, rows):
    staff.get(url("escalation", rows))
    assert not Notice.objects.filter(kind="escalated").exists()


def test_one_row_is_chosen_by_its_link(staff, rows):
    response = staff.get(url("escalation", rows), {"a": rows[1].pk})
    assert [letter.assignment for letter in response.context["letters"]] == [rows[1]]


def test_one_post_sends_and_shows_the_log_of_it(staff, rows):
    response = staff.post(url("escalation", rows), {"a": [rows[1].pk]}, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(url("reminders", rows) + "?kind=escalated", 302)]
    assert "Đang gửi đến lãnh đạo 1 cơ quan." in page
    assert "chutich@quynhon.example" in page
    history = staff.get(reverse("directives:assignment", args=[rows[1].pk])).content.decode()
    assert "Sở đã gửi thông tin đến lãnh đạo cơ quan" in history


def test_who_was_told_since_the_preview_is_left_out_and_named(staff, rows):
    for _time in range(2):
        response = staff.post(url("escalation", rows), {"a": [rows[1].pk]}, follow=True)
    assert "Hôm nay đã gửi lãnh đạo: UBND thành phố Quy Nhơn." in response.content.decode()


def test_nobody_late_says_so(cast, assignments, as_user):
    page = as_user(cast.staff).get(url("escalation", assignments)).content.decode()
    assert "Không có lãnh đạo cơ quan nào cần gửi" in page


def test_leaders_and_officers_do_not_escalate(cast, rows, as_user):
    for role in ("leader", "officer", "head"):
        assert as_user(getattr(cast, role)).get(url("escalation", rows)).status_code == 403
        assert as_user(getattr(cast, role)).post(url("escalation", rows), {"a": [rows[0].pk]}).status_code == 403


def test_the_follow_up_list_says_who_was_told_and_links_the_next_acts(staff, cast, rows):
    sweep()
    Delivery.objects.filter(address="syt@binhdinh.example").update(state="dead", answer="550 no")
    staff.post(url("escalation", rows), {"a": [rows[1].pk]})
    log_call(rows[0], actor=cast.staff, spoke_with="Chị Hoa", promised="Chiều nay gửi")
    page = staff.get(url("chase_list", rows)).content.decode()
    assert "1 lần" in page
    assert "gần nhất 09:00 04/05/2023" in page
    assert "1 thư bị từ chối" in page
    assert "đã gửi 09:00 04/05/2023" in page
    assert "Chiều nay gửi" in page
    assert f'{url("escalation", rows)}?a={rows[0].pk}"' in page
    assert reverse("directives:calls", args=[rows[0].pk]) in page
    assert reverse("directives:assignment_reminders", args=[rows[0].pk]) in page


def test_before_the_deadline_nobody_can_be_escalated_from_the_list(cast, assignments, as_user):
    page = as_user(cast.staff).get(url("chase_list", assignments)).content.decode()
    assert "Gửi lãnh đạo" not in page


def test_the_follow_up_list_costs_the_same_for_two_and_for_twenty(staff, cast, rows):
    few = cost(staff, rows)
    for number in range(18):
        agency = make_agency(f"Sở số {number}", mailbox=f"so{number}@x.example")
        make_user(f"head{number}@x.example", "head", agency)
        row = type(rows[0]).objects.get(pk=rows[0].pk)
        row.pk, row.agency, row.responsible_agency, row.agency_name = None, agency, agency, agency.current_name.name
        row.save(force_insert=True)
    sweep()
    assert cost(staff, rows) == few


def cost(client, rows) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url("chase_list", rows))
    return len(queries)
