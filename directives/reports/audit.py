"""Whether the files and frozen reports kept here are what the audit trail says they were when they came.

The trail has no chain of its own: who can write to the database can change it. `trail_digest` is what tells, when it
was noted somewhere else before.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model

from agencies.models import Event
from directives.models import DirectiveFile, Evidence, PaperFile, Submission, SubmissionFile
from directives.services.submitting import fingerprint

_CHUNK = 2**20


@dataclass(frozen=True)
class Finding:
    """Something that is not as the trail says: a code, the kind of row and its id."""

    code: str  # missing_bytes, changed_bytes, no_event, changed_submission
    kind: str
    pk: int


@dataclass(frozen=True)
class Audit:
    """What was looked at and what was found; `last_event` and `digest` are what to note elsewhere."""

    files: int
    submissions: int
    events: int
    last_event: int
    digest: str
    findings: tuple[Finding, ...]


def audit() -> Audit:
    """Read every kept file, every submission and the whole trail once; a gigabyte of files takes some seconds."""
    kept, told = [*_kept_rows()], _told()
    findings = [finding for row in kept if (finding := _finding_of(row))]
    findings += [Finding("no_event", _kind(row), row.pk) for row in kept if not _is_told(row, told)]
    findings += [Finding("changed_submission", "submission", pk) for pk in _changed_submissions()]
    last = Event.objects.values_list("pk", flat=True).last() or 0
    return Audit(
        files=len(kept),
        submissions=Submission.objects.count(),
        events=Event.objects.filter(pk__lte=last).count(),
        last_event=last,
        digest=trail_digest(last),
        findings=tuple(findings),
    )


def trail_digest(last: int) -> str:
    """Return one SHA-256 over every event up to an id; changing, removing or slipping in any of them changes it."""
    digest = hashlib.sha256()
    for event in Event.objects.filter(pk__lte=last).order_by("pk").values_list(*_EVENT).iterator():
        pk, at, *rest = event
        line = json.dumps([pk, at.isoformat(), *rest], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


_EVENT = ("pk", "at", "actor_id", "act", "subject_type", "subject_id", "agency_id", "data")


def _kept_rows() -> Iterator[Model]:
    """Yield every row whose bytes are kept; a print may have been cleared away, its row then names no file."""
    for model in (Evidence, SubmissionFile, DirectiveFile):
        yield from model.objects.iterator()
    yield from PaperFile.objects.exclude(file="").iterator()


def _finding_of(row: Model) -> Finding | None:
    try:
        digest = _digest_of(row)
    except OSError:
        return Finding("missing_bytes", _kind(row), row.pk)
    return None if digest == row.sha256 else Finding("changed_bytes", _kind(row), row.pk)


def _digest_of(row: Model) -> str:
    digest = hashlib.sha256()
    with row.file.open("rb") as opened:
        for chunk in iter(lambda: opened.read(_CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


def _is_told(row: Model, told: set[tuple]) -> bool:
    """Whether the trail has an event of the row's coming, with its fingerprint."""
    if isinstance(row, DirectiveFile):
        return ("attach", row.directive_id, row.pk, row.sha256) in told
    if isinstance(row, PaperFile) and row.form == PaperFile.Form.RENDERED:
        return True  # a print is made again at will; what is written down is who took it
    return (_COMING[type(row)], row.pk, None, row.sha256) in told


_COMING = {Evidence: "add_evidence", SubmissionFile: "keep_paper", PaperFile: "paper_copy"}


def _told() -> set[tuple]:
    """Return act, subject, file and fingerprint of every event about a file that came."""
    events = Event.objects.filter(act__in=["attach", *_COMING.values()]).values_list("act", "subject_id", "data")
    return {(act, subject, data.get("file"), data.get("sha256")) for act, subject, data in events.iterator()}


def _changed_submissions() -> list[int]:
    rows = Submission.objects.order_by("pk").values_list("pk", "snapshot", "sha256").iterator()
    return [pk for pk, snapshot, sha256 in rows if fingerprint(snapshot) != sha256]


def _kind(row: Model) -> str:
    return row._meta.model_name
