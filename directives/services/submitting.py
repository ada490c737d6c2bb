"""Freeze the answers into a submission and send it, by the agency or on the signed reply."""

import hashlib
import json
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import Assignment, Evidence, Submission, SubmissionFile, SubmissionItem
from directives.permissions import can_answer, can_approve, needs_approval

from .answering import unanswered
from .detailing import duty_figures, unit_figures
from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .issued_papers import give_paper_number, held_paper, issued_since_sent, keep_copy, reply_paper
from .signed_copies import SignedCopy, read_copy
from .storing import stored
from .transitions import locked, move


@transaction.atomic
def ask_approval(assignment: Assignment, *, actor: User) -> Assignment:
    """Put the finished answers before the head of the agency; they stay locked meanwhile."""
    if not can_answer(actor, assignment):
        raise NotAllowed
    _require_complete(assignment)
    return move(assignment, "ask_approval", actor=actor, approval_note="")


@transaction.atomic
def stop_approval(assignment: Assignment, *, actor: User, note: str = "") -> Assignment:
    """Open the answers again: the head with a note, or the officer who takes the request back."""
    if not can_answer(actor, assignment):
        raise NotAllowed
    if can_approve(actor, assignment) and not note.strip():
        raise Incomplete(_("Say what should be changed."))
    return move(assignment, "stop_approval", actor=actor, approval_note=note)


def submit_report(
    assignment: Assignment,
    *,
    actor: User,
    signed_reply=None,
    signed_number: str = "",
    signed_on: date | None = None,
    seen: str | None = None,
) -> Submission:
    """Freeze and send the answers; `signed_reply` is an uploaded file, `seen` the `reading_of` what was checked.

    Where the agency wants its head's approval an officer needs the signed reply, as a file or by
    number and date, given here or recorded since the last sending. Raises Incomplete with what is
    missing, FileRefused, Overtaken when it was sent meanwhile.
    """
    copy = read_copy(signed_reply, actor=actor) if signed_reply else None
    return _submit(assignment, actor=actor, copy=copy, number=signed_number, day=signed_on, seen=seen)


@transaction.atomic
def _submit(
    assignment: Assignment,
    *,
    actor: User,
    copy: SignedCopy | None,
    number: str,
    day: date | None,
    seen: str | None,
) -> Submission:
    assignment = locked(assignment)
    if not can_answer(actor, assignment):
        raise NotAllowed
    if seen is not None and seen != reading_of(assignment):
        raise Overtaken(_("The answers have changed since you read them. Read them again, then send."))
    if needs_approval(actor, assignment) and not (copy or (number and day) or issued_since_sent(assignment)):
        raise Incomplete(_("Your head approves before sending: ask for approval, or attach the signed reply."))
    if bool(number) != bool(day):
        raise Incomplete(_("Give both the number and the date of the signed reply."))
    _require_complete(assignment)
    submission = freeze(assignment, actor=actor, rows=_rows_of(assignment), signed_number=number, signed_on=day)
    if number:
        give_paper_number(held_paper(reply_paper(assignment)), actor=actor, number=number, dated_on=day)
    if copy:
        _keep_signed_reply(submission, copy, actor=actor)
    move(assignment, "submit", actor=actor, submission=submission)
    return submission


def reading_of(assignment: Assignment) -> str:
    """Return what stands for the state, the answers and the files a person reads; any change to them changes it."""
    answers = assignment.answers.aggregate(saves=Sum("version"))["saves"] or 0
    kept = Evidence.objects.filter(answer__assignment=assignment, removed_at__isnull=True)
    return f"{assignment.version}.{answers}.{'.'.join(str(pk) for pk in kept.values_list('pk', flat=True))}"


def _require_complete(assignment: Assignment) -> None:
    lacking = unanswered(assignment)
    if lacking:
        raise Incomplete(_("Some answers are not finished."), [f"{answer.action}: {lack}" for answer, lack in lacking])


def _rows_of(assignment: Assignment) -> list[dict]:
    """Return the agency's own answers as rows of a submission."""
    answers = assignment.answers.select_related("action").prefetch_related("evidence")
    return [
        {
            "action": answer.action,
            "status": answer.status,
            "note": answer.note,
            "total": answer.total,
            "done": answer.done,
            "extra": duty_figures(answer).get("extra", answer.extra),
            "reference": answer.reference,
            "rows": answer.rows,
            "evidence": answer.kept_evidence,
            # Units may have reported since the answer was saved.
            **unit_figures(answer),
        }
        for answer in answers
    ]


def freeze(assignment: Assignment, *, actor: User, rows: list[dict], **fields) -> Submission:
    """Write a submission whose SHA-256 covers every row and every file behind it."""
    number = assignment.submissions.count() + 1
    snapshot = {
        "assignment": assignment.pk,
        "agency": assignment.agency_name,
        "directive": assignment.directive_id,
        "round": number,
        "submitted_at": clock.now().isoformat(),
        "items": [_frozen_row(row) for row in rows],
    }
    submission = Submission.objects.create(
        assignment=assignment,
        round=number,
        snapshot=snapshot,
        sha256=fingerprint(snapshot),
        submitted_by=actor,
        reference=f"PB-{assignment.directive_id:04d}-{assignment.position:03d}-{number}",
        **fields,
    )
    for row in rows:
        values = {name: value for name, value in row.items() if name != "evidence"}
        SubmissionItem.objects.create(submission=submission, **values).evidence.set(row.get("evidence", ()))
    return submission


def _frozen_row(row: dict) -> dict:
    action = row["action"]
    plain = {name: row.get(name) for name in ("status", "note", "total", "done", "extra", "reference", "rows")}
    files = [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in row.get("evidence", ())]
    return {"position": action.position, "title": action.title, **plain, "evidence": files}


def fingerprint(snapshot: dict) -> str:
    """Return the SHA-256 of a snapshot in its canonical JSON form."""
    canonical = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def keep_file(submission: Submission, upload, *, actor: User) -> SubmissionFile:
    """Keep a paper that came with a submission; raises FileRefused."""
    return _kept(submission, stored(upload, actor=actor), actor)


def _kept(submission: Submission, fields: dict, actor: User) -> SubmissionFile:
    kept = SubmissionFile.objects.create(submission=submission, **fields)
    record_event("keep_paper", kept, actor=actor, agency=submission.assignment.agency, sha256=kept.sha256)
    return kept


def _keep_signed_reply(submission: Submission, copy: SignedCopy, *, actor: User) -> SubmissionFile:
    """Keep the signed reply with the sending and with the paper; both rows name the same bytes."""
    kept = _kept(submission, copy.fields, actor)
    paper = held_paper(reply_paper(submission.assignment))
    if not paper.files.copies().filter(sha256=kept.sha256).exists():
        keep_copy(paper, copy, actor=actor, place=kept.file.name)
    return kept


def attach_signed_reply(submission: Submission, upload, *, actor: User) -> SubmissionFile:
    """Add the signed reply to a submission that was sent with its number and date only; raises FileRefused."""
    if not can_answer(actor, submission.assignment):
        raise NotAllowed
    copy = read_copy(upload, actor=actor)
    with transaction.atomic():
        return _keep_signed_reply(submission, copy, actor=actor)


@transaction.atomic
def take_back(assignment: Assignment, *, actor: User) -> Assignment:
    """Take a sent report back while nobody has begun to review it, also to replace one the desk recorded."""
    assignment = locked(assignment)
    if not can_answer(actor, assignment):
        raise NotAllowed
    if assignment.submission_id and hasattr(assignment.submission, "review"):
        raise DomainError(_("The desk has begun to review this report; it can no longer be taken back."))
    return move(assignment, "take_back", actor=actor)
