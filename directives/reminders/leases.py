"""Who may send a delivery now: leases in the database, by the database's clock.

A sender claims a batch under its own token for LEASE_SECONDS. It may write to a row only while the row
still carries that token, so a sender that was paused for too long cannot undo what another did since.
On PostgreSQL claimed rows are locked and skipped; SQLite begins every transaction IMMEDIATE, which
lets one writer in at a time.

A moment further ahead than any wait can be was written by a clock that has been put right since; it holds nobody.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import SystemRandom

from django.db import Error as DatabaseTrouble
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, Q
from django.db.models.functions import Now

from alertdesk.lib import clock
from directives.models import Delivery

from .statements import Update, run, run_together

State = Delivery.State
LEASE_SECONDS = 120
BATCH = 100
MAX_TRIES = 24  # with the delays below: about 18 hours
FIRST_DELAY, LONGEST_DELAY = 30, 3600
JITTER = 0.2
LONGEST_WAIT = LONGEST_DELAY * (1 + JITTER)
# How long the outcome of a message is kept in memory while the database is away.
INSIST_SECONDS, INSIST_PAUSE = 20, 0.2

logger = logging.getLogger(__name__)


class Lost(Exception):
    """The lease has passed to another sender."""


def _in(seconds: float) -> ExpressionWrapper:
    """Return the moment that many seconds from now by the database's clock."""
    return ExpressionWrapper(Now() + timedelta(seconds=seconds), output_field=DateTimeField())


@transaction.atomic
def claim(token: str, channel: str = Delivery.Channel.EMAIL) -> list[int]:
    """Take the next batch of a channel: what waits and is due, and what another sender left behind; oldest first."""
    waits = Q(next_try_at__gt=Now(), next_try_at__lte=_in(LONGEST_WAIT))
    is_due = Q(state=State.PENDING) & (Q(next_try_at__isnull=True) | ~waits)
    is_abandoned = Q(state=State.SENDING) & ~Q(lease_until__gte=Now(), lease_until__lte=_in(LEASE_SECONDS))
    free = Delivery.objects.select_for_update(skip_locked=True).filter(is_due | is_abandoned, channel=channel)
    ids = list(free.order_by("id").values_list("id", flat=True)[:BATCH])
    Delivery.objects.filter(pk__in=ids).update(state=State.SENDING, token=token, lease_until=_in(LEASE_SECONDS))
    return ids


def _own(delivery: Delivery):
    return Delivery.objects.filter(pk=delivery.pk, token=delivery.token, state=State.SENDING)


def _held(given: dict):
    mine = Delivery.objects.filter(pk=given["id"], token=given["token"], state=State.SENDING)
    return mine.filter(lease_until__gt=Now())


def _doubt(given: dict) -> dict:
    """Return the changes; a message that was in doubt before is perhaps double from now on."""
    twice = ExpressionWrapper(Q(perhaps_double=True) | Q(in_doubt=True), output_field=BooleanField())
    words = {name: given[name] for name in ("subject", "text", "html")}
    return {"in_doubt": True, "perhaps_double": twice, "lease_until": _in(LEASE_SECONDS), **words}


def _sent(given: dict) -> dict:
    changes = {"state": State.SENT, "in_doubt": False, "token": "", "lease_until": None}
    return changes | {"sent_at": given["sent_at"], "answer": given["answer"]}


def _holes(*names: str) -> dict:
    values = {"id": -8_125_407, "sent_at": datetime(1867, 4, 30, 7, 9, 11, tzinfo=UTC)}
    return {name: (Delivery._meta.get_field(name), values.get(name, f"\ue000{name}")) for name in names}


_MARK_IN_DOUBT = Update(_holes("id", "token", "subject", "text", "html"), _held, _doubt)
_MARK_SENT = Update(
    _holes("id", "token", "sent_at", "answer"),
    lambda given: Delivery.objects.filter(pk=given["id"], token=given["token"], state=State.SENDING),
    _sent,
)


@dataclass(frozen=True)
class Sent:
    """A message that the other side has, and what it answered; the row does not say so yet."""

    delivery: Delivery
    answer: str

    def statement(self) -> tuple[str, list]:
        """Return the statement that says so."""
        one = self.delivery
        return _MARK_SENT.filled({"id": one.pk, "token": one.token, "sent_at": clock.now(), "answer": self.answer})


def mark_in_doubt(delivery: Delivery, *, before: Sent | None = None, **words: str) -> None:
    """Record that the message is about to leave, and what it says; raises Lost when the lease has passed on.

    The message sent `before` is marked with the same commit: at any moment one message at most is
    with the other side and not marked, and each message costs one way to the database instead of two.
    """
    statement = _MARK_IN_DOUBT.filled({"id": delivery.pk, "token": delivery.token, **words})
    if not (_insist(lambda: run_together(before.statement(), statement)) if before else run(statement)):
        raise Lost


def mark_sent(delivery: Delivery, answer: str, **message) -> None:
    """Record that the other side has the message."""
    _end(delivery, state=State.SENT, in_doubt=False, sent_at=clock.now(), answer=answer, **message)


def mark_dead(delivery: Delivery, answer: str) -> None:
    """Record that the server refused the message for good; an older doubt stays for whoever sends it again."""
    _end(delivery, state=State.DEAD, in_doubt=delivery.in_doubt, tries=delivery.tries + 1, answer=answer)


def mark_cancelled(delivery: Delivery) -> None:
    """Record that nothing in the message is needed any more."""
    _end(delivery, state=State.CANCELLED)


def put_off(delivery: Delivery, answer: str, **doubt) -> bool:
    """Spend one try and wait longer each time; after the last one the delivery is dead. Whether it waits.

    `in_doubt` may be given; without it the row keeps the doubt it has.
    """
    tries = delivery.tries + 1
    if tries >= MAX_TRIES:
        _end(delivery, state=State.DEAD, tries=tries, answer=answer, **doubt)
        return False
    wait = min(FIRST_DELAY * 2**delivery.tries, LONGEST_DELAY) * SystemRandom().uniform(1 - JITTER, 1 + JITTER)
    _end(delivery, state=State.PENDING, tries=tries, next_try_at=_in(wait), answer=answer, **doubt)
    return True


def hold(delivery: Delivery, seconds: float, **said) -> None:
    """Look again in a while; costs no try."""
    _end(delivery, state=State.PENDING, in_doubt=delivery.in_doubt, next_try_at=_in(seconds), **said)


def free(deliveries: list[Delivery], answer: str = "") -> None:
    """Give back what was claimed and not begun, as it was; costs no try."""
    said = {"answer": answer} if answer else {}
    for token in {delivery.token for delivery in deliveries}:
        ours = Delivery.objects.filter(pk__in=[d.pk for d in deliveries], token=token, state=State.SENDING)
        _insist(lambda ours=ours: ours.update(state=State.PENDING, token="", lease_until=None, **said))


def _end(delivery: Delivery, **changes) -> None:
    """Close the lease if it is still ours; otherwise whoever has it now decides."""
    _insist(lambda: _own(delivery).update(token="", lease_until=None, **changes))


def _insist(write: Callable[[], int]) -> int:
    """Write what became of a message, again while the database restarts: forgetting it would send it twice."""
    until = time.monotonic() + INSIST_SECONDS
    while True:
        try:
            return write()
        except DatabaseTrouble as error:
            if connection.in_atomic_block or time.monotonic() > until or not _is_away(error):
                raise
            logger.warning("The database is away; the outcome of a message is written again: %s", error)
            connection.close()
            time.sleep(INSIST_PAUSE)


def _is_away(error: DatabaseTrouble) -> bool:
    """Whether the database rather than the statement is at fault; psycopg calls a closed connection by many names."""
    return isinstance(error, OperationalError | InterfaceError) or not connection.is_usable()
