"""How each required action of an assignment stands: what was said, what the desk decided, what is late.

Board, checklist, home and papers read this one place, so that they cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from alertdesk.lib import clock
from directives.models import (
    COMPLETE,
    Answer,
    AnswerStatus,
    Assignment,
    Evidence,
    RequiredAction,
    ReviewItem,
    State,
    SubmissionItem,
    board_cell,
)

# In these states the desk looks at what was sent; in the others at what is being written.
FROM_SUBMISSION = (State.SUBMITTED, State.ACCEPTED, State.RETURNED, State.WITHDRAWN)
# An action counts as done when its answer is complete, has been sent, and nothing more is asked for.
DONE_CELLS = frozenset({"accepted", "accepted_partly", "nil", "not_applicable", "submitted", "ok"})


@dataclass(frozen=True)
class Standing:
    """One required action of one assignment at one moment; `said` is None before the first word."""

    action: RequiredAction
    status: str
    said: Answer | SubmissionItem | None
    verdict: ReviewItem | None
    cell: str
    due_at: datetime
    late: bool
    days_late: int

    @property
    def has_figures(self) -> bool:
        """Whether what was said carries a count."""
        return bool(self.said and self.said.has_figures)

    @property
    def is_verified(self) -> bool:
        """Whether the desk has verified the figures, and they have not changed since."""
        is_verified = bool(self.said and self.verdict and self.verdict.is_verified)
        return is_verified and self.said.says_as(self.verdict.item)

    @property
    def is_done(self) -> bool:
        """Whether a complete answer was sent and stands."""
        return self.cell in DONE_CELLS and self.status in COMPLETE


def with_standing(assignments):
    """Load a queryset of assignments with all that their standings read, in a fixed number of queries.

    The frozen copy of each submission stays where it is: a board of many would read megabytes of it.
    """
    decided = ReviewItem.objects.filter(review__decided_at__isnull=False)
    joined = assignments.select_related(
        "agency", "responsible_agency", "submission__recorded", "submission__review", "submission__submitted_by"
    )
    verdicts = Prefetch("submission__items__verdicts", decided)
    return joined.defer("submission__snapshot").prefetch_related("answers", "submission__items", verdicts)


def with_evidence(assignments):
    """Load the files behind the answers too; `assignments` comes from `with_standing`."""
    return assignments.prefetch_related("answers__evidence", "submission__items__evidence")


def standings(assignment: Assignment, actions: list[RequiredAction], *, now: datetime) -> list[Standing]:
    """Return one standing per action; `assignment` comes from `with_standing`."""
    said, verdicts = _said(assignment), _verdicts(assignment)
    return [_standing(assignment, action, said.get(action.pk), verdicts.get(action.pk), now) for action in actions]


def calendar_days_late(due_at: datetime, now: datetime) -> int:
    """Return whole calendar days in Vietnam since a deadline; 0 on its own day or before it."""
    return max(0, (now.astimezone(clock.ZONE).date() - due_at.astimezone(clock.ZONE).date()).days)


def days_overdue(assignment: Assignment, actions: Iterable[RequiredAction], now: datetime) -> int:
    """Return whole calendar days since the earliest deadline that an assignment missed; 0 where it owes nothing."""
    first = assignment.first_due_at(actions)
    return calendar_days_late(first, now) if assignment.owes_answer else 0


def evidence_of(said: Answer | SubmissionItem | None) -> tuple[Evidence, ...]:
    """Return the files that stand behind an answer, or that went with a sent item."""
    if said is None or said.pk is None:
        return ()
    return tuple(said.kept_evidence if isinstance(said, Answer) else said.evidence.all())


def _standing(assignment, action, said, verdict, now) -> Standing:
    status = said.status if said else AnswerStatus.NOT_STARTED
    cell = board_cell(assignment.state, status, verdict.verdict if verdict else None)
    due_at = assignment.due_for(action)
    late = assignment.owes_answer and cell != "ok" and due_at < now
    days_late = calendar_days_late(due_at, now) if late else 0
    return Standing(action, str(status), said, verdict, cell, due_at, late, days_late)


def _said(assignment: Assignment) -> dict[int, Answer | SubmissionItem]:
    """Return what was said per action id: sent items once sent, answers while working."""
    sent = assignment.submission if assignment.state in FROM_SUBMISSION else None
    rows = sent.items.all() if sent else assignment.answers.all()
    return {row.action_id: row for row in rows}


def _verdicts(assignment: Assignment) -> dict[int, ReviewItem]:
    """Return the decided verdicts on the current submission per action id."""
    items = assignment.submission.items.all() if assignment.submission else ()
    return {item.action_id: verdict for item in items for verdict in item.verdicts.all()}
