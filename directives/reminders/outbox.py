"""The outbox's rows: write notices and deliveries, once per occasion."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from alertdesk.lib import clock
from alertdesk.lib.clock import ZONE
from directives.models import Assignment, Delivery, Notice

from .addresses import Reader, addresses_of, readers_of
from .inserting import insert
from .planning import NEWS, Planned

# Addresses written in one transaction: short ones, so that two sweepers wait for each other only briefly.
AT_ONCE = 200
Kind = Notice.Kind
# One lets somebody in who cannot sign in yet, the other is for who is on duty, with an account or without.
MAIL_ONLY = (Kind.INVITATION, Kind.CHECK_IN)
# A message of its own: what an act brings about, what the desk has read beforehand.
ALONE = (*NEWS, Kind.INVITATION, Kind.MANUAL, Kind.CHECK_IN, Kind.ESCALATED)


def write(planned: Iterable[Planned], now: datetime) -> int:
    """Write planned notices, grouped into one delivery per address and channel; returns how many were not there yet."""
    # Every sweeper inserts in the order of the key: two at once wait for each other and never deadlock.
    in_order = sorted(planned, key=lambda p: (p.address, p.assignment_id, p.cycle, p.kind, p.occasion))
    groups = [list(group) for _address, group in groupby(in_order, key=lambda p: p.address)]
    return sum(_write_groups(groups[start : start + AT_ONCE], now) for start in range(0, len(groups), AT_ONCE))


@transaction.atomic
def _write_groups(groups: list[list[Planned]], now: datetime) -> int:
    """Insert the notices, each address's into one delivery per channel; a new one whose notices all existed goes again.

    A reminder that still waits, after an outage say, takes the new ones along: one message, not a burst.
    """
    readers = readers_of(group[0].address for group in groups)
    parts = {key: part for group in groups for key, part in _by_channel(group, readers[group[0].address])}
    waiting = _waiting(address for group in groups for address in _joining(group))
    had = Notice.objects.filter(delivery__in=waiting.values()).count() if waiting else 0
    new = [_delivery(key, now, readers) for key in parts if key not in waiting]
    insert(new)
    carriers = waiting | {(delivery.address, delivery.channel): delivery for delivery in new}
    rows = [_notice(planned, carriers[key], now) for key, part in parts.items() for planned in part]
    insert(rows, ignore_conflicts=True)
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in new], notices__isnull=True).delete()
    return Notice.objects.filter(delivery__in=[delivery.pk for delivery in carriers.values()]).count() - had


def _by_channel(group: list[Planned], reader: Reader) -> Iterator[tuple[tuple[str, str], list[Planned]]]:
    """Yield what an address is told by each of its reader's channels, under (address, channel)."""
    for channel in reader.channels:
        part = [planned for planned in group if channel == Delivery.Channel.EMAIL or planned.kind not in MAIL_ONLY]
        if part:
            yield (group[0].address, channel), part


def _joining(group: list[Planned]) -> list[str]:
    return [] if any(planned.kind in ALONE for planned in group) else [group[0].address]


def _waiting(addresses: Iterable[str]) -> dict[tuple[str, str], Delivery]:
    """Lock and return the unsent reminder of each address and channel; what was held back is due again."""
    unsent = Delivery.objects.filter(state=Delivery.State.PENDING, in_doubt=False, briefing=None)
    rows = unsent.filter(address__in=list(addresses)).exclude(notices__kind__in=ALONE)
    rows = rows.select_for_update(skip_locked=True, of=("self",)).order_by("id")
    found = {(delivery.address, delivery.channel): delivery for delivery in rows}
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in found.values()], tries=0).update(next_try_at=None)
    return found


def take_along(addresses: Iterable[str]) -> None:
    """Let the reminder that waits for an address carry the news that wait there, so that one message tells all.

    What was tried before goes its own way, and so does what a sender holds at this moment.
    """
    waiting = Notice.objects.filter(kind__in=NEWS, delivery__state=Delivery.State.PENDING).order_by()
    in_order = sorted(set(addresses) & set(waiting.values_list("address", flat=True)))
    for start in range(0, len(in_order), AT_ONCE):
        _join_news(in_order[start : start + AT_ONCE])


@transaction.atomic
def _join_news(addresses: list[str]) -> None:
    carriers = _waiting(addresses)
    with_news = Notice.objects.filter(kind__in=NEWS, address__in=addresses).values("delivery")
    told = Delivery.objects.filter(state=Delivery.State.PENDING, in_doubt=False, tries=0, pk__in=with_news)
    told = told.exclude(pk__in=[carrier.pk for carrier in carriers.values()])
    for news in told.select_for_update(skip_locked=True):
        if carrier := carriers.get((news.address, news.channel)):
            news.notices.update(delivery=carrier)
            joined = Delivery.objects.filter(pk=news.pk)
            joined.update(state=Delivery.State.CANCELLED, answer=_("Went along with a later message"))


def _delivery(key: tuple[str, str], now: datetime, readers: dict[str, Reader]) -> Delivery:
    address, channel = key
    return Delivery(
        address=address,
        channel=channel,
        language=readers[address].language,
        message_id=f"<{uuid.uuid4()}@{mail_host()}>",
        planned_at=now,
    )


def _notice(planned: Planned, delivery: Delivery, now: datetime) -> Notice:
    return Notice(
        assignment_id=planned.assignment_id,
        cycle=planned.cycle,
        kind=planned.kind,
        occasion=planned.occasion,
        address=planned.address,
        channel=delivery.channel,
        planned_at=now,
        delivery=delivery,
    )


def mail_host() -> str:
    """Return the name of this site in message ids and list ids."""
    return urlsplit(settings.SITE_URL).hostname or "alertdesk.invalid"


def enqueue(
    assignment: Assignment, kind: str, address: str, *, occasion: date | None = None, now: datetime | None = None
) -> bool:
    """Write one notice outside the planner's rhythm, an invitation say; False when that day's was written already."""
    now = now or clock.now()
    occasion = occasion or now.astimezone(ZONE).date()
    return bool(write([Planned(assignment.pk, assignment.cycle, kind, occasion, address.lower())], now))


def tell(assignments: Iterable[Assignment], kind: str) -> int:
    """Write one notice of today to every address of each assignment; returns how many were not there yet."""
    assignments, now = list(assignments), clock.now()
    day = now.astimezone(ZONE).date()
    addresses = addresses_of(assignments, day)
    return write((Planned(a.pk, a.cycle, kind, day, address) for a in assignments for address in addresses[a.pk]), now)


def requeue(delivery: Delivery) -> bool:
    """Give a refused delivery a fresh start; False when it is not refused (any more)."""
    dead = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.DEAD)
    return bool(dead.update(state=Delivery.State.PENDING, tries=0, next_try_at=None))
