"""Replies that were written after the day's one message about replies: they are told on the next working day."""

from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef

from alertdesk.lib.clock import ZONE
from alertdesk.lib.working_days import Overrides, is_office_time
from directives.models import Assignment, DirectiveState, Notice, Remark, State

from .planning import Planned

Kind = Notice.Kind


def untold_replies(now: datetime, overrides: Overrides) -> list[Planned]:
    """Return a notice for each address whose last word about replies is older than a reply nobody has answered."""
    written = _last_written() if is_office_time(now, overrides) else {}
    if not written:
        return []
    today = now.astimezone(ZONE).date()
    rows = (
        Notice.objects.filter(assignment__in=written, kind=Kind.REPLY)
        .order_by()
        .values_list("assignment", "address")
        .annotate(told_at=Max("planned_at"), told_on=Max("occasion"), cycle=F("assignment__cycle"))
    )
    return [
        Planned(assignment, cycle, Kind.REPLY, today, address)
        for assignment, address, told_at, told_on, cycle in rows
        if told_at < written[assignment] and told_on < today
    ]


def _last_written() -> dict[int, datetime]:
    """Return when the desk has last written to each assignment in a thread that the agency has not answered."""
    answer = Remark.objects.filter(
        assignment=OuterRef("assignment"), action=OuterRef("action"), by_desk=False, pk__gt=OuterRef("pk")
    )
    asked = Assignment.objects.filter(directive__state=DirectiveState.ISSUED).exclude(state=State.WITHDRAWN)
    open_ones = Remark.objects.filter(~Exists(answer), by_desk=True, assignment__in=asked).order_by()
    return dict(open_ones.values_list("assignment").annotate(at=Max("written_at")))
