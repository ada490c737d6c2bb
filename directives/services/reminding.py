"""Remind a selection of agencies now, each at most once a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import Assignment, Delivery, DirectiveState, Notice
from directives.permissions import is_staff_of
from directives.reminders.addresses import addresses_of
from directives.reminders.outbox import tell
from directives.reminders.poke import poke_on_commit

from .errors import NotAllowed

# What reached the agency today, or will: a refused or cancelled message reminded nobody.
REACHES = (Delivery.State.PENDING, Delivery.State.SENDING, Delivery.State.SENT)


class LeftOut(models.TextChoices):
    """Why an agency of the selection is not reminded."""

    OWES_NOTHING = "owes_nothing", _("No report is owed")
    TODAY = "today", _("Already reminded today")
    NO_ADDRESS = "no_address", _("No address to write to")
    NOT_LATE = "not_late", _("Not overdue")
    HEAD_TODAY = "head_today", _("The head was written to today")
    NO_HEAD = "no_head", _("Neither an account of the head nor a mailbox: please telephone")


@dataclass(frozen=True)
class Due:
    """One agency to remind, and the addresses its reminder goes to."""

    assignment: Assignment
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Selection:
    """A selection sorted out: who is reminded, and who is left out for which reason."""

    due: tuple[Due, ...]
    left_out: tuple[tuple[Assignment, LeftOut], ...]

    @property
    def left_out_by_reason(self) -> list[tuple[str, list[str]]]:
        """The names left out, by the reason in words."""
        names = defaultdict(list)
        for assignment, reason in self.left_out:
            names[reason].append(assignment.agency_name)
        return [(str(reason.label), names[reason]) for reason in LeftOut if names[reason]]


def sort_out(assignments: Iterable[Assignment]) -> Selection:
    """Say who of a selection would be reminded now; needs three queries, whatever the number."""
    assignments = list(assignments)
    told, addresses = _told_today(assignments), addresses_of(assignments, clock.today())
    reasons = {row.pk: _reason(row, told, addresses[row.pk]) for row in assignments}
    return Selection(
        tuple(Due(row, tuple(addresses[row.pk])) for row in assignments if not reasons[row.pk]),
        tuple((row, reasons[row.pk]) for row in assignments if reasons[row.pk]),
    )


@transaction.atomic
def remind_now(assignments: Iterable[Assignment], *, actor: User) -> Selection:
    """Write one reminder to every address of the agencies that are due one; returns who was and who was not.

    The rows are locked first, so that of two people at the desk the second finds the agencies reminded;
    the notice's unique key holds even without that.
    """
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("directive", "responsible_agency")
    chosen = list(locked.filter(pk__in=[row.pk for row in assignments]).order_by("pk"))
    if not all(is_staff_of(actor, directive) for directive in {row.directive for row in chosen}):
        raise NotAllowed
    selection = sort_out(sorted(chosen, key=lambda row: (row.position, row.pk)))
    tell((due.assignment for due in selection.due), Notice.Kind.MANUAL)
    for due in selection.due:
        record_event("remind", due.assignment, actor=actor, agency=due.assignment.agency, cycle=due.assignment.cycle)
    poke_on_commit()
    return selection


def _reason(assignment: Assignment, told: set[int], addresses: list[str]) -> LeftOut | None:
    if not assignment.owes_answer or assignment.directive.state != DirectiveState.ISSUED:
        return LeftOut.OWES_NOTHING
    if assignment.pk in told:
        return LeftOut.TODAY
    return None if addresses else LeftOut.NO_ADDRESS


def _told_today(assignments: list[Assignment]) -> set[int]:
    """Return the assignments that were mailed to today in any way but an invitation, or are about to be."""
    begin, end = _today()
    today = Q(delivery__planned_at__range=(begin, end)) | Q(delivery__sent_at__range=(begin, end))
    waiting = Q(delivery__state__in=(Delivery.State.PENDING, Delivery.State.SENDING))
    notices = Notice.objects.filter(assignment__in=assignments, channel=Delivery.Channel.EMAIL)
    notices = notices.filter(delivery__state__in=REACHES)
    notices = notices.exclude(kind__in=(Notice.Kind.INVITATION, Notice.Kind.ESCALATED)).filter(today | waiting)
    return set(notices.order_by().values_list("assignment", flat=True))


def _today() -> tuple[datetime, datetime]:
    now = clock.now().astimezone(clock.ZONE)
    begin = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return begin, begin + timedelta(days=1, microseconds=-1)
