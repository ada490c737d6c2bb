"""Take in what was really issued: look at an upload's digital signatures, and tell a signed PDF from a scan."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from alertdesk.lib.file_kinds import KINDS
from directives.models import PaperFile
from directives.signatures import PdfSignatures, SignaturesUnreadable, read_signatures_safely
from directives.signatures.roots import roots_in

from .errors import FileRefused
from .storing import stored

FORMATS = {KINDS[name]: name for name in ("pdf", "png", "jpg")}
REFUSALS = {
    "too_large": _("The file is larger than 20 MB. Make it smaller or split it."),
    "not_pdf": _("The file is no PDF."),
    "encrypted": _("The PDF is protected by a password. Remove the password and choose the file again."),
    "damaged": _("The PDF is damaged and cannot be read. Download or scan it again and choose the new file."),
    "too_many": _("The PDF has more than 20 digital signatures, more than any letter has. Check the file."),
    "too_heavy": _("The PDF takes too much memory or time to read. Scan it again at 200–300 dpi, without annexes."),
}


@dataclass(frozen=True)
class SignedCopy:
    """An upload that was looked at: the fields of a stored file, what it is, and what its signatures say."""

    fields: dict
    form: str
    format: str
    signatures: PdfSignatures


def read_copy(upload, *, actor: User) -> SignedCopy:
    """Look at an upload of what was issued, without keeping it; takes a second for a PDF: not inside a transaction.

    A PDF with a digital signature is a signed copy, any other PDF or picture a scan. Raises FileRefused.
    """
    fields = stored(upload, actor=actor)
    kind = FORMATS.get(fields["content_type"])
    if kind is None:
        raise FileRefused(
            _("The signed copy must be a PDF or a scanned picture (PNG, JPG). Save or scan it so and try again.")
        )
    found = PdfSignatures()
    if kind == "pdf":
        found = _signatures(fields)
    form = PaperFile.Form.SIGNED if found.signatures else PaperFile.Form.SCAN
    return SignedCopy(fields, form, kind, found)


def signatures_of(data: bytes) -> PdfSignatures:
    """Return what a PDF's signatures say today, by the roots that this site trusts; raises SignaturesUnreadable."""
    # Certificates run out by the calendar of the world, also where a demonstration has stopped its own.
    return read_signatures_safely(data, roots=roots_in(settings.SIGNATURE_ROOTS), at=datetime.now(UTC))


def _signatures(fields: dict) -> PdfSignatures:
    content = fields["file"]
    data = content.read()
    content.seek(0)
    try:
        return signatures_of(data)
    except SignaturesUnreadable as refusal:
        raise FileRefused(REFUSALS[refusal.code]) from refusal


def print_behind(data: bytes, prints) -> PaperFile | None:
    """Return the newest of some printed PDFs on which a file was signed: signing only adds behind the print's end.

    Costs one pass over the bytes, however many prints there are.
    """
    fitting = prints.filter(format=PaperFile.Format.PDF, size__lte=len(data)).order_by("size", "id")
    seen, digest, found = 0, hashlib.sha256(), None
    for size, sha256, pk in fitting.values_list("size", "sha256", "pk"):
        digest.update(data[seen:size])
        seen = size
        if digest.hexdigest() == sha256:
            found = pk
    return PaperFile.objects.filter(pk=found).first()
