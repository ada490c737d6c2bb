"""A real SMTP dialogue with a server on this machine that refuses, delays, hangs up or is away."""

import smtplib
import socket
import time
from email import message_from_bytes
from email.policy import default

import pytest
from billiard.exceptions import SoftTimeLimitExceeded

from directives.models import Delivery, Directive
from directives.reminders import delivery
from directives.reminders.outbox import enqueue
from directives.reminders.transport import SmtpTransport

from .conftest import make_due, sweep_at
from .sink import free_port, running_sink

MAILBOX, OFFICER = "syt@binhdinh.example", "vanthu@syt.example"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(params=[False, True], ids=["step by step", "all at once"])
def sink(settings, request):
    with running_sink() as (sink, port):
        sink.takes_all_at_once = request.param
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield sink


@pytest.fixture
def issued(cast):
    return cast.issue(cast.health)


def row(address: str = MAILBOX) -> Delivery:
    return Delivery.objects.get(address=address)


def test_the_server_gets_text_and_html_over_one_connection(issued, sink):
    assert sweep_at(2023, 4, 26, 9)["sent"] == 2
    assert sorted(sink.addresses()) == [MAILBOX, OFFICER]
    assert sink.connections == 1
    mail = message_from_bytes(sink.taken[0][1], policy=default)
    assert "Còn 2 ngày làm việc" in mail.get_body(("plain",)).get_content()
    assert "Còn 2 ngày làm việc" in mail.get_body(("html",)).get_content()
    assert row().answer == "250 2.0.0 taken"


def test_a_temporary_refusal_of_one_recipient_costs_only_that_one_a_try(issued, sink):
    sink.script = {("RCPT", MAILBOX): ["451 4.7.1 greylisted"]}
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["retried"]) == (1, 1)
    assert (row().tries, row().in_doubt, row().answer) == (1, False, "451 4.7.1 greylisted")
    make_due()
    assert sweep_at(2023, 4, 26, 9, 2)["sent"] == 1
    assert sorted(sink.addresses()) == [MAILBOX, OFFICER]


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_final_refusal_is_dead_with_the_servers_answer(issued, sink, step):
    sink.script = {(step, MAILBOX): ["550 5.1.1 no such mailbox"]}
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["dead"]) == (1, 1)
    assert (row().state, row().in_doubt, row().answer) == ("dead", False, "550 5.1.1 no such mailbox")


def test_a_temporary_refusal_of_the_message_leaves_no_doubt(issued, sink):
    sink.script = {("DATA", MAILBOX): ["452 4.2.2 mailbox full"]}
    assert sweep_at(2023, 4, 26, 9)["retried"] == 1
    assert (row().state, row().in_doubt) == ("pending", False)


@pytest.mark.parametrize(
    ("step", "address", "answer"),
    [
        ("MAIL", "alertdesk@localhost", "421 4.3.2 shutting down"),
        ("MAIL", "alertdesk@localhost", "451 4.3.0 disk full"),
        ("MAIL", "alertdesk@localhost", "550 5.7.1 sender not allowed"),
        ("RCPT", MAILBOX, "421 4.3.2 shutting down"),
        ("DATA", MAILBOX, "421 4.3.2 shutting down"),
    ],
)
def test_a_server_that_cannot_now_frees_the_batch_and_blames_nobody(issued, sink, step, address, answer):
    sink.script = {(step, address): [answer]}
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["freed"]) == (0, 2)
    assert set(Delivery.objects.values_list("state", "tries", "in_doubt")) == {("pending", 0, False)}
    assert row().answer == answer
    make_due()
    assert sweep_at(2023, 4, 26, 9, 1)["sent"] == 2
    assert set(Delivery.objects.values_list("perhaps_double", flat=True)) == {False}


def test_a_message_at_which_the_server_always_gives_up_lets_the_others_pass(issued, sink):
    sink.script = {("RCPT", MAILBOX): ["421 4.4.2 giving up"] * 9}
    sweep_at(2023, 4, 26, 9)
    sweep_at(2023, 4, 26, 9, 1)
    assert Delivery.objects.first() == row(), "it would be the first each time"
    assert sink.addresses() == [OFFICER]
    assert (row().state, row().tries) == ("pending", 0)


def test_a_time_limit_in_mid_dialogue_credits_no_message_with_the_answer_to_another(issued, sink, monkeypatch):
    real, cut = smtplib.SMTP.getreply, ["once"]

    def interrupted(smtp):
        if sink.taken and cut:
            cut.pop()
            raise SoftTimeLimitExceeded
        return real(smtp)

    monkeypatch.setattr(smtplib.SMTP, "getreply", interrupted)
    sink.script = {("DATA", OFFICER): ["452 4.2.2 mailbox full"]}
    send = smtplib.SMTP.send

    def noticed(smtp, data):
        send(smtp, data)
        time.sleep(0.2 if data[-5:] == b"\r\n.\r\n" else 0)

    monkeypatch.setattr(smtplib.SMTP, "send", noticed)
    counts = sweep_at(2023, 4, 26, 9)
    assert (counts["sent"], counts["retried"]) == (0, 2)
    assert sink.connections == 2
    assert (row().in_doubt, row(OFFICER).answer) == (True, "452 4.2.2 mailbox full")


def test_nothing_is_handed_over_after_the_time_is_up(issued, sink, monkeypatch):
    for address in (MAILBOX, OFFICER):
        enqueue(issued[0], "arrival", address)
    opened = SmtpTransport._open

    def slow(transport):
        time.sleep(0.6)
        return opened(transport)

    monkeypatch.setattr(SmtpTransport, "_open", slow)
    counts = delivery.deliver(budget=0.5)
    assert (counts["sent"], counts["freed"]) == (0, 2)
    assert sink.taken == []
    assert set(Delivery.objects.values_list("state", "tries", "in_doubt")) == {("pending", 0, False)}


def test_a_connection_lost_before_the_message_was_handed_over_leaves_no_doubt(issued, sink, monkeypatch):
    send = smtplib.SMTP.send

    def cut(smtp, data):
        if "DATA" in str(data):
            smtp.sock.shutdown(socket.SHUT_RDWR)
        return send(smtp, data)

    monkeypatch.setattr(smtplib.SMTP, "send", cut)
    assert sweep_at(2023, 4, 26, 9)["freed"] == 2
    assert set(Delivery.objects.values_list("state", "tries", "in_doubt")) == {("pending", 0, False)}


def test_a_line_that_begins_with_a_dot_arrives_as_it_was(issued, sink):
    Directive.objects.update(contacts=[{"name": "Dòng\n.chấm\n..hai chấm", "phones": ["0256"], "emails": []}])
    sweep_at(2023, 4, 26, 9)
    mail = message_from_bytes(sink.taken[0][1], policy=default)
    assert "\r\n.chấm\r\n..hai chấm" in mail.get_body(("plain",)).get_content()


def test_nobody_listening_frees_the_batch(issued, sink, settings):
    settings.EMAIL_PORT = free_port()
    assert sweep_at(2023, 4, 26, 9)["freed"] == 2
    assert "refused" in row().answer
    assert row().tries == 0


def test_a_server_that_hangs_up_after_data_is_asked_again_with_the_same_id(issued, sink):
    sink.script = {("DATA", MAILBOX): ["drop"]}
    assert sweep_at(2023, 4, 26, 9)["retried"] == 1
    assert (row().state, row().in_doubt, row().tries) == ("pending", True, 1)
    make_due()
    sweep_at(2023, 4, 26, 9, 5)
    assert (row().state, row().in_doubt, row().perhaps_double) == ("sent", False, True)
    doubled = [message_from_bytes(content)["Message-ID"] for address, content in sink.taken if address == MAILBOX]
    assert doubled == [row().message_id] * 2
    assert not row(OFFICER).perhaps_double


def test_a_server_that_takes_one_message_per_connection_is_called_again(issued, sink):
    sink.per_connection = 1
    assert sweep_at(2023, 4, 26, 9)["sent"] == 2
    assert sink.connections == 2


def test_a_server_without_starttls_gets_no_mail_when_tls_is_asked_for(issued, sink, settings):
    settings.EMAIL_USE_TLS = True
    assert sweep_at(2023, 4, 26, 9)["freed"] == 2
    assert sink.taken == []
