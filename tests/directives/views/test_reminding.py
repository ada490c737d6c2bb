"""Reminding a selection: the desk sees exactly who gets what, sends once, and reads what became of it."""

import pytest
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import Assignment, Delivery, Notice
from directives.reminders.outbox import enqueue
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_agency

MORNING = clock.local(2023, 4, 28, 9)


@pytest.fixture
def rows(assignments):
    """Both assignments on the morning of the deadline."""
    with clock.frozen(MORNING):
        yield assignments


@pytest.fixture
def staff(cast, rows, as_user):
    return as_user(cast.staff)


def url(name, rows):
    return reverse(f"directives:{name}", args=[rows[0].directive_id])


def test_the_preview_names_who_gets_which_words_and_who_not_and_why(staff, cast, rows):
    answer_everything(rows[0], cast.officer)
    submit_report(Assignment.objects.get(pk=rows[0].pk), actor=cast.officer)
    page = staff.get(url("remind", rows)).content.decode()
    assert "Nhắc 1 cơ quan?" in page
    assert "quynhon@binhdinh.example, vanthu@quynhon.example" in page
    assert "[Nhắc việc] Hôm nay đến hạn (17:00 28/04/2023)" in page
    assert "5. Nội dung 5" in page
    assert "Không còn phải báo cáo (1)" in page
    assert "<li>Sở Y tế</li>" in page
    assert not Notice.objects.exists()


def test_ticked_rows_are_the_selection(staff, rows):
    response = staff.get(url("remind", rows), {"chosen": "1", "a": [rows[1].pk]})
    assert [letter.assignment for letter in response.context["letters"]] == [rows[1]]


def test_the_filters_of_the_board_are_the_selection(staff, rows):
    response = staff.get(url("remind", rows), {"q": "so y te"})
    assert [letter.assignment.agency_name for letter in response.context["letters"]] == ["Sở Y tế"]
    assert len(staff.get(url("remind", rows)).context["letters"]) == 2


def test_a_row_with_a_long_number_is_ticked_and_sent_like_any_other(staff, cast, rows):
    row = Assignment.objects.get(pk=rows[0].pk)
    row.pk, row.agency = 1234567, make_agency("Sở Nội vụ", mailbox="snv@x.example")
    row.responsible_agency = row.agency
    row.save(force_insert=True)
    assert 'name="a" value="1234567"' in staff.get(url("board", rows)).content.decode()
    page = staff.get(url("remind", rows), {"chosen": "1", "a": [row.pk]}).content.decode()
    assert 'name="a" value="1234567"' in page


def test_ticking_nobody_leads_back_to_the_board_with_a_word(staff, rows):
    response = staff.get(url("remind", rows), {"chosen": "1", "a": ["x", "²", "9" * 30]}, follow=True)
    assert response.redirect_chain == [(url("board", rows), 302)]
    assert "Đề nghị đánh dấu ít nhất một cơ quan" in response.content.decode()


def test_one_post_sends_and_shows_what_became_of_it_agency_by_agency(staff, rows):
    response = staff.post(url("remind", rows), {"a": [row.pk for row in rows]}, follow=True)
    assert response.redirect_chain == [(url("reminded", rows), 302)]
    page = response.content.decode()
    assert "Đang gửi thư nhắc 2 cơ quan." in page
    assert [m.state for row in response.context["rows"] for m in row.messages] == ["pending"] * 6
    Delivery.objects.filter(address="syt@binhdinh.example").update(state="sent", sent_at=clock.now())
    Delivery.objects.filter(address="vanthu@syt.example", channel="email").update(
        state="dead", answer="550 no such mailbox"
    )
    shown = staff.get(url("reminded", rows)).context["rows"]
    assert [(m.address, m.channel, m.state, m.answer) for m in shown[0].messages] == [
        ("syt@binhdinh.example", "email", "sent", ""),
        ("vanthu@syt.example", "email", "dead", "550 no such mailbox"),
        ("vanthu@syt.example", "in_app", "pending", ""),
    ]


def test_sending_the_same_form_twice_sends_once_and_says_so(staff, rows):
    for _time in range(2):
        response = staff.post(url("remind", rows), {"a": [row.pk for row in rows]}, follow=True)
    assert Delivery.objects.filter(channel="email").count() == 4
    assert "Hôm nay đã được nhắc: Sở Y tế, UBND thành phố Quy Nhơn." in response.content.decode()


def test_who_was_reminded_since_the_preview_is_left_out_when_it_is_sent(staff, rows):
    enqueue(rows[0], Notice.Kind.DUE, "syt@binhdinh.example")
    staff.post(url("remind", rows), {"a": [row.pk for row in rows]})
    assert set(Notice.objects.filter(kind="manual").values_list("assignment", flat=True)) == {rows[1].pk}


def test_rows_of_another_directive_are_not_reminded_through_this_one(staff, cast, rows):
    other = cast.issue(make_agency("Sở Nội vụ", mailbox="snv@x.example"), at=MORNING, deadline=DEADLINE)[0]
    staff.post(url("remind", rows), {"a": [other.pk]})
    assert not Notice.objects.exists()


def test_a_leader_reads_the_board_but_reminds_nobody(cast, rows, as_user):
    client = as_user(cast.leader)
    assert client.get(url("remind", rows)).status_code == 403
    assert client.post(url("remind", rows), {"a": [rows[0].pk]}).status_code == 403
    assert client.get(url("reminded", rows)).status_code == 403
    assert not Notice.objects.exists()


def test_the_day_begins_with_nobody_reminded(staff, rows):
    assert "Hôm nay Sở chưa nhắc cơ quan nào" in staff.get(url("reminded", rows)).content.decode()


def test_the_history_of_the_assignment_tells_of_the_reminder(staff, rows):
    staff.post(url("remind", rows), {"a": [rows[0].pk]})
    page = staff.get(reverse("directives:assignment", args=[rows[0].pk])).content.decode()
    assert "Sở đã gửi thư nhắc" in page
