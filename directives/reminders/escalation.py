"""Tell the head of an agency that its report is late: by an act of the desk, or by the calendar if the site wants."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef

from alertdesk.lib import clock
from alertdesk.lib import working_days as office
from alertdesk.lib.clock import ZONE
from directives.models import Assignment, DirectiveState, Notice

from .addresses import heads_of
from .outbox import write
from .planning import Planned

ESCALATED = Notice.Kind.ESCALATED


@dataclass(frozen=True)
class Late:
    """One late report whose head has not been told in this cycle; `addresses` are the head's."""

    assignment_id: int
    cycle: int
    due_at: datetime
    addresses: tuple[str, ...]


def tell_heads(assignments: Iterable[Assignment]) -> int:
    """Write one notice of today to the head of each agency; returns how many were not there yet."""
    assignments, now = list(assignments), clock.now()
    day = now.astimezone(ZONE).date()
    heads = heads_of(assignments, day)
    return write((Planned(a.pk, a.cycle, ESCALATED, day, address) for a in assignments for address in heads[a.pk]), now)


def escalate_due(now: datetime, overrides: office.Overrides) -> int:
    """Write what the site's setting makes due, nothing where it is off; returns how many notices."""
    after = settings.ESCALATE_AFTER_DAYS
    if after < 1 or not office.is_office_time(now, overrides):
        return 0
    return write(plan_escalations(read_late(now), now, overrides, after=after), now)


def plan_escalations(
    late: Iterable[Late], now: datetime, overrides: office.Overrides, *, after: int
) -> Iterator[Planned]:
    """Yield the notices to heads whose agency is late by `after` working days or more."""
    today = now.astimezone(ZONE).date()
    for one in late:
        day = office.add_working_days(one.due_at.astimezone(ZONE).date(), after, overrides)
        if day <= today:
            for address in one.addresses:
                yield Planned(one.assignment_id, one.cycle, ESCALATED, day, address)


def read_late(now: datetime) -> list[Late]:
    """Return the late reports on the boards of issued directives whose heads have not been told of this cycle."""
    told = Notice.objects.filter(assignment=OuterRef("pk"), cycle=OuterRef("cycle"), kind=ESCALATED)
    rows = Assignment.objects.overdue(now).on_board().filter(~Exists(told), directive__state=DirectiveState.ISSUED)
    rows = list(rows.select_related("directive").prefetch_related("directive__actions"))
    heads = heads_of(rows, now.astimezone(ZONE).date())
    return [Late(a.pk, a.cycle, a.first_due_at(a.directive.actions.all()), tuple(heads[a.pk])) for a in rows]
