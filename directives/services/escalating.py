"""Tell the heads of late agencies, each at most once a day."""

from collections.abc import Iterable

from django.db import transaction

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import Assignment, Delivery, DirectiveState, Notice
from directives.permissions import is_staff_of
from directives.reminders.addresses import heads_of
from directives.reminders.escalation import tell_heads
from directives.reminders.poke import poke_on_commit

from .errors import NotAllowed
from .reminding import REACHES, Due, LeftOut, Selection


def sort_out_late(assignments: Iterable[Assignment]) -> Selection:
    """Say the heads of which agencies of a selection would be told now; needs four queries, whatever the number."""
    assignments = list(assignments)
    heads, told = heads_of(assignments, clock.today()), _told_today(assignments)
    reasons = {row.pk: _reason(row, told, heads[row.pk]) for row in assignments}
    return Selection(
        tuple(Due(row, tuple(heads[row.pk])) for row in assignments if not reasons[row.pk]),
        tuple((row, reasons[row.pk]) for row in assignments if reasons[row.pk]),
    )


@transaction.atomic
def escalate(assignments: Iterable[Assignment], *, actor: User) -> Selection:
    """Write to the heads of the agencies that are late; returns whose were written to and whose were not.

    The rows are locked first, so that of two people at the desk the second finds the heads told.
    """
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("directive", "responsible_agency")
    locked = locked.prefetch_related("directive__actions")
    chosen = list(locked.filter(pk__in=[row.pk for row in assignments]).order_by("pk"))
    if not all(is_staff_of(actor, directive) for directive in {row.directive for row in chosen}):
        raise NotAllowed
    selection = sort_out_late(sorted(chosen, key=lambda row: (row.position, row.pk)))
    tell_heads(due.assignment for due in selection.due)
    for due in selection.due:
        record_event("escalate", due.assignment, actor=actor, agency=due.assignment.agency, cycle=due.assignment.cycle)
    poke_on_commit()
    return selection


def _reason(assignment: Assignment, told: set[int], heads: list[str]) -> LeftOut | None:
    if not assignment.owes_answer or assignment.directive.state != DirectiveState.ISSUED:
        return LeftOut.OWES_NOTHING
    if not assignment.is_overdue(assignment.directive.actions.all(), clock.now()):
        return LeftOut.NOT_LATE
    if assignment.pk in told:
        return LeftOut.HEAD_TODAY
    return None if heads else LeftOut.NO_HEAD


def _told_today(assignments: list[Assignment]) -> set[int]:
    """Return the assignments whose heads were written to today, or are about to be."""
    notices = Notice.objects.filter(assignment__in=assignments, kind=Notice.Kind.ESCALATED, occasion=clock.today())
    reaching = notices.filter(channel=Delivery.Channel.EMAIL, delivery__state__in=REACHES)
    return set(reaching.order_by().values_list("assignment", flat=True))
