"""Who may send a delivery now: leases in the database, by the database's clock.

A sender claims a batch under its own token for LEASE_SECONDS. It may write to a row only while the row
still carries that token, so a sender that was paused for too long cannot undo what another did since.
On PostgreSQL claimed rows are locked and skipped; SQLite begins every transaction IMMEDIATE, which
lets one writer in at a time.
"""

from datetime import timedelta
from random import SystemRandom

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.functions import Now

from alertdesk.lib import clock
from directives.models import Delivery

State = Delivery.State
LEASE_SECONDS = 120
BATCH = 50
MAX_TRIES = 24  # with the delays below: about 18 hours
FIRST_DELAY, LONGEST_DELAY = 30, 3600
JITTER = 0.2


class Lost(Exception):
    """The lease has passed to another sender."""


def _in(seconds: float) -> ExpressionWrapper:
    """Return the moment that many seconds from now by the database's clock."""
    return ExpressionWrapper(Now() + timedelta(seconds=seconds), output_field=DateTimeField())


@transaction.atomic
def claim(token: str, channel: str = Delivery.Channel.EMAIL) -> list[int]:
    """Take the next batch of a channel: what waits and is due, and what another sender left behind; oldest first."""
    is_due = Q(state=State.PENDING) & (Q(next_try_at__isnull=True) | Q(next_try_at__lte=Now()))
    is_abandoned = Q(state=State.SENDING, lease_until__lt=Now())
    free = Delivery.objects.select_for_update(skip_locked=True).filter(is_due | is_abandoned, channel=channel)
    ids = list(free.order_by("id").values_list("id", flat=True)[:BATCH])
    Delivery.objects.filter(pk__in=ids).update(state=State.SENDING, token=token, lease_until=_in(LEASE_SECONDS))
    return ids


def _own(delivery: Delivery):
    return Delivery.objects.filter(pk=delivery.pk, token=delivery.token, state=State.SENDING)


def mark_in_doubt(delivery: Delivery, **message) -> None:
    """Record that the message is about to leave, and what it says; raises Lost when the lease has passed on."""
    held = _own(delivery).filter(lease_until__gt=Now())
    perhaps_double = delivery.perhaps_double or delivery.in_doubt
    if not held.update(in_doubt=True, perhaps_double=perhaps_double, lease_until=_in(LEASE_SECONDS), **message):
        raise Lost


def mark_sent(delivery: Delivery, answer: str, **message) -> None:
    """Record that the server has the message."""
    _end(delivery, state=State.SENT, in_doubt=False, sent_at=clock.now(), answer=answer, **message)


def mark_dead(delivery: Delivery, answer: str) -> None:
    """Record that the server refused the message for good."""
    _end(delivery, state=State.DEAD, in_doubt=False, tries=delivery.tries + 1, answer=answer)


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


def hold(delivery: Delivery, seconds: float) -> None:
    """Look again in a while; costs no try."""
    _end(delivery, state=State.PENDING, next_try_at=_in(seconds))


def free(deliveries: list[Delivery], answer: str = "") -> None:
    """Give back what was claimed and not sent, as it was; costs no try."""
    for delivery in deliveries:
        said = {"answer": answer} if answer else {}
        _end(delivery, state=State.PENDING, in_doubt=delivery.in_doubt, next_try_at=None, **said)


def _end(delivery: Delivery, **changes) -> None:
    """Close the lease if it is still ours; otherwise whoever has it now decides."""
    _own(delivery).update(token="", lease_until=None, **changes)
