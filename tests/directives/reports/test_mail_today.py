"""Today's mail is counted by directive, and each number is the length of the list it leads to."""

from datetime import timedelta

import pytest

from directives.models import Delivery, Notice
from directives.reports.mail_today import MailToday, mail_today
from directives.reports.proof import STATES, ProofFilters, notices_about
from tests.cast import DEADLINE, make_cast

pytestmark = pytest.mark.django_db
NOW = DEADLINE - timedelta(hours=8)


@pytest.fixture
def assignments():
    return make_cast().issue()


@pytest.fixture(autouse=True)
def no_other_mail(assignments):
    Notice.objects.all().delete()
    Delivery.objects.all().delete()


def tell(assignment, state, sent_at=None):
    number = Delivery.objects.count()
    delivery = Delivery.objects.create(
        address="a@b.example", message_id=f"<{number}@x>", planned_at=NOW, state=state, sent_at=sent_at
    )
    return Notice.objects.create(
        assignment=assignment,
        cycle=number,
        kind=Notice.Kind.DUE,
        occasion=NOW.date(),
        address="a@b.example",
        planned_at=NOW,
        delivery=delivery,
    )


def test_sent_waiting_and_refused_are_counted_and_yesterdays_sent_are_not(assignments):
    health = assignments[0]
    tell(health, "sent", NOW)
    tell(health, "sent", NOW.replace(hour=0, minute=0))
    tell(health, "sent", NOW.replace(hour=0, minute=0) - timedelta(seconds=1))
    tell(health, "pending")
    tell(health, "sending")
    tell(health, "dead")
    tell(health, "cancelled")
    found = mail_today([health.directive_id], now=NOW)[health.directive_id]
    assert found == MailToday(sent=2, waiting=2, refused=1)
    lists = {name: listed(health.directive, name) for name, _label in STATES}
    assert lists == {"": 7, "today": 2, "open": 2, "sent": 3, "dead": 1, "cancelled": 1}


def listed(directive, state) -> int:
    filters = ProofFilters(state=state, channel="email")
    return notices_about(now=NOW, filters=filters, assignment__directive=directive).count()


def test_a_directive_without_mail_is_left_out(assignments):
    assert mail_today([assignments[0].directive_id], now=NOW) == {}
    assert MailToday().is_empty
    assert not MailToday(refused=1).is_empty
