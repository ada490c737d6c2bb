"""Several sweepers at once on PostgreSQL: each occasion one notice, each delivery one mail."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from alertdesk.lib import clock
from directives.models import Delivery, Notice
from directives.reminders import leases
from directives.reminders.outbox import enqueue
from directives.reminders.sweep import sweep
from tests.cast import make_agency, make_cast

from .sink import running_sink
from .test_transport import SMTP

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
SWEEPERS, AGENCIES = 4, 120


@pytest.fixture
def many():
    cast = make_cast()
    return cast.issue(*[make_agency(f"Sở {n}", mailbox=f"so{n}@binhdinh.example") for n in range(AGENCIES)])


def sweep_together(*moment: int) -> list[dict]:
    """Let all sweepers start at the same instant; return their counts."""
    gate = threading.Barrier(SWEEPERS)

    def one(_number):
        try:
            gate.wait()
            with clock.frozen(clock.local(*moment)):
                return sweep()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SWEEPERS) as pool:
        return list(pool.map(one, range(SWEEPERS)))


def test_sweepers_at_once_lose_nothing_and_double_nothing(many, settings):
    planned = 0
    with running_sink() as (sink, port):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
        for moment in ((2023, 4, 26, 9), (2023, 4, 27, 14), (2023, 4, 28, 8)):
            counts = sweep_together(*moment)
            assert sum(c["sent"] for c in counts) == AGENCIES
            planned += sum(c["planned"] for c in counts)
    assert set(Counter(sink.addresses()).values()) == {3}
    assert Delivery.objects.count() == len(sink.taken) == 3 * AGENCIES
    assert Notice.objects.count() == planned, "each counted by the one sweeper that wrote it"
    assert set(Delivery.objects.values_list("state", "perhaps_double")) == {("sent", False)}


def test_a_batch_being_claimed_is_passed_over_without_waiting(many, monkeypatch):
    monkeypatch.setattr(leases, "BATCH", AGENCIES // 2)
    for assignment in many:
        enqueue(assignment, Notice.Kind.ARRIVAL, assignment.agency.mailbox)

    def claim_elsewhere():
        try:
            return leases.claim("b")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        first = leases.claim("a")
        second = pool.submit(claim_elsewhere).result(timeout=10)
    assert len(first) == len(second) == AGENCIES // 2
    assert not set(first) & set(second)
