"""The shelf of printed papers: one row per content, its bytes for as long as someone still fetches them."""

import hashlib
import logging
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import Assignment, Directive, Incident, Paper, PaperFile, PaperJob

# Bytes that nobody has fetched for so long are cleared away; the row with their fingerprint stays.
KEPT_FOR = timedelta(days=30)
JOBS_KEPT_FOR = timedelta(days=7)
CLEARED_AT_ONCE = 200

logger = logging.getLogger(__name__)


def paper_of(kind: str, subject: Directive | Assignment | Incident) -> Paper:
    """Return the row of a paper, made at its first printing."""
    if isinstance(subject, Assignment):
        return Paper.objects.get_or_create(kind=kind, directive_id=subject.directive_id, assignment=subject)[0]
    if isinstance(subject, Incident):
        return Paper.objects.get_or_create(kind=kind, incident=subject)[0]
    return Paper.objects.get_or_create(kind=kind, directive=subject, assignment=None, incident=None)[0]


def kept_file(paper: Paper, file_format: str, content_key: str) -> PaperFile | None:
    """Return the file of exactly this content where its bytes are still there."""
    kept = paper.files.filter(form=PaperFile.Form.RENDERED, format=file_format, content_key=content_key).first()
    return kept if kept and kept.file and kept.file.storage.exists(kept.file.name) else None


def keep(paper: Paper, file_format: str, content_key: str, data: bytes, *, name: str, actor: User | None) -> PaperFile:
    """Keep printed bytes; of two that print the same content at once, one row stays."""
    fields = {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "made_by": actor}
    known = {"paper": paper, "form": PaperFile.Form.RENDERED, "format": file_format, "content_key": content_key}
    try:
        with transaction.atomic():
            kept, _made = PaperFile.objects.get_or_create(**known, defaults=fields)
    except IntegrityError:
        kept = PaperFile.objects.get(**known)
    if not (kept.file and kept.file.storage.exists(kept.file.name)):
        kept.file.save(fields["sha256"], ContentFile(data), save=False)
        PaperFile.objects.filter(pk=kept.pk).update(file=kept.file.name, made_at=clock.now(), **fields)
        kept.refresh_from_db()
    return kept


def fetch(kept: PaperFile, *, actor: User | None) -> bytes:
    """Return a file's bytes, and write down who took which bytes; raises FileNotFoundError where they are gone."""
    with kept.file.open("rb") as opened:
        data = opened.read()
    PaperFile.objects.filter(pk=kept.pk).update(fetched_at=clock.now())
    paper = kept.paper
    agency = paper.assignment.agency if paper.assignment else paper.issuing_body
    record_event("fetch_paper", paper, actor=actor, agency=agency, file=kept.pk, sha256=kept.sha256)
    return data


def clear_old() -> int:
    """Remove the bytes of printed files that nobody fetched lately, and finished jobs; returns how many files.

    What was signed or scanned is never touched, and every fingerprint stays.
    """
    now = clock.now()
    old = (
        PaperFile.objects.filter(form=PaperFile.Form.RENDERED)
        .exclude(file="")
        .annotate(used_at=Coalesce(F("fetched_at"), F("made_at")))
        .filter(used_at__lt=now - KEPT_FOR)
    )
    cleared = 0
    for kept in old[:CLEARED_AT_ONCE]:
        place, storage = kept.file.name, kept.file.storage
        if PaperFile.objects.filter(pk=kept.pk, file=place).update(file=""):
            storage.delete(place)
            cleared += 1
    done = Q(state=PaperJob.State.READY) | Q(state=PaperJob.State.FAILED)
    PaperJob.objects.filter(done, asked_at__lt=now - JOBS_KEPT_FOR).delete()
    return cleared
