"""The reports that wait for the desk, oldest first, and what was asked for in earlier rounds."""

from django.db.models import F, QuerySet

from directives.models import Directive, ReviewItem, State, Submission, Verdict


def waiting(user) -> QuerySet[Submission]:
    """Return the submissions that wait for a review by the person's desk, oldest first."""
    seen = Directive.objects.visible_to(user).values("pk")
    current = Submission.objects.filter(assignment__submission=F("pk"), assignment__state=State.SUBMITTED)
    return current.filter(assignment__directive__in=seen).order_by("submitted_at", "pk")


def neighbours(user, submission: Submission) -> tuple[int | None, int | None, int, int]:
    """Return the submission before, the one after, the place of this one (0: not waiting) and the queue's length."""
    queue = list(waiting(user).values_list("pk", flat=True))
    if submission.pk not in queue:
        return None, next(iter(queue), None), 0, len(queue)
    at = queue.index(submission.pk)
    before = queue[at - 1] if at else None
    return before, next(iter(queue[at + 1 :]), None), at + 1, len(queue)


def asked_before(submission: Submission) -> dict[int, str]:
    """Return, by action id, what the desk asked for when it last decided on this assignment."""
    rows = ReviewItem.objects.filter(
        item__submission__assignment=submission.assignment_id,
        item__submission__round__lt=submission.round,
        review__decided_at__isnull=False,
    ).order_by("item__submission__round")
    last = {row.item.action_id: row for row in rows.select_related("item")}
    return {action: row.reason for action, row in last.items() if row.verdict == Verdict.MORE}
