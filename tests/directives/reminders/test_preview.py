"""What the desk reads before it reminds is what the agencies then get."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import User
from alertdesk.lib import clock
from alertdesk.lib.working_days import NO_OVERRIDES
from directives.models import Delivery, Notice
from directives.reminders.preview import previews
from directives.reminders.sweep import sweep
from directives.services.reminding import remind_now, sort_out
from tests.cast import make_agency

from .conftest import sweep_at

MORNING = clock.local(2023, 4, 28, 9)


@pytest.fixture
def rows(cast, way_out):
    rows = cast.issue()
    sweep_at(2023, 4, 26, 9)
    with clock.frozen(MORNING):
        yield rows


def shown(rows) -> dict[str, tuple[str, str]]:
    """Return subject and text by address."""
    letters = previews(sort_out(rows).due, clock.now(), NO_OVERRIDES)
    return {
        address: (words.subject, words.text)
        for letter in letters
        for words in letter.words
        for address in words.addresses
    }


def test_the_preview_is_what_is_then_sent_word_for_word(cast, rows, way_out):
    promised = shown(rows)
    remind_now(rows, actor=cast.staff)
    way_out.sent.clear()
    sweep()
    sent = {d.address: (d.subject, d.text) for d in Delivery.objects.filter(notices__kind=Notice.Kind.MANUAL)}
    assert sent == promised
    assert {message.to[0]: message.subject for message in way_out.sent} == {a: s for a, (s, _t) in promised.items()}


def test_the_message_says_what_is_open_until_when_and_where(cast, rows):
    subject, text = shown(rows)["syt@binhdinh.example"]
    assert subject.startswith("[Nhắc việc] Hôm nay đến hạn (17:00 28/04/2023)")
    assert "1. Nội dung 1" in text
    assert "5. Nội dung 5" in text
    assert f"/assignments/{rows[0].pk}/" in text
    assert "0256.2210517" in text


def test_each_reads_in_the_language_of_the_account(cast, rows):
    User.objects.filter(pk=cast.officer.pk).update(language="en")
    promised = shown(rows[:1])
    assert promised["vanthu@syt.example"][0].startswith("[Reminder] Due today")
    assert promised["syt@binhdinh.example"][0].startswith("[Nhắc việc]")


def test_an_address_that_two_agencies_share_gets_one_message_about_both(cast):
    shared = [make_agency(f"Trung tâm {n}", mailbox="chung@binhdinh.example") for n in (1, 2)]
    rows = cast.issue(*shared)
    with clock.frozen(MORNING):
        text = shown(rows)["chung@binhdinh.example"][1]
        assert all(row.agency_name in text for row in rows)
        assert text.count("http") == 1, "both are opened from the person's own work"
        remind_now(rows, actor=cast.staff)
    assert (Notice.objects.count(), Delivery.objects.count()) == (2, 1)


def test_previewing_writes_nothing_and_reads_the_same_for_one_and_twenty(cast):
    counts = []
    for count in (1, 20):
        agencies = [make_agency(f"Sở {n}/{count}", mailbox=f"s{n}-{count}@x.example") for n in range(count)]
        rows = cast.issue(*agencies)
        with clock.frozen(MORNING):
            due = sort_out(rows).due
            with CaptureQueriesContext(connection) as queries:
                previews(due, clock.now(), NO_OVERRIDES)
        # Each message asks whether this is the demo, as each that is sent does.
        counts.append(sum("democlock" not in query["sql"] for query in queries))
    assert counts[0] == counts[1]
    assert not Notice.objects.exists()
