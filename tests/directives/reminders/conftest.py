"""The cast, sweeps at a chosen moment, and a way out that answers as told."""

import pytest

from alertdesk.lib import clock
from directives.models import Delivery
from directives.reminders.channels import mail
from directives.reminders.sweep import sweep
from tests.cast import make_cast


class FakeTransport:
    """Writes down what is sent; raises what `answers` holds for an address, each answer once."""

    def __init__(self):
        self.sent, self.answers, self.after_data = [], {}, {}

    def send(self, message, address, before_data):
        if self.answers.get(address):
            raise self.answers[address].pop(0)
        before_data()
        if address in self.after_data:
            raise self.after_data.pop(address)
        self.sent.append(message)
        return "250 taken"

    def close(self):
        pass


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture(autouse=True)
def mail_only(settings):
    """Leave the app out: what is tested here is mail, unless a test says otherwise."""
    settings.IN_APP_NOTICES = False


@pytest.fixture
def way_out(monkeypatch):
    transport = FakeTransport()

    monkeypatch.setattr(mail, "make_transport", lambda: transport)
    return transport


def sweep_at(*moment: int) -> dict[str, int]:
    """Sweep at a Vietnamese wall-clock moment."""
    with clock.frozen(clock.local(*moment)):
        return sweep()


def make_due() -> None:
    """Let every waiting delivery be due now."""
    Delivery.objects.filter(state=Delivery.State.PENDING).update(next_try_at=None)
