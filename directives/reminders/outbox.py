"""The outbox's rows: read what the planner needs, write notices and deliveries, once per occasion."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Min, Q

from alertdesk.lib import clock
from alertdesk.lib.clock import ZONE
from directives.models import OWING, Assignment, Delivery, Directive, DirectiveState, Notice, RequiredAction

from .addresses import Reader, addresses_of, readers_of
from .planning import NEWS, TELLING, Case, Planned, Told

# Addresses written in one transaction: short ones, so that two sweepers wait for each other only briefly.
AT_ONCE = 200
READ = ("directive", "parent", "responsible_agency", "cycle", "state", "state_since", "due_at", "is_extended")
MAIL_ONLY = (Notice.Kind.INVITATION,)  # it lets somebody in who cannot sign in yet
BESIDE = (*TELLING, *NEWS, Notice.Kind.INVITATION)
# A message of its own: what an act brings about, what the desk has read beforehand.
ALONE = (*NEWS, Notice.Kind.INVITATION, Notice.Kind.MANUAL)


def read_cases(now: datetime) -> tuple[list[Case], int]:
    """Return the owing assignments as the planner takes them, and how many of them have no address."""
    issued_at = dict(Directive.objects.issued().values_list("pk", "issued_at"))
    owing = Assignment.objects.owing().filter(directive__state=DirectiveState.ISSUED)
    assignments = list(owing.order_by().only(*READ))
    addresses = addresses_of(assignments, now.astimezone(ZONE).date())
    told, actions = _told(now), _actions()
    cases = [
        _case(a, issued_at[a.directive_id], addresses[a.pk], told.get(a.pk, {}), actions.get(a.directive_id, []), now)
        for a in assignments
        if addresses[a.pk] and a.directive_id in issued_at
    ]
    return cases, sum(not found for found in addresses.values())


def _told(now: datetime) -> dict[int, dict[str, Told]]:
    """Return what each address has had in the current cycle of each owing assignment.

    What a clock that ran ahead has planned is no reminder yet: it would keep back those of the days between.
    """
    rows = (
        Notice.objects.filter(assignment__state__in=OWING, cycle=F("assignment__cycle"))
        .order_by()
        .values_list("assignment", "address")
        .annotate(
            first_at=Min("planned_at", filter=Q(kind__in=TELLING)),
            last_at=Max("planned_at", filter=~Q(kind__in=BESIDE) & Q(planned_at__lte=now)),
        )
    )
    found: dict[int, dict[str, Told]] = {}
    for assignment, address, first_at, last_at in rows:
        found.setdefault(assignment, {})[address] = Told(first_at, last_at)
    return found


def _actions() -> dict[int, list[RequiredAction]]:
    """Return each issued directive's actions, as far as deadlines go."""
    found: dict[int, list[RequiredAction]] = {}
    for action in RequiredAction.objects.filter(directive__state=DirectiveState.ISSUED).only("directive", "due_at"):
        found.setdefault(action.directive_id, []).append(action)
    return found


def _case(
    assignment: Assignment,
    issued_at: datetime,
    addresses: list[str],
    told: dict[str, Told],
    actions: list[RequiredAction],
    now: datetime,
) -> Case:
    was_issued = assignment.cycle == 1 and assignment.parent_id is None
    opened = issued_at if was_issued else assignment.state_since
    told = {address: _put_right(had, opened, now) for address, had in told.items()}
    return Case(
        assignment_id=assignment.pk,
        cycle=assignment.cycle,
        state=assignment.state,
        state_since=assignment.state_since,
        begun_at=min((t.first_at for t in told.values() if t.first_at), default=opened),
        due_at=assignment.first_due_at(actions),
        told={address: told.get(address, Told()) for address in addresses},
    )


def _put_right(told: Told, opened: datetime, now: datetime) -> Told:
    """Take a first telling that a clock running ahead has dated for one at the opening of the window."""
    if told.first_at and told.first_at > now:
        return replace(told, first_at=min(told.first_at, opened))
    return told


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
    new = Delivery.objects.bulk_create(_delivery(key, now, readers) for key in parts if key not in waiting)
    carriers = waiting | {(delivery.address, delivery.channel): delivery for delivery in new}
    rows = [_notice(planned, carriers[key], now) for key, part in parts.items() for planned in part]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
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
    unsent = Delivery.objects.filter(state=Delivery.State.PENDING, in_doubt=False)
    rows = unsent.filter(address__in=list(addresses)).exclude(notices__kind__in=ALONE)
    rows = rows.select_for_update(skip_locked=True).order_by("id")
    found = {(delivery.address, delivery.channel): delivery for delivery in rows}
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in found.values()], tries=0).update(next_try_at=None)
    return found


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
