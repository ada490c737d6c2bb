"""The demo is one story on a clock that stands still; it shares a database with nothing else."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils.html import escape

from agencies.models import User
from directives.demo import load, story, units
from directives.models import Assignment, Delivery, DemoClock, Notice, Shift, State
from directives.reports.province_roster import missed_now

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the story once for all tests here: each changes only its own copy of the rows; yields its files' folder."""
    files = tmp_path_factory.mktemp("story")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=files):
            load.load()
        yield files
        transaction.set_rollback(True)


@pytest.fixture
def told(told_once, media_root, settings, db):
    settings.MEDIA_ROOT = told_once


def as_role(client, email):
    client.force_login(User.objects.get(email=email))
    return client


def test_thirty_two_agencies_stand_in_every_state_an_open_directive_knows(told):
    states = Counter(Assignment.objects.on_board().values_list("state", flat=True))
    assert sum(states.values()) == 32
    assert set(states) == set(State) - {State.LAPSED}


def test_mails_have_gone_out_and_every_address_is_unreachable(told):
    direct = Notice.objects.filter(assignment__parent=None, channel="email")
    assert Counter(direct.values_list("kind", flat=True))["arrival"] == 32
    assert not Delivery.objects.exclude(address__endswith=".example").exists()
    assert not Delivery.objects.exclude(state="sent").filter(notices__isnull=False).exists()


def test_a_town_has_passed_it_on_and_its_communes_stand_in_several_states(told):
    town = Assignment.objects.get(agency_name=units.TOWN)
    assert Counter(town.children.values_list("state", flat=True)).keys() == {
        "accepted",
        "submitted",
        "returned",
        "in_progress",
        "acknowledged",
        "sent",
    }
    answer = town.answers.get(action__kind="cascade")
    assert (answer.total, answer.done) == (units.ALL, units.ALL)
    assert Notice.objects.filter(assignment__parent=town, kind="arrival", channel="email").count() == 6


def test_loading_again_changes_nothing(told, capsys):
    before = Assignment.objects.count(), Delivery.objects.count()
    call_command("load_demo")
    assert (Assignment.objects.count(), Delivery.objects.count()) == before
    assert story.STAFF in capsys.readouterr().out


def test_every_login_works_and_every_page_says_that_the_data_is_invented(client, told):
    for _role, _text, email in story.LOGINS:
        assert client.login(username=email, password=story.PASSWORD), email
        page = client.get(reverse("directives:home")).content.decode()
        assert "Dữ liệu minh họa" in page
        assert "09:00 28/04/2023" in page


def test_moving_the_clock_sends_the_reminders_of_that_moment(client, told):
    as_role(client, story.STAFF)
    before = Delivery.objects.count()
    client.post(reverse("directives:demo_clock"), {"to": story.MOVES[1].isoformat()})
    last = Delivery.objects.order_by("id")[before - 1].pk
    sent = Delivery.objects.filter(pk__gt=last)
    assert {notice.kind for delivery in sent for notice in delivery.notices.all()} == {"check_in"}, "29/4 is a day off"
    assert sent.get(address=story.LEADER).subject.startswith("[Báo cáo nhanh] Sáng ngày 29/04/2023")
    client.post(reverse("directives:demo_clock"), {"to": story.MOVES[3].isoformat()})
    reminded = set(Notice.objects.filter(kind="overdue").values_list("assignment", flat=True))
    assert reminded == set(Assignment.objects.owing().values_list("pk", flat=True)) != set()
    assert "08:00 04/05/2023" in client.get(reverse("directives:home")).content.decode()


def test_the_clock_goes_nowhere_else(client, told):
    as_role(client, story.STAFF)
    for moment in ("", "nonsense", "2023-06-01T09:00:00+07:00"):
        assert client.post(reverse("directives:demo_clock"), {"to": moment}).status_code == 400
    assert DemoClock.objects.get().now == story.START


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\\\evil.example", "javascript:alert(1)"]
)
def test_the_clock_leads_to_no_other_site(client, told, back):
    as_role(client, story.STAFF)
    answer = client.post(reverse("directives:demo_clock"), {"to": story.START.isoformat(), "next": back})
    assert answer.url == reverse("directives:home")


def test_the_mail_page_shows_what_was_sent(client, told):
    page = client.get(reverse("directives:demo_mail"), {"q": story.OFFICER}).content.decode()
    mail = Delivery.objects.filter(address=story.OFFICER).first()
    assert escape(mail.subject) in page
    assert (
        "512/STTTT-BCVT&amp;CNTT" in client.get(reverse("directives:demo_mail_detail", args=[mail.pk])).content.decode()
    )


def test_people_on_duty_confirm_as_the_clock_goes_and_not_when_it_goes_back(client, told):
    staff = User.objects.get(email=story.STAFF)
    client.force_login(staff)
    client.post(reverse("directives:demo_clock"), {"to": story.MOVES[1].isoformat()})
    assert [missed for _directive, missed in missed_now(staff, now=story.MOVES[1])] == [2]
    assert Shift.objects.filter(checked_in_at__isnull=False).count() > 10
    client.post(reverse("directives:demo_clock"), {"to": story.START.isoformat()})
    assert not Shift.objects.filter(checked_in_at__isnull=False).exists()
