"""Which paper and which version of it a file is, told from its bytes alone."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import User
from directives.models import (
    Assignment,
    Directive,
    DirectiveFile,
    Incident,
    Paper,
    PaperFile,
    SubmissionFile,
)
from directives.services.signed_copies import REFUSALS, print_behind, signatures_of
from directives.signatures import PdfSignatures, SignaturesUnreadable


@dataclass(frozen=True)
class Match:
    """One place where a file is known: what it is there, of which paper, and how it came there."""

    form: str  # rendered, signed, scan, signed_on_print, sent, attached
    what: str
    paper: str
    version: str
    at: datetime
    by: User | None


@dataclass(frozen=True)
class FileCheck:
    """What a file is. `signatures` is None where it is no PDF or where they cannot be read; `unread` says why."""

    sha256: str
    size: int
    matches: tuple[Match, ...]
    signatures: PdfSignatures | None
    unread_code: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether the file is known here, or was signed on a print that is."""
        return bool(self.matches)

    @property
    def unread(self) -> str:
        """Why the signatures cannot be read, blank where they can."""
        return str(REFUSALS[self.unread_code]) if self.unread_code else ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing speaks against the file: known here, and no signature of it broken."""
        broken = self.signatures and self.signatures.signatures and not self.signatures.still_hold
        return self.is_ours and not broken and not self.unread_code


def check_file(data: bytes, *, viewer: User | None = None) -> FileCheck:
    """Say what a file is among the papers that `viewer` sees, or among all of them; takes a second for a PDF."""
    digest = hashlib.sha256(data).hexdigest()
    found, code = _signatures(data)
    papers = _papers(viewer)
    matches = [*_of_papers(papers, digest), *_sent(viewer, digest), *_attached(viewer, digest)]
    if found and found.signatures and not any(match.form == PaperFile.Form.RENDERED for match in matches):
        matches += _signed_on(papers, data)
    return FileCheck(digest, len(data), tuple(matches), found, code)


def _signatures(data: bytes) -> tuple[PdfSignatures | None, str]:
    if not data.startswith(b"%PDF-"):
        return None, ""
    try:
        return signatures_of(data), ""
    except SignaturesUnreadable as refusal:
        return None, refusal.code


def _papers(viewer: User | None) -> QuerySet[Paper]:
    if viewer is None:
        return Paper.objects.all()
    directives = Directive.objects.visible_to(viewer).values("pk")
    incidents = Incident.objects.visible_to(viewer).values("pk")
    return Paper.objects.filter(incident=None, directive__in=directives) | Paper.objects.filter(incident__in=incidents)


def _of_papers(papers: QuerySet[Paper], digest: str) -> list[Match]:
    known = PaperFile.objects.filter(paper__in=papers, sha256=digest).select_related(*_PAPER, "printed_from")
    return [_match(row.form, row.get_form_display(), row) for row in known]


def _signed_on(papers: QuerySet[Paper], data: bytes) -> list[Match]:
    behind = print_behind(data, PaperFile.objects.prints().filter(paper__in=papers))
    return [_match("signed_on_print", _("signed on the print of this site"), behind)] if behind else []


def _match(form: str, what: str, row: PaperFile) -> Match:
    return Match(form, what, paper_title(row.paper), version_of(row), row.made_at, row.made_by)


def _sent(viewer: User | None, digest: str) -> list[Match]:
    rows = SubmissionFile.objects.filter(sha256=digest).select_related("submission__assignment", "uploaded_by")
    if viewer is not None:
        rows = rows.filter(submission__assignment__in=Assignment.objects.visible_to(viewer))
    return [
        Match("sent", _("sent with a report"), row.submission.assignment.agency_name, row.submission.reference,
              row.uploaded_at, row.uploaded_by)
        for row in rows
    ]  # fmt: skip


def _attached(viewer: User | None, digest: str) -> list[Match]:
    rows = DirectiveFile.objects.filter(sha256=digest).select_related("directive", "uploaded_by")
    if viewer is not None:
        rows = rows.filter(directive__in=Directive.objects.visible_to(viewer))
    return [
        Match("attached", row.get_kind_display(), str(row.directive), row.name, row.uploaded_at, row.uploaded_by)
        for row in rows
    ]


def paper_title(paper: Paper) -> str:
    """Name a paper with the body and the document that it belongs to."""
    if paper.incident:
        return f"{paper.get_kind_display()} – {paper.incident}"
    who = paper.assignment.agency_name if paper.assignment else paper.directive.issuer_name
    return f"{paper.get_kind_display()} – {who} – {paper.directive.full_number}: {paper.directive.subject}"


def version_of(row: PaperFile) -> str:
    """Say which of a paper's prints or copies a file is, and which print a copy was signed on."""
    alike = PaperFile.objects.filter(paper=row.paper, format=row.format)
    alike = alike.prints() if row.form == PaperFile.Form.RENDERED else alike.copies()
    number, count = alike.filter(pk__lte=row.pk).count(), alike.count()
    words = _("%(format)s, version %(number)s of %(count)s") % {
        "format": row.get_format_display(), "number": number, "count": count
    }  # fmt: skip
    if row.printed_from:
        words += "; " + _("signed on print %(number)s") % {"number": _place(row.printed_from)}
    return words


def _place(row: PaperFile) -> int:
    return PaperFile.objects.prints().filter(paper=row.paper, format=row.format, pk__lte=row.pk).count()


_PAPER = ("paper__directive", "paper__assignment", "paper__incident", "made_by")
