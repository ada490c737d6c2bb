"""The sender: claim what is planned, look again whether it is needed, hand it over, mark it, one by one.

No transaction is open while the mail server is spoken to.
"""

import logging
import secrets
import time
from collections import Counter
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from agencies.models import User
from alertdesk.lib import clock
from alertdesk.lib.working_days import NO_OVERRIDES, Overrides
from directives.models import Delivery, DirectiveState, Notice, State

from . import leases, messages
from .channels import Accepted, Busy, Channel, Doubtful, Outcome, Retry
from .channels.registry import CHANNELS, open_channel
from .content import with_content
from .news import load_news
from .planning import NEWS, may_reach

# A sweep ends well before the worker's soft time limit.
BUDGET_SECONDS = 40
HOLD_SECONDS = 600
# A message of one of these kinds does not stand in for an earlier reminder.
NOT_INSTEAD = (Notice.Kind.INVITATION, Notice.Kind.REPLY, Notice.Kind.RECALLED)
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
            _deliver_by(name, channel, overrides, ends_at, counts)
    return {name: counts[name] for name in COUNTS}


def _deliver_by(name: str, channel: Channel, overrides: Overrides, ends_at: float, counts: Counter) -> None:
    """Send what is due by one channel; another one's trouble does not stop it."""
    while time.monotonic() < ends_at:
        batch = _claim(name)
        if not batch or not _send_batch(batch, channel, overrides, ends_at, counts):
            break


def _claim(channel: str) -> list[Delivery]:
    token = secrets.token_hex(16)
    return list(Delivery.objects.filter(pk__in=leases.claim(token, channel), token=token).order_by("id"))


def _send_batch(batch: list[Delivery], channel: Channel, overrides: Overrides, ends_at: float, counts: Counter) -> bool:
    """Send one claimed batch; False when the rest had to be given back."""
    needed = _needed(batch)
    for index, delivery in enumerate(batch):
        if time.monotonic() > ends_at:
            return _give_back(batch[index:], "", counts)
        try:
            counts[_send_one(delivery, needed.get(delivery.pk, []), channel, overrides)] += 1
        except Busy as busy:
            return _give_back(batch[index:], str(busy), counts)
        except Doubtful as doubt:
            counts[_put_off(delivery, str(doubt), in_doubt=True)] += 1
            return _give_back(batch[index + 1 :], "", counts)
        except leases.Lost:
            logger.warning("The lease of delivery %s had passed to another sender.", delivery.pk)
        except Exception as error:  # one message that cannot be made must not stop the others
            logger.exception("Delivery %s could not be sent.", delivery.pk)
            counts[_put_off(delivery, type(error).__name__)] += 1
    return True


def _send_one(delivery: Delivery, notices: list[Notice], channel: Channel, overrides: Overrides) -> str:
    """Send one delivery as far as it is still needed; returns what became of it."""
    if not notices:
        leases.mark_cancelled(delivery)
        return "cancelled"
    now = clock.now()
    if not any(may_reach(notice.kind, _due_at(notice), now, overrides) for notice in notices):
        leases.hold(delivery, HOLD_SECONDS)
        return "held"
    letter = messages.compose(delivery, notices, now, overrides)
    outcome = channel.send(delivery, letter, lambda: leases.mark_in_doubt(delivery, **letter.kept))
    return _note(delivery, letter, outcome)


def _note(delivery: Delivery, letter: messages.Letter, outcome: Outcome) -> str:
    if isinstance(outcome, Accepted):
        leases.mark_sent(delivery, outcome.id, **letter.kept)
        return "sent"
    if isinstance(outcome, Retry):
        return _put_off(delivery, outcome.reason, in_doubt=delivery.in_doubt)
    leases.mark_dead(delivery, outcome.reason)
    return "dead"


def _put_off(delivery: Delivery, answer: str, **doubt) -> str:
    return "retried" if leases.put_off(delivery, answer, **doubt) else "dead"


def _give_back(rest: list[Delivery], answer: str, counts: Counter) -> bool:
    leases.free(rest, answer)
    counts["freed"] += len(rest)
    return False


def _due_at(notice: Notice):
    return notice.assignment.first_due_at(notice.assignment.directive.actions.all())


def _needed(batch: Iterable[Delivery]) -> dict[int, list[Notice]]:
    """Return, per delivery, the notices that are still right: the answer owed, nothing newer planned since."""
    newer = Notice.objects.exclude(kind__in=NOT_INSTEAD).filter(
        assignment=OuterRef("assignment"),
        cycle=OuterRef("cycle"),
        address=OuterRef("address"),
        planned_at__gt=OuterRef("planned_at"),
    )
    notices = with_content(Notice.objects.filter(delivery__in=[d.pk for d in batch]))
    notices = list(notices.annotate(is_overtaken=Exists(newer)))
    load_news(notices)
    waiting = _not_yet_seen(notices)
    needed: dict[int, list[Notice]] = {}
    for notice in notices:
        if _is_right(notice, waiting):
            needed.setdefault(notice.delivery_id, []).append(notice)
    return needed


def _is_right(notice: Notice, waiting: set[str]) -> bool:
    """Whether a notice still says something true: an open invitation, news that stand, an answer still owed."""
    if notice.kind == Notice.Kind.INVITATION:
        return notice.address in waiting
    if notice.kind in NEWS:
        return (notice.kind == Notice.Kind.RECALLED) == (notice.assignment.state == State.WITHDRAWN)
    return _is_owed(notice)


def _is_owed(notice: Notice) -> bool:
    assignment = notice.assignment
    is_open = assignment.owes_answer and assignment.directive.state == DirectiveState.ISSUED
    return is_open and assignment.cycle == notice.cycle and not notice.is_overtaken


def _not_yet_seen(notices: Iterable[Notice]) -> set[str]:
    """Return the invited addresses whose account has never been used."""
    invited = [notice.address for notice in notices if notice.kind == Notice.Kind.INVITATION]
    never_used = User.objects.filter(email__in=invited, is_active=True, last_login__isnull=True)
    return set(never_used.values_list("email", flat=True))
