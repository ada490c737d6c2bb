"""What a way to the reader is: it takes one letter and says what became of it.

The answer to one letter is returned and concerns that delivery alone; trouble of the channel itself is
raised, because it is no delivery's fault and stops the whole batch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from directives.models import Delivery
from directives.reminders.messages import Letter


@dataclass(frozen=True)
class Accepted:
    """The other side has the letter; `id` is what it answered, an e-mail server's line say."""

    id: str = ""


@dataclass(frozen=True)
class Retry:
    """This very letter was put off; it is tried again later and has spent a try."""

    reason: str


@dataclass(frozen=True)
class Permanent:
    """This very letter was refused for good; a person has to look."""

    reason: str


Outcome = Accepted | Retry | Permanent


class Busy(Exception):
    """The channel itself cannot send now; no letter is to blame and no try is spent. str() says why.

    `at_message` says that it answered until it was spoken to about this one, so that others may go first next time.
    """

    def __init__(self, reason: str, *, at_message: bool = False):
        super().__init__(reason)
        self.at_message = at_message


class Doubtful(Exception):
    """The channel broke after the letter was handed over and before the answer: it may or may not have gone."""


class Channel(Protocol):
    """One way to the readers, opened once for a sweep."""

    def send(self, delivery: Delivery, letter: Letter, before_handing_over: Callable[[], None]) -> Outcome:
        """Send one letter to the delivery's address; raises Busy or Doubtful.

        `before_handing_over` runs when the next step cannot be taken back; what it raises goes through.
        A channel that writes to this site's own database only need not call it.
        """

    def close(self) -> None:
        """Give back what was opened."""
