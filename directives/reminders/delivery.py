"""The sender: claim what is planned, look again whether it is needed, hand it over, mark it, one by one.

No transaction is open while the mail server is spoken to.
"""

import logging
import secrets
import time
from collections import Counter
from datetime import datetime
from functools import partial

from django.db import Error as DatabaseTrouble

from alertdesk.lib import clock
from alertdesk.lib.working_days import NO_OVERRIDES, Overrides
from directives.models import Delivery, Notice

from . import leases, messages
from .briefings import compose_briefing, needed_briefing
from .channels import Accepted, Busy, Channel, Doubtful, Outcome, Retry
from .channels.registry import CHANNELS, open_channel
from .needed import needed_of
from .occasions import may_reach
from .poke import poke

# No message is begun after this; with transport.DATA_SECONDS a sweep ends before the worker's soft time limit.
BUDGET_SECONDS = 28
HOLD_SECONDS = 600
# Longer than an interval: a message at which the server always hangs up does not come first in every sweep.
BUSY_SECONDS = 90
COUNTS = ("sent", "retried", "dead", "cancelled", "held", "freed")

logger = logging.getLogger(__name__)


def deliver(overrides: Overrides = NO_OVERRIDES, *, budget: float = BUDGET_SECONDS) -> dict[str, int]:
    """Send what is due, channel by channel, until nothing is left, the time is up or the channel is busy.

    Returns counts of deliveries: `sent`, `retried` (put off), `dead`, `cancelled`, `held` (quiet hours),
    `freed` (given back untouched: channel busy or time up).
    """
    counts: Counter[str] = Counter()
    ends_at = time.monotonic() + budget
    for name in CHANNELS:
        with open_channel(name) as channel:
            Sender(name, channel, overrides, ends_at, counts).run()
    if time.monotonic() > ends_at:
        poke()  # there may be more
    return {name: counts[name] for name in COUNTS}


class Sender:
    """Sends by one channel within one sweep; another one's trouble does not stop it."""

    def __init__(self, name: str, channel: Channel, overrides: Overrides, ends_at: float, counts: Counter):
        self._name, self._channel, self._overrides = name, channel, overrides
        self._ends_at, self._counts = ends_at, counts
        self._unmarked: leases.Sent | None = None
        self._in_hand: Delivery | None = None  # what the other side was begun to be told of

    def run(self) -> None:
        """Send batch by batch until one had to be given back."""
        while not self._is_over():
            batch = self.claim()
            if not batch or not self.send_batch(batch):
                break

    def claim(self) -> list[Delivery]:
        """Take the next batch under a token of its own."""
        token = secrets.token_hex(16)
        return list(Delivery.objects.filter(pk__in=leases.claim(token, self._name), token=token).order_by("id"))

    def send_batch(self, batch: list[Delivery]) -> bool:
        """Send one claimed batch; False when the rest had to be given back."""
        try:
            return self._send_all(batch, needed_of(batch))
        finally:
            self._mark()

    def _send_all(self, batch: list[Delivery], needed: dict[int, list[Notice]]) -> bool:
        for index, delivery in enumerate(batch):
            if self._is_over():
                return self._give_back(batch[index:])
            try:
                self._counts[self._try(delivery, needed.get(delivery.pk, []))] += 1
            except Busy as busy:
                return self._wait_for_channel(batch[index:], busy)
            except Doubtful as doubt:
                self._counts[_put_off(delivery, str(doubt), in_doubt=True)] += 1
                return self._give_back(batch[index + 1 :])
            except TimeUp:
                return self._give_back(batch[index:])
        return True

    def _try(self, delivery: Delivery, notices: list[Notice]) -> str:
        """Send one delivery, whatever is wrong with it; returns what became of it."""
        try:
            return self._send(delivery, notices)
        except leases.Lost:
            logger.warning("The lease of delivery %s had passed to another sender.", delivery.pk)
            return "passed_on"
        except (Busy, Doubtful, TimeUp):
            raise
        except DatabaseTrouble:
            raise  # no message's fault; the leases run out and a later sweep goes on
        except Exception as error:  # one message that cannot be made must not stop the others
            logger.exception("Delivery %s could not be sent.", delivery.pk)
            return _put_off(delivery, type(error).__name__)

    def _send(self, delivery: Delivery, notices: list[Notice]) -> str:
        now = clock.now()
        if not notices:
            return self._brief(delivery, now)
        if not any(may_reach(notice.kind, _due_at(notice), now, self._overrides) for notice in notices):
            leases.hold(delivery, HOLD_SECONDS)
            return "held"
        return self._send_letter(delivery, messages.compose(delivery, notices, now, self._overrides))

    def _brief(self, delivery: Delivery, now: datetime) -> str:
        """Send a leader's morning mail; what tells nothing any more is cancelled."""
        briefing = needed_briefing(delivery, now)
        if briefing is None:
            leases.mark_cancelled(delivery)
            return "cancelled"
        return self._send_letter(delivery, compose_briefing(delivery, briefing, now))

    def _send_letter(self, delivery: Delivery, letter: messages.Letter) -> str:
        self._in_hand = None
        handing_over = partial(self._hand_over, delivery, letter.kept)
        return self._note(delivery, letter, self._channel.send(delivery, letter, handing_over))

    def _hand_over(self, delivery: Delivery, words: dict[str, str]) -> None:
        """Note the doubt and the words, and the message before; called when the next step cannot be taken back."""
        if self._is_over():
            raise TimeUp
        leases.mark_in_doubt(delivery, before=self._unmarked, **words)
        self._unmarked, self._in_hand = None, delivery

    def _note(self, delivery: Delivery, letter: messages.Letter, outcome: Outcome) -> str:
        if isinstance(outcome, Accepted) and self._in_hand is delivery:
            self._unmarked = leases.Sent(delivery, outcome.id)  # with the next message's doubt, or at the batch's end
            return "sent"
        if isinstance(outcome, Accepted):
            leases.mark_sent(delivery, outcome.id, **letter.kept)
            return "sent"
        if isinstance(outcome, Retry):
            return _put_off(delivery, outcome.reason, in_doubt=delivery.in_doubt)
        leases.mark_dead(delivery, outcome.reason)
        return "dead"

    def _mark(self) -> None:
        """Mark the message that was sent last."""
        if self._unmarked:
            leases.mark_sent(self._unmarked.delivery, self._unmarked.answer)
            self._unmarked = None

    def _wait_for_channel(self, rest: list[Delivery], busy: Busy) -> bool:
        """Give everything back; the message at which the channel gave up lets the others go first next time."""
        leases.hold(rest[0], BUSY_SECONDS if busy.at_message else 0, answer=str(busy))
        self._counts["freed"] += 1
        return self._give_back(rest[1:], str(busy))

    def _give_back(self, rest: list[Delivery], answer: str = "") -> bool:
        leases.free(rest, answer)
        self._counts["freed"] += len(rest)
        return False

    def _is_over(self) -> bool:
        return time.monotonic() > self._ends_at


class TimeUp(Exception):
    """The sweep has to end before this message can be handed over."""


def _put_off(delivery: Delivery, answer: str, **doubt) -> str:
    return "retried" if leases.put_off(delivery, answer, **doubt) else "dead"


def _due_at(notice: Notice):
    return notice.assignment.first_due_at(notice.assignment.directive.actions.all())
