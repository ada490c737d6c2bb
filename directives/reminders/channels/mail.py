"""E-mail as a channel: the transport's dialogue, told in the words of the interface."""

from collections.abc import Callable

from directives.models import Delivery
from directives.reminders.messages import Letter
from directives.reminders.transport import Later, Refused, make_transport

from . import Accepted, Outcome, Permanent, Retry


class MailChannel:
    """Sends through the mail server that the settings name, over one connection."""

    def __init__(self):
        self._transport = make_transport()

    def send(self, delivery: Delivery, letter: Letter, before_handing_over: Callable[[], None]) -> Outcome:
        """Return what the server said of this message; raises Busy or Doubtful for the connection."""
        try:
            return Accepted(self._transport.send(letter.message, delivery.address, before_handing_over))
        except Later as later:
            return Retry(str(later))
        except Refused as refused:
            return Permanent(str(refused))

    def close(self) -> None:
        """Say goodbye to the server."""
        self._transport.close()
