"""Who of the owing agencies was told how often and when, whose head knows, and what was said on the telephone."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from directives.models import Delivery, Notice

from .board import Board, Row
from .chasing import groups

Kind = Notice.Kind


@dataclass(frozen=True)
class Told:
    """The mails to an agency about its report: at how many moments, when last, how many refused, when the head's."""

    times: int = 0
    last_at: datetime | None = None
    refused: int = 0
    head_at: datetime | None = None


@dataclass(frozen=True)
class FollowUp:
    """One owing agency with what has been done to remind it."""

    row: Row
    told: Told


@dataclass(frozen=True)
class Followed:
    """The owing agencies that are equally far."""

    title: str
    lines: tuple[FollowUp, ...]


def follow_ups(board: Board) -> tuple[Followed, ...]:
    """Return the groups of the chasing list with what each agency was told; one query besides the board's."""
    told = _told(board)
    return tuple(
        Followed(group.title, tuple(FollowUp(row, told.get(row.assignment_id, Told())) for row in group.rows))
        for group in groups(board)
    )


def _told(board: Board) -> dict[int, Told]:
    sent, to_head = Q(delivery__state=Delivery.State.SENT), Q(kind=Kind.ESCALATED)
    mails = Notice.objects.filter(assignment__directive=board.directive, channel=Delivery.Channel.EMAIL)
    rows = (
        mails.exclude(kind=Kind.INVITATION)
        .order_by()
        .values_list("assignment")
        .annotate(
            times=Count("planned_at", filter=sent & ~to_head, distinct=True),
            last_at=Max("delivery__sent_at", filter=sent & ~to_head),
            refused=Count("delivery", filter=Q(delivery__state=Delivery.State.DEAD), distinct=True),
            head_at=Max("planned_at", filter=to_head & ~Q(delivery__state=Delivery.State.DEAD)),
        )
    )
    return {assignment: Told(*facts) for assignment, *facts in rows}
