"""The sender against a way out that answers as told."""

from datetime import timedelta

from django.utils import timezone

from alertdesk.lib import clock
from directives.models import Assignment, Delivery, Directive, Notice, State
from directives.reminders import delivery, leases
from directives.reminders.outbox import enqueue
from directives.reminders.transport import Busy, Doubtful, Later, Refused

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
    assert Notice.objects.filter(address=MAILBOX).count() == 4
    assert sweep_at(2023, 4, 28, 15, 10)["sent"] == 2
    assert Delivery.objects.filter(state=DState.CANCELLED).count() == 6
    assert Notice.objects.get(address=MAILBOX, delivery__state=DState.SENT).kind == Kind.LAST_HOURS


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
    claim = delivery._claim
    monkeypatch.setattr(delivery, "_claim", lambda channel: _taken_over(claim(channel)))
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
        assert delivery._send_batch(delivery._claim("email"), way_out, {}, 0, counts := delivery.Counter()) is False
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
    assert (counts["sent"], counts["cancelled"]) == (2, 2), "the new day's reminder replaces the held one"


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
