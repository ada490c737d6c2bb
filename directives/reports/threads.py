"""The threads between agencies and the desk: one, those of an assignment, and the questions that wait for a reply."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from directives.models import Assignment, Remark, RequiredAction

SHOWN = 50


@dataclass(frozen=True)
class Thread:
    """What was written about one required action, oldest first."""

    action: RequiredAction
    lines: tuple[Remark, ...]

    @property
    def last(self) -> Remark | None:
        """The last line."""
        return self.lines[-1] if self.lines else None

    @property
    def awaits_reply(self) -> bool:
        """Whether the agency had the last word and the desk has neither answered nor settled it."""
        return bool(self.last and not self.last.by_desk and not self.last.settled_at)


def threads(assignment: Assignment) -> tuple[Thread, ...]:
    """Return one thread per required action, also where nothing has been written."""
    lines: dict[int, list[Remark]] = {}
    for remark in assignment.remarks.select_related("written_by"):
        lines.setdefault(remark.action_id, []).append(remark)
    return tuple(Thread(action, tuple(lines.get(action.pk, ()))) for action in assignment.directive.actions.all())


def thread(assignment: Assignment, action: RequiredAction) -> Thread:
    """Return the thread about one required action."""
    return Thread(action, tuple(assignment.remarks.filter(action=action).select_related("written_by")))


def count_questions(user) -> int:
    """Count the questions that wait for a reply of the person's desk."""
    return _kept(user).awaiting_reply().count()


def questions_to(user, *, also: Iterable[int] = ()) -> list[Remark]:
    """List the questions that wait for a reply of the person's desk, the oldest SHOWN of them, with `last_id`.

    `last_id` is the thread's last line, which differs from the question only where others have written since.
    `also` are ids of questions that stay in the list although they wait no more: a reply to them was begun.
    """
    waiting = _kept(user).awaiting_reply().order_by("id").values("pk")[:SHOWN]
    ids = [row["pk"] for row in waiting]
    last = Remark.objects.filter(assignment=OuterRef("assignment"), action=OuterRef("action")).order_by("-id")
    rows = _kept(user).filter(Q(pk__in=ids) | Q(pk__in=list(also), by_desk=False))
    rows = rows.annotate(last_id=Subquery(last.values("pk")[:1]))
    return list(rows.select_related("assignment__directive", "action", "written_by").order_by("id"))


def _kept(user) -> QuerySet[Remark]:
    return Remark.objects.filter(assignment__in=Assignment.objects.reviewed_by(user))
