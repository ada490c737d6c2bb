"""Leaders who want it get one mail on each holiday morning: figures of the moment, and where the report is."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Briefing, Delivery, DirectiveState
from directives.reminders.briefings import plan_briefings
from directives.reminders.sweep import sweep
from tests.cast import DEADLINE, ISSUED_AT, make_agency, make_cast, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = clock.local(2023, 4, 30, 7, 45)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def directive(cast, settings):
    """An issued directive whose holiday has come; its leader wants the report."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cast.leader.wants_quick_report = True
    cast.leader.save()
    return cast.issue(at=ISSUED_AT, deadline=DEADLINE)[0].directive


def sent_at(moment):
    """Sweep at a moment; returns the mails about the morning that left."""
    mail.outbox = []
    with clock.frozen(moment):
        sweep()
    return [message for message in mail.outbox if "Báo cáo nhanh" in message.subject]


def test_a_leader_who_wants_it_gets_the_mail_once_a_morning(cast, directive):
    (message,) = sent_at(MORNING)
    assert message.to == [cast.leader.email]
    assert reverse("directives:quick_report", args=[directive.pk]) in message.body
    assert "07:45 30/04/2023" in message.body
    assert "0/2" in message.body
    assert not message.attachments
    assert sent_at(MORNING + timedelta(hours=1)) == []
    assert len(sent_at(MORNING + timedelta(days=1))) == 1


@pytest.mark.parametrize(
    "moment",
    [
        clock.local(2023, 4, 30, 7, 20),
        clock.local(2023, 4, 30, 12, 5),
        clock.local(2023, 4, 27, 8),
        clock.local(2023, 5, 8, 8),
    ],
)
def test_nothing_is_sent_before_the_hour_after_noon_or_outside_the_holiday(directive, moment):
    assert sent_at(moment) == []


def test_only_leaders_who_want_it_and_may_read_the_directive_are_written_to(cast, directive):
    province = make_agency("UBND tỉnh khác")
    make_user("lanhdao@khac.example", Role.LEADER, province, wants_quick_report=True)
    make_user("lanhdao2@stttt.example", Role.LEADER, cast.desk)
    make_user("can-bo@stttt.example", Role.STAFF, cast.desk, wants_quick_report=True)
    assert [message.to for message in sent_at(MORNING)] == [[cast.leader.email]]


@pytest.mark.parametrize("change", ["unwanted", "closed"])
def test_a_mail_that_waits_is_cancelled_when_it_is_no_longer_wanted(cast, directive, change):
    with clock.frozen(MORNING):
        assert plan_briefings(MORNING, {}) == 1
    if change == "unwanted":
        cast.leader.wants_quick_report = False
        cast.leader.save()
    else:
        directive.state = DirectiveState.CLOSED
        directive.save()
    assert sent_at(MORNING) == []
    assert Briefing.objects.get().delivery.state == Delivery.State.CANCELLED


def test_yesterdays_mail_that_could_not_go_is_not_sent_today(directive):
    plan_briefings(MORNING, {})
    assert len(sent_at(MORNING + timedelta(days=1))) == 1
    states = Briefing.objects.order_by("day").values_list("delivery__state", flat=True)
    assert list(states) == [Delivery.State.CANCELLED, Delivery.State.SENT]
