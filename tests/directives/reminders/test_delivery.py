"""The sender against a way out that answers as told."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone

from alertdesk.lib import clock
from directives.models import Assignment, Delivery, Directive, Notice, State
from directives.reminders import delivery, leases
from directives.reminders.outbox import enqueue, requeue
from directives.reminders.transport import Busy, Doubtful, Later, Refused
from tests.cast import make_cast

from .conftest import make_due, sweep_at

MAILBOX, OFFICER = "syt@binhdinh.example", "vanthu@syt.example"
Kind, DState = Notice.Kind, Delivery.State


def row(address: str = MAILBOX) -> Delivery:
    return Delivery.objects.filter(address=address).latest("id")


def test_a_sent_delivery_keeps_its_words_and_the_servers_answer(cast, way_out):
    cast.issue(cast.health)
    assert sweep_at(2023, 4, 26, 9)["sent"] == 2
    sent = row()
    assert (sent.state, sent.in_doubt, sent.perhaps_double, sent.token) == (DState.SENT, False, False, "")
    assert sent.sent_at == clock.local(2023, 4, 26, 9)
    assert sent.answer == "250 taken"
    assert sent.subject == next(m.subject for m in way_out.sent if m.to == [MAILBOX])
    assert "STTTT-BCVT&CNTT" in sent.text
    assert "STTTT-BCVT&amp;CNTT" in sent.html


def test_an_answer_given_meanwhile_cancels_the_reminder(cast, way_out):
    cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Busy("down")]}
    sweep_at(2023, 4, 26, 9)
    Assignment.objects.update(state=State.SUBMITTED)
    assert sweep_at(2023, 4, 26, 10)["cancelled"] == 2
    assert way_out.sent == []


def test_a_recalled_directive_cancels_what_still_waits(cast, way_out):
    cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Busy("down")]}
    sweep_at(2023, 4, 26, 9)
    Directive.objects.update(state="recalled")
    assert sweep_at(2023, 4, 26, 10)["cancelled"] == 2


def test_a_busy_server_frees_the_batch_and_costs_nobody_a_try(cast, way_out):
    cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Busy("ConnectionRefusedError")] * 30}
    for minute in range(30):
        counts = sweep_at(2023, 4, 26, 9, minute)
    assert (counts["freed"], counts["sent"], counts["dead"]) == (2, 0, 0)
    assert set(Delivery.objects.values_list("state", "tries", "in_doubt")) == {(DState.PENDING, 0, False)}
    assert row().answer == "ConnectionRefusedError"
    assert sweep_at(2023, 4, 26, 10)["sent"] == 2


def test_an_outage_over_several_occasions_ends_with_one_mail_each(cast, way_out):
    cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Busy("down")] * 4}
    for moment in ((26, 9), (27, 14), (28, 8), (28, 15)):
        sweep_at(2023, 4, *moment)
    assert Notice.objects.filter(address=MAILBOX).exclude(kind=Kind.ROSTER).count() == 4
    assert sweep_at(2023, 4, 28, 15, 10)["sent"] == 2
    assert Delivery.objects.count() == 2, "what came meanwhile joined the message that waited"
    assert "Hôm nay đến hạn" in row().subject


def test_after_an_outage_one_mail_carries_what_several_days_have_brought(cast, way_out):
    cast.issue(cast.health, deadline=clock.local(2023, 4, 28, 17))
    way_out.answers = {MAILBOX: [Busy("down")] * 3}
    sweep_at(2023, 4, 26, 9)
    cast.issue(cast.health, at=clock.local(2023, 4, 27, 9), deadline=clock.local(2023, 5, 10, 17))
    sweep_at(2023, 4, 27, 9)
    sweep_at(2023, 4, 28, 8)
    sweep_at(2023, 4, 28, 8, 10)
    assert sorted(message.to[0] for message in way_out.sent) == [MAILBOX, OFFICER]
    assert {notice.assignment_id for notice in row().notices.all()} == set(
        Assignment.objects.values_list("pk", flat=True)
    )


def test_what_the_desk_has_read_beforehand_does_not_join_a_waiting_reminder(cast, way_out):
    (assignment,) = cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Busy("down")]}
    sweep_at(2023, 4, 26, 9)
    enqueue(assignment, Kind.MANUAL, MAILBOX)
    assert [d.notices.count() for d in Delivery.objects.filter(address=MAILBOX)] == [1, 1]


def test_one_recipients_own_delay_costs_it_a_try_and_stops_nobody_else(cast, way_out):
    cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Later("450 busy")]}
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["retried"]) == (1, 1)
    waiting = row()
    wait = (waiting.next_try_at - timezone.now()).total_seconds()
    assert (waiting.state, waiting.tries, waiting.answer) == (DState.PENDING, 1, "450 busy")
    assert 20 < wait < 40
    assert sweep_at(2023, 4, 26, 9, 1)["sent"] == 0, "not before its time"
    make_due()
    assert sweep_at(2023, 4, 26, 9, 2)["sent"] == 1


def test_the_wait_doubles_up_to_an_hour_and_ends_after_the_last_try(cast, way_out):
    cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Later("450 busy")] * leases.MAX_TRIES}
    waits = []
    for _try in range(leases.MAX_TRIES):
        make_due()
        sweep_at(2023, 4, 26, 9)
        if row().state == DState.PENDING:
            waits.append((row().next_try_at - timezone.now()).total_seconds())
    assert row().state == DState.DEAD
    assert all(0.75 * 30 * 2**n < wait < 1.25 * 30 * 2**n for n, wait in enumerate(waits[:6]))
    assert all(2800 < wait < 4400 for wait in waits[8:])


def test_a_refused_address_is_dead_with_the_servers_answer(cast, way_out):
    cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Refused("550 no such user")]}
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["dead"]) == (1, 1)
    assert (row().state, row().answer) == (DState.DEAD, "550 no such user")


def test_a_connection_lost_after_data_is_resent_under_the_same_id_and_marked(cast, way_out):
    cast.issue(cast.health)
    way_out.after_data = {MAILBOX: Doubtful("connection lost")}
    assert sweep_at(2023, 4, 26, 9)["retried"] == 1
    in_doubt = row()
    assert (in_doubt.state, in_doubt.in_doubt, in_doubt.perhaps_double) == (DState.PENDING, True, False)
    make_due()
    sweep_at(2023, 4, 26, 9, 5)
    assert (row().state, row().in_doubt, row().perhaps_double) == (DState.SENT, False, True)
    assert [m.extra_headers["Message-ID"] for m in way_out.sent if m.to == [MAILBOX]] == [in_doubt.message_id]
    assert {m.to[0]: "có thể trùng" in m.body for m in way_out.sent} == {MAILBOX: True, OFFICER: False}


def test_a_refusal_after_a_doubt_leaves_the_doubt_to_whoever_sends_again(cast, way_out):
    cast.issue(cast.health)
    way_out.after_data = {MAILBOX: Doubtful("connection lost")}
    sweep_at(2023, 4, 26, 9)
    way_out.answers = {MAILBOX: [Refused("550 no such user")]}
    make_due()
    assert sweep_at(2023, 4, 26, 9, 5)["dead"] == 1
    assert requeue(row())
    assert sweep_at(2023, 4, 26, 9, 6)["sent"] == 1
    assert row().perhaps_double
    assert "có thể trùng" in way_out.sent[-1].body


def test_what_a_killed_sender_left_is_taken_over_when_its_lease_has_run_out(cast, way_out):
    (assignment,) = cast.issue(cast.health)
    enqueue(assignment, Kind.ARRIVAL, MAILBOX)
    leases.claim("of the killed one")
    Delivery.objects.update(in_doubt=True)
    assert sweep_at(2023, 4, 26, 9)["sent"] == 1, "only the officer's: the other lease still runs"
    Delivery.objects.filter(address=MAILBOX).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sweep_at(2023, 4, 26, 9)["sent"] == 1
    assert row().perhaps_double


def test_a_sender_that_was_paused_too_long_neither_sends_nor_marks(cast, way_out, monkeypatch):
    cast.issue(cast.health)
    claim = delivery.Sender.claim
    monkeypatch.setattr(delivery.Sender, "claim", lambda sender: _taken_over(claim(sender)))
    counts = sweep_at(2023, 4, 26, 9)
    assert counts["sent"] == 0
    assert way_out.sent == []
    assert set(Delivery.objects.values_list("token", "state")) == {("another", DState.SENDING)}


def _taken_over(batch):
    Delivery.objects.update(token="another")
    return batch


def test_a_message_that_cannot_be_made_does_not_stop_the_others(cast, way_out, monkeypatch):
    cast.issue(cast.health)
    compose = delivery.messages.compose

    def breaking(one, *rest):
        if one.address == MAILBOX:
            raise ValueError("broken")
        return compose(one, *rest)

    monkeypatch.setattr(delivery.messages, "compose", breaking)
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["retried"]) == (1, 1)
    assert row().answer == "ValueError"


def test_when_the_time_is_up_the_rest_is_given_back(cast, way_out):
    cast.issue(cast.health)
    way_out.answers = {MAILBOX: [Busy("down")]}
    sweep_at(2023, 4, 26, 9)
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        late = delivery.Sender("email", way_out, {}, 0, counts := Counter())
        assert late.send_batch(late.claim()) is False
    assert counts["freed"] == 2
    assert set(Delivery.objects.values_list("state", "token")) == {(DState.PENDING, "")}


def test_a_reminder_that_waited_into_the_night_is_held_until_morning(cast, way_out):
    cast.issue(cast.health)
    Assignment.objects.update(state=State.ACKNOWLEDGED)
    way_out.answers = {MAILBOX: [Busy("down")]}
    sweep_at(2023, 5, 4, 17, 20)
    assert sweep_at(2023, 5, 4, 22)["held"] == 2
    make_due()
    counts = sweep_at(2023, 5, 5, 7, 30)
    assert (counts["sent"], counts["cancelled"]) == (2, 0), "the new day's reminder joins the held one"


def test_an_invitation_goes_out_until_the_account_has_been_used(cast, way_out):
    (assignment,) = cast.issue(cast.health)
    Assignment.objects.update(state=State.SUBMITTED)
    enqueue(assignment, Kind.INVITATION, OFFICER)
    assert sweep_at(2023, 4, 26, 20)["sent"] == 1
    enqueue(assignment, Kind.INVITATION, cast.town_officer.email)
    type(cast.officer).objects.update(last_login=timezone.now())
    assert sweep_at(2023, 4, 26, 20)["cancelled"] == 1


def test_claims_are_disjoint_and_oldest_first(cast, monkeypatch):
    monkeypatch.setattr(leases, "BATCH", 1)
    (assignment,) = cast.issue(cast.health)
    for address in (MAILBOX, OFFICER):
        enqueue(assignment, Kind.ARRIVAL, address)
    first, second = leases.claim("a"), leases.claim("b")
    assert first < second
    assert leases.claim("c") == []


@pytest.mark.django_db(transaction=True)
def test_the_outcome_of_a_message_is_written_when_the_database_is_back(way_out, monkeypatch):
    cast = make_cast()
    (assignment,) = cast.issue(cast.health)
    enqueue(assignment, Kind.ARRIVAL, MAILBOX)
    monkeypatch.setattr(leases, "INSIST_PAUSE", 0)
    own, usable = leases._own, connection.is_usable
    away = [OperationalError("terminating"), InterfaceError("already closed"), DatabaseError("closed unexpectedly")]
    monkeypatch.setattr(connection, "is_usable", lambda: len(away) != 2 and usable())

    def restarting(one):
        if Delivery.objects.filter(pk=one.pk, in_doubt=True).exists() and away:
            raise away.pop()
        return own(one)

    monkeypatch.setattr(leases, "_own", restarting)
    counts = delivery.deliver()
    assert (counts["sent"], away) == (1, [])
    assert (row().state, row().in_doubt) == (DState.SENT, False)


def test_the_message_sent_last_is_marked_whatever_becomes_of_the_next(cast, way_out, monkeypatch):
    cast.issue(cast.health)
    for trouble in (Busy("down"), Busy("down", at_message=True), Doubtful("lost"), Later("450"), Refused("550")):
        Notice.objects.all().delete()
        Delivery.objects.all().delete()
        way_out.answers = {OFFICER: [trouble]}
        sweep_at(2023, 4, 26, 9)
        first = row()
        assert (first.state, first.in_doubt, first.answer) == (DState.SENT, False, "250 taken"), trouble
        assert Delivery.objects.filter(state=DState.SENDING).count() == 0


@pytest.mark.parametrize(("days", "is_due"), [(-2, True), (0, False), (2, True)])
def test_a_wait_written_by_a_clock_that_ran_ahead_holds_nobody(cast, way_out, days, is_due):
    (assignment,) = cast.issue(cast.health)
    for address in (MAILBOX, OFFICER):
        enqueue(assignment, Kind.ARRIVAL, address)
    leases.claim("of another")
    moment = timezone.now() + timedelta(days=days, seconds=30)
    Delivery.objects.filter(address=MAILBOX).update(state=DState.PENDING, token="", next_try_at=moment)
    Delivery.objects.filter(address=OFFICER).update(lease_until=moment)
    assert len(leases.claim("ours")) == (2 if is_due else 0)


def test_what_a_clock_two_days_ahead_has_sent_keeps_back_no_reminder_of_the_days_between(cast, way_out):
    cast.issue(cast.health, deadline=clock.local(2023, 5, 10, 17))
    Assignment.objects.update(state=State.ACKNOWLEDGED)
    sweep_at(2023, 5, 5, 9)
    sweep_at(2023, 5, 9, 8)
    sweep_at(2023, 5, 10, 8)
    early = Notice.objects.count()
    sweep_at(2023, 5, 8, 9)
    sweep_at(2023, 5, 9, 9)
    sweep_at(2023, 5, 10, 9)
    assert Notice.objects.count() == early, "no occasion twice"
    Notice.objects.filter(kind=Kind.BEFORE, occasion=date(2023, 5, 9)).delete()
    assert sweep_at(2023, 5, 9, 10)["sent"] == 2, "and none left out because the deadline's day was told too early"
