"""What became of a paper outside: number and date, the signed copies with what their signatures say, the prints."""

from dataclasses import dataclass
from datetime import date

from directives.models import DirectiveFile, Paper, PaperFile, Submission
from directives.services.issued_papers import papers_numbered_alike
from directives.signatures import PdfSignatures

from .paper_check import paper_title
from .signatures import SignatureWords, signature_words


@dataclass(frozen=True)
class CopyLine:
    """A signed copy or a scan; `on_print` is the number of the print it was signed on, None where that is unknown."""

    file: PaperFile
    signatures: tuple[SignatureWords, ...]
    on_print: int | None

    @property
    def is_signed(self) -> bool:
        """Whether it bears a digital signature; the rest are scans."""
        return self.file.form == PaperFile.Form.SIGNED


@dataclass(frozen=True)
class PrintLine:
    """One print: the number it has among those of its format."""

    file: PaperFile
    number: int


@dataclass(frozen=True)
class IssuedPaper:
    """A paper with all that is kept of it; newest files first.

    `attached` are signed originals that came with the directive in another way; `alike` names papers that bear
    the same number.
    """

    paper: Paper
    number: str
    issued_on: date | None
    copies: tuple[CopyLine, ...]
    prints: tuple[PrintLine, ...]
    attached: tuple[DirectiveFile, ...]
    alike: tuple[str, ...]


def issued_paper(paper: Paper) -> IssuedPaper:
    """Read what is kept of a paper, which may be one that has no row yet."""
    files = list(paper.files.select_related("made_by").order_by("id")) if paper.pk else []
    prints = _prints(files)
    return IssuedPaper(
        paper=paper,
        number=paper.full_number,
        issued_on=paper.issued_on,
        copies=tuple(reversed(copies_of(files, prints))),
        prints=tuple(reversed(prints)),
        attached=_attached(paper, files),
        alike=tuple(paper_title(other) for other in papers_numbered_alike(paper)),
    )


def _attached(paper: Paper, files: list[PaperFile]) -> tuple[DirectiveFile, ...]:
    if paper.kind != Paper.Kind.DIRECTIVE:
        return ()
    originals = paper.directive.files.filter(kind=DirectiveFile.Kind.SIGNED_ORIGINAL).select_related("uploaded_by")
    return tuple(originals.exclude(sha256__in=[file.sha256 for file in files]))


def copies_of(files: list[PaperFile], prints: list[PrintLine]) -> list[CopyLine]:
    """Return the copies among a paper's files, in the order in which they came."""
    numbers = {line.file.pk: line.number for line in prints}
    return [
        CopyLine(file, signature_words(PdfSignatures.from_values(file.signatures)), numbers.get(file.printed_from_id))
        for file in files
        if file.form != PaperFile.Form.RENDERED
    ]


def copies_sent(submission: Submission) -> list[CopyLine]:
    """Return the signed files that went with a report, with what their signatures say."""
    digests = submission.files.values("sha256")
    of_reply = {"paper__kind": Paper.Kind.REPLY, "paper__assignment": submission.assignment}
    return copies_of(list(PaperFile.objects.copies().filter(sha256__in=digests, **of_reply)), [])


def _prints(files: list[PaperFile]) -> list[PrintLine]:
    seen: dict[str, int] = {}
    lines = []
    for file in files:
        if file.form == PaperFile.Form.RENDERED:
            seen[file.format] = seen.get(file.format, 0) + 1
            lines.append(PrintLine(file, seen[file.format]))
    return lines
