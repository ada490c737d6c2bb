"""The reports that wait for the desk, oldest first, and what has changed since the desk last decided."""

from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from directives.models import Assignment, Evidence, ReviewItem, State, Submission, SubmissionItem, Verdict

from .checklist import figures


def waiting(user) -> QuerySet[Submission]:
    """Return the submissions that wait for a review by the person's desk, or by their agency, oldest first."""
    kept = Assignment.objects.reviewed_by(user).filter(state=State.SUBMITTED)
    return Submission.objects.filter(assignment__in=kept, assignment__submission=F("pk")).order_by("submitted_at", "pk")


def neighbours(user, submission: Submission) -> tuple[int | None, int | None, int, int]:
    """Return the submission before, the one after, the place of this one (0: not waiting) and the queue's length."""
    queue = list(waiting(user).values_list("pk", flat=True))
    if submission.pk not in queue:
        return None, next(iter(queue), None), 0, len(queue)
    at = queue.index(submission.pk)
    before = queue[at - 1] if at else None
    return before, next(iter(queue[at + 1 :]), None), at + 1, len(queue)


@dataclass(frozen=True)
class Changed:
    """One thing that reads differently now; empty where nothing was said."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Since:
    """One item of a report compared with the last report the desk decided on, and what it decided."""

    verdict: str
    asked: str
    changed: tuple[Changed, ...]
    added: tuple[Evidence, ...]
    removed: tuple[Evidence, ...]

    @property
    def is_same(self) -> bool:
        """Whether the agency changed nothing about this item."""
        return not (self.changed or self.added or self.removed)

    @property
    def was_enough(self) -> bool:
        """Whether the desk found the item sufficient last time."""
        return self.verdict == Verdict.OK


def since_last_decision(submission: Submission) -> dict[int, Since]:
    """Return, by action id, what changed since the last decided round; empty in a first round."""
    last = (
        Submission.objects.filter(
            assignment=submission.assignment_id, round__lt=submission.round, review__decided_at__isnull=False
        )
        .prefetch_related(*_items("items__verdicts"))
        .last()
    )
    if last is None:
        return {}
    now = {item.action_id: item for item in submission.items.select_related("action").prefetch_related("evidence")}
    return {old.action_id: _since(old, now[old.action_id]) for old in last.items.all() if old.action_id in now}


def _items(verdicts: str) -> tuple:
    decided = ReviewItem.objects.filter(review__decided_at__isnull=False)
    return "items__action", "items__evidence", Prefetch(verdicts, decided)


def _since(old: SubmissionItem, new: SubmissionItem) -> Since:
    verdict = next(iter(old.verdicts.all()), None)
    before, after = set(old.evidence.all()), set(new.evidence.all())
    return Since(
        verdict=verdict.verdict if verdict else "",
        asked=verdict.reason if verdict else "",
        changed=tuple(row for row in _compared(old, new) if row.old != row.new),
        added=tuple(file for file in new.evidence.all() if file not in before),
        removed=tuple(file for file in old.evidence.all() if file not in after),
    )


def _compared(old: SubmissionItem, new: SubmissionItem) -> list[Changed]:
    counts = zip(figures(new.action.kind, old), figures(new.action.kind, new), strict=True)
    return [
        Changed(_("Result"), old.get_status_display(), new.get_status_display()),
        *(Changed(after.label, _shown(before.value), _shown(after.value)) for before, after in counts),
        Changed(_("Note"), old.note, new.note),
    ]


def _shown(value) -> str:
    return "" if value is None else str(value)
