"""The agency receives a directive and writes its answers."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import (
    EDITABLE,
    WITH_REASON,
    Answer,
    AnswerRevision,
    AnswerRow,
    Assignment,
    Evidence,
    State,
)
from directives.permissions import can_answer

from .detailing import check_rows, duty_figures, figures_of, plain_rows, put_rows, unit_figures
from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .registering import register_rows
from .storing import stored
from .transitions import locked, move

EMPTY = {"status": "", "note": "", "total": None, "done": None, "extra": None, "reference": ""}


@transaction.atomic
def acknowledge(
    assignment: Assignment, *, actor: User, incoming_number: str = "", incoming_on: date | None = None
) -> Assignment:
    """Confirm that the directive has arrived; the agency's own arrival number and date are optional."""
    if not can_answer(actor, assignment):
        raise NotAllowed
    return move(
        assignment,
        "acknowledge",
        actor=actor,
        acknowledged_at=clock.now(),
        acknowledged_by=actor,
        incoming_number=incoming_number,
        incoming_on=incoming_on,
    )


@transaction.atomic
def save_answer(
    answer: Answer,
    *,
    actor: User,
    version: int,
    status: str,
    rows: list[AnswerRow] | None = None,
    origin: str = AnswerRevision.Origin.SAVED,
    **said,
) -> Answer:
    """Save one answer and its revision; the first save of an assignment starts it.

    `version` is the answer's version the person saw: Overtaken when another save came between.
    `said` is note, total, done, extra, reference; what is left out is empty. `rows` replace the answer's
    rows and decide its figures, and what they say of systems, portals and the like goes into the registers;
    None leaves the rows as they are.
    """
    assignment = editable(answer.assignment, actor)
    values = whole({"status": status, **said}, answer=answer, rows=rows)
    write_answer(answer, actor=actor, version=version, values=values, rows=rows)
    register_rows(answer, agency=assignment.responsible_agency, actor=actor)
    keep_revision(answer, assignment, values, origin=origin)
    return answer


def whole(said: dict, *, answer: Answer, rows: list[AnswerRow] | None = None) -> dict:
    """Return all fields of an answer, empty where nothing was said; rows and the roster count what they hold."""
    kind = answer.action.kind
    if rows:
        check_rows(kind, rows)
    values = EMPTY | said | figures_of(kind, rows or ()) | duty_figures(answer) | unit_figures(answer, rows)
    if values.keys() != EMPTY.keys():
        raise TypeError(f"not fields of an answer: {values.keys() - EMPTY.keys()}")
    check_values(values)
    return values


def write_answer(
    answer: Answer, *, actor: User, version: int, values: dict, rows: list[AnswerRow] | None = None
) -> None:
    """Put values and rows into the answer that the person saw in `version`; Overtaken when it has another by now."""
    kept = {} if rows is None else {"rows": plain_rows(rows)}
    changed = Answer.objects.filter(pk=answer.pk, version=version).update(
        version=F("version") + 1, saved_at=clock.now(), saved_by=actor, **values, **kept
    )
    if not changed:
        raise Overtaken(_("Someone else saved this answer in the meantime. Their text is shown beside yours."))
    if rows is not None:
        put_rows(answer, rows)
    answer.refresh_from_db()
    answer.saved_by = actor


def keep_revision(answer: Answer, assignment: Assignment, values: dict, *, origin: str) -> None:
    """Add what the answer now says to its history and to the trail."""
    AnswerRevision.objects.create(
        answer=answer,
        version=answer.version,
        saved_at=answer.saved_at,
        saved_by=answer.saved_by,
        origin=origin,
        rows=answer.rows,
        **values,
    )
    record_event(
        "answer", answer, actor=answer.saved_by, agency=assignment.agency, version=answer.version, origin=str(origin)
    )


def check_values(values: dict) -> None:
    """Refuse an answer whose counts do not add up or whose reason is missing."""
    problems = []
    total, done = values["total"], values["done"]
    if done is not None and (total is None or done > total):
        problems.append(_("What is done cannot exceed the total."))
    if values["status"] in WITH_REASON and not values["note"].strip():
        problems.append(_("“Nothing arose” and “not applicable” need a reason."))
    if problems:
        raise Incomplete(problems[0], problems)


def editable(assignment: Assignment, actor: User) -> Assignment:
    """Return the assignment locked and in progress, or refuse; a first save acknowledges and starts it."""
    assignment = locked(assignment)
    if not can_answer(actor, assignment):
        raise NotAllowed
    if assignment.state not in EDITABLE:
        raise DomainError(_("The report has been sent or is waiting for approval; take it back before changing it."))
    if assignment.state == State.IN_PROGRESS:
        return assignment
    changes = {}
    if assignment.state == State.SENT:
        changes = {"acknowledged_at": clock.now(), "acknowledged_by": actor}
    return move(assignment, "start", actor=actor, **changes)


@transaction.atomic
def add_evidence(answer: Answer, upload, *, actor: User) -> Evidence:
    """Put a file behind an answer; raises FileRefused with the reason."""
    assignment = editable(answer.assignment, actor)
    kept = Evidence.objects.create(answer=answer, **stored(upload, actor=actor))
    record_event("add_evidence", kept, actor=actor, agency=assignment.agency, sha256=kept.sha256)
    return kept


@transaction.atomic
def remove_evidence(evidence: Evidence, *, actor: User) -> None:
    """Take a file from an answer; submissions that named it keep it."""
    assignment = editable(evidence.answer.assignment, actor)
    removed = Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True)
    if not removed.update(removed_at=clock.now(), removed_by=actor):
        raise Overtaken
    record_event("remove_evidence", evidence, actor=actor, agency=assignment.agency, sha256=evidence.sha256)


def unanswered(assignment: Assignment) -> list[tuple[Answer, str]]:
    """Return the answers that still lack something, each with what it lacks."""
    answers = assignment.answers.select_related("action").prefetch_related("evidence")
    return [(answer, lack) for answer in answers if (lack := answer.missing())]
