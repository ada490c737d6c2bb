"""The few numbers of a directive that every page and paper shows, counted in one place."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from directives.models import OWING, REPORTED, Assignment, State


@dataclass(frozen=True)
class Numbers:
    """Agencies of one directive; `agencies` leaves out those no longer required and is the base of `percent`."""

    agencies: int = 0
    reported: int = 0
    accepted: int = 0
    to_review: int = 0
    returned: int = 0
    owing: int = 0
    overdue: int = 0
    not_acknowledged: int = 0
    acknowledged: int = 0
    in_progress: int = 0
    awaiting_approval: int = 0
    lapsed: int = 0
    withdrawn: int = 0

    @property
    def percent(self) -> int:
        """Reports that stand, of the agencies asked, in whole percent; 100 only when all have reported."""
        return self.reported * 100 // self.agencies if self.agencies else 0

    @property
    def by_state(self) -> tuple[tuple[str, int], ...]:
        """The agencies asked as (state, how many), from what is finished to what has not begun."""
        counted = (
            (State.ACCEPTED, self.accepted),
            (State.SUBMITTED, self.to_review),
            (State.RETURNED, self.returned),
            (State.AWAITING_APPROVAL, self.awaiting_approval),
            (State.IN_PROGRESS, self.in_progress),
            (State.ACKNOWLEDGED, self.acknowledged),
            (State.SENT, self.not_acknowledged),
            (State.LAPSED, self.lapsed),
        )
        return tuple((state, count) for state, count in counted if count)


def numbers(directive, *, now: datetime) -> Numbers:
    """Count one directive's agencies by how far they are."""
    return numbers_of([directive.pk], now=now).get(directive.pk, Numbers())


def numbers_of(directive_ids, *, now: datetime) -> dict[int, Numbers]:
    """Count several directives' agencies in one query; a directive without assignments is left out."""
    late = Assignment.objects.overdue(now).values("pk")
    counts = (
        Assignment.objects.on_board()
        .filter(directive__in=directive_ids)
        .order_by()
        .values("directive")
        .annotate(
            agencies=_count(~Q(state=State.WITHDRAWN)),
            reported=_count(Q(state__in=REPORTED)),
            accepted=_count(Q(state=State.ACCEPTED)),
            to_review=_count(Q(state=State.SUBMITTED)),
            returned=_count(Q(state=State.RETURNED)),
            owing=_count(Q(state__in=OWING)),
            overdue=_count(Q(pk__in=late)),
            not_acknowledged=_count(Q(state=State.SENT)),
            acknowledged=_count(Q(state=State.ACKNOWLEDGED)),
            in_progress=_count(Q(state=State.IN_PROGRESS)),
            awaiting_approval=_count(Q(state=State.AWAITING_APPROVAL)),
            lapsed=_count(Q(state=State.LAPSED)),
            withdrawn=_count(Q(state=State.WITHDRAWN)),
        )
    )
    return {row.pop("directive"): Numbers(**row) for row in counts}


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition)
