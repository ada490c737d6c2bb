"""What a person was told stands in the app until they mark it: only theirs, newest first, each opened in one act."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import Delivery, Notice
from directives.reminders.outbox import tell
from directives.reminders.sweep import sweep
from tests.cast import ISSUED_AT

PAGE = reverse("directives:notices")


@pytest.fixture
def told(cast, assignments):
    """Both agencies are told of the directive."""
    with clock.frozen(ISSUED_AT):
        sweep()
        yield assignments


@pytest.fixture
def message(cast, told):
    return Delivery.objects.get(channel="in_app", address=cast.officer.email)


def read_url(message):
    return reverse("directives:notice_read", args=[message.pk])


def test_the_officer_reads_what_was_told_and_the_menu_counts_it(cast, told, as_user):
    page = as_user(cast.officer).get(PAGE).content.decode()
    assert "[Công văn mới]" in page
    assert "1 thông báo chưa đọc" in page
    assert '<a href="/messages/" aria-current="page">Thông báo <b>1</b></a>' in page


def test_a_message_that_still_waits_is_not_shown(cast, assignments, as_user):
    tell(assignments, Notice.Kind.MANUAL)
    assert "Chưa có thông báo." in as_user(cast.officer).get(PAGE).content.decode()


def test_home_shows_what_is_new(cast, told, as_user):
    page = as_user(cast.officer).get("/").content.decode()
    assert "Thông báo mới" in page
    assert "[Công văn mới]" in page


def test_opening_the_report_from_a_message_marks_it_read(cast, told, message, as_user):
    response = as_user(cast.officer).post(read_url(message), {"open": told[0].pk})
    assert response.url == reverse("directives:assignment", args=[told[0].pk])
    message.refresh_from_db()
    assert message.read_at == ISSUED_AT
    page = as_user(cast.officer).get(PAGE).content.decode()
    assert "đã đọc 09:00 26/04/2023" in page
    assert "Đánh dấu tất cả đã đọc" not in page


def test_the_time_of_the_first_reading_stays(cast, told, message, as_user):
    client = as_user(cast.officer)
    client.post(read_url(message))
    with clock.frozen(clock.local(2023, 4, 27, 9)):
        assert client.post(read_url(message)).url == PAGE
    message.refresh_from_db()
    assert message.read_at == ISSUED_AT


@pytest.mark.parametrize("asked", ["9999999", "", "x", "/evil"])
def test_a_report_that_the_message_is_not_about_is_not_opened_through_it(cast, told, message, as_user, asked):
    assert as_user(cast.officer).post(read_url(message), {"open": asked}).url == PAGE


def test_all_are_marked_in_one_act_and_nobody_elses(cast, told, as_user):
    as_user(cast.officer).post(reverse("directives:notices_read"))
    unread = Delivery.objects.unread().values_list("address", flat=True)
    assert list(unread) == [cast.town_officer.email]


def test_the_neighbours_message_is_not_found(cast, told, message, as_user):
    assert as_user(cast.town_officer).post(read_url(message)).status_code == 404
    assert "Sở Y tế" not in as_user(cast.town_officer).get(PAGE).content.decode()


def test_the_mail_of_a_message_cannot_be_marked(cast, told, as_user):
    mail = Delivery.objects.get(channel="email", address=cast.officer.email)
    assert as_user(cast.officer).post(read_url(mail)).status_code == 404


def test_the_desk_has_no_such_page_and_reading_needs_a_post(cast, told, message, as_user):
    assert as_user(cast.staff).get(PAGE).status_code == 403
    assert as_user(cast.officer).get(read_url(message)).status_code == 405


def test_the_list_costs_the_same_for_one_and_for_twenty(cast, told, as_user):
    client = as_user(cast.officer)
    client.get(PAGE)
    few = count_of(client)
    for _number in range(20):
        cast.issue(cast.health, at=ISSUED_AT)
    sweep()
    assert count_of(client) == few


def count_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    return len(queries)
