"""Keep what a person is typing, without a press of a button and without a flood of revisions."""

from datetime import timedelta

from django.db import transaction

from agencies.models import User
from alertdesk.lib import clock
from directives.models import Answer, AnswerRevision, AnswerRow

from .answering import editable, keep_revision, whole, write_answer
from .detailing import plain_rows

FOLDED_FOR = timedelta(minutes=10)


@transaction.atomic
def autosave_answer(
    answer: Answer,
    *,
    actor: User,
    version: int,
    status: str,
    rows: list[AnswerRow] | None = None,
    origin: str = AnswerRevision.Origin.AUTOSAVED,
    **said,
) -> Answer:
    """Save an answer while it is being typed; what is saved already is left as it is.

    Refuses as `save_answer` does; registers wait for a press of the button. The first autosave makes a
    revision; those of the same person in the ten minutes after it are folded into that revision as long as
    it is the newest. So a pause at the keyboard makes no line of history of its own, nobody else's text is
    ever folded away, and at most ten minutes of one's own writing are.
    """
    values = whole({"status": status, **said}, answer=answer, rows=rows)
    answer.refresh_from_db()
    if _says(answer, values, rows):
        return answer
    assignment = editable(answer.assignment, actor)
    write_answer(answer, actor=actor, version=version, values=values, rows=rows)
    if not _folded(answer, actor, values, origin):
        keep_revision(answer, assignment, values, origin=origin)
    return answer


def _says(answer: Answer, values: dict, rows: list[AnswerRow] | None) -> bool:
    """Whether the answer says exactly this already: a repeated request is no conflict."""
    same = all(getattr(answer, name) == value for name, value in values.items())
    return same and (rows is None or plain_rows(rows) == answer.rows)


def _folded(answer: Answer, actor: User, values: dict, origin: str) -> bool:
    """Put the values into the newest revision where it is a running autosave of the same person."""
    newest = answer.revisions.last()
    if newest is None:
        return False
    running = AnswerRevision.objects.filter(
        pk=newest.pk,
        origin=origin,
        saved_by=actor,
        saved_at__gt=clock.now() - FOLDED_FOR,
    )
    return bool(running.update(version=answer.version, rows=answer.rows, **values))
