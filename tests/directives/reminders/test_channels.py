"""Each person is told by mail and in the app; trouble of one channel is not the other's."""

from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from agencies.models import User
from alertdesk.lib import clock
from directives.models import Delivery, Notice
from directives.reminders.channels import Accepted, Busy, Permanent
from directives.reminders.channels.mail import MailChannel
from directives.reminders.channels.registry import CHANNELS, open_channel
from directives.reminders.outbox import enqueue, tell
from directives.reminders.transport import Later, Refused

from .conftest import sweep_at

MAILBOX, OFFICER = "syt@binhdinh.example", "vanthu@syt.example"


@pytest.fixture(autouse=True)
def in_app(mail_only, settings):
    settings.IN_APP_NOTICES = True


@pytest.fixture
def assignment(cast):
    return cast.issue(cast.health)[0]


def row(address: str, channel: str) -> Delivery:
    return Delivery.objects.get(address=address, channel=channel)


def test_who_can_sign_in_is_told_by_mail_and_in_the_app_each_once(assignment, way_out):
    sweep_at(2023, 4, 26, 9)
    sweep_at(2023, 4, 26, 9, 1)
    assert Counter(Delivery.objects.values_list("address", "channel", "state")) == {
        (MAILBOX, "email", "sent"): 1,
        (OFFICER, "email", "sent"): 1,
        (OFFICER, "in_app", "sent"): 1,
    }
    assert sorted(message.to[0] for message in way_out.sent) == [MAILBOX, OFFICER]


def test_both_channels_say_the_same_words(assignment, way_out):
    sweep_at(2023, 4, 26, 9)
    mail, shown = row(OFFICER, "email"), row(OFFICER, "in_app")
    assert (mail.subject, mail.text) == (shown.subject, shown.text) != ("", "")


def test_a_mail_server_that_is_away_keeps_nothing_from_the_app(assignment, way_out):
    way_out.answers = {MAILBOX: [Busy("421 closing")]}
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["freed"]) == (1, 2)
    assert (row(OFFICER, "in_app").state, row(OFFICER, "email").state) == ("sent", "pending")


def test_a_refused_address_is_still_told_in_the_app(assignment, way_out):
    way_out.answers = {OFFICER: [Refused("550 no such mailbox")]}
    sweep_at(2023, 4, 26, 9)
    assert (row(OFFICER, "in_app").state, row(OFFICER, "email").state) == ("sent", "dead")


def test_an_account_that_is_closed_is_not_told_in_the_app(assignment):
    User.objects.filter(email=OFFICER).update(is_active=False)
    enqueue(assignment, Notice.Kind.DUE, OFFICER)
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"email"}


def test_an_invitation_goes_by_mail_only(assignment):
    enqueue(assignment, Notice.Kind.INVITATION, OFFICER)
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"email"}


def test_the_app_can_be_left_out(assignment, settings):
    settings.IN_APP_NOTICES = False
    tell([assignment], Notice.Kind.MANUAL)
    assert set(Notice.objects.values_list("channel", flat=True)) == {"email"}


def test_a_notice_is_unique_by_channel(assignment):
    tell([assignment], Notice.Kind.MANUAL)
    kept = Notice.objects.get(channel="in_app")
    kept.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_only_what_is_shown_in_the_app_can_be_read(assignment):
    enqueue(assignment, Notice.Kind.DUE, MAILBOX)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(read_at=clock.now())


def test_every_channel_a_delivery_can_name_is_there():
    assert set(CHANNELS) == set(Delivery.Channel)


@pytest.mark.parametrize(
    ("raised", "outcome"),
    [(Later("451 later"), "Retry"), (Refused("550 no"), "Permanent")],
)
def test_what_the_server_says_of_one_letter_is_told_in_the_words_of_the_interface(way_out, raised, outcome):
    way_out.answers = {MAILBOX: [raised]}
    told = MailChannel().send(Delivery(address=MAILBOX), _Letter(), lambda: None)
    assert (type(told).__name__, told.reason) == (outcome, str(raised))


def test_trouble_of_the_server_itself_is_raised(way_out):
    way_out.answers = {MAILBOX: [Busy("421")]}
    with open_channel("email") as channel, pytest.raises(Busy):
        channel.send(Delivery(address=MAILBOX), _Letter(), lambda: None)


def test_a_third_channel_needs_no_more_than_a_send_and_a_close(assignment, way_out, monkeypatch):
    class Pigeon:
        def send(self, delivery, letter, before_handing_over):
            return Accepted("coo") if delivery.address == MAILBOX else Permanent("does not fly there")

        def close(self):
            pass

    monkeypatch.setitem(CHANNELS, "email", Pigeon)
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["dead"]) == (2, 1)
    assert row(MAILBOX, "email").answer == "coo"
    assert row(OFFICER, "email").answer == "does not fly there"


class _Letter:
    message = None
