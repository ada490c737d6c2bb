"""Keep what became of a paper outside: the number and date it was given, and the file that was really issued.

The system allocates no number: whatever stands here a person has copied from the register of the body that signs.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from alertdesk.lib.text import fold
from directives.models import Assignment, Directive, DirectiveFile, Paper, PaperFile, Submission, SubmissionFile
from directives.permissions import can_issue_paper

from .errors import FileRefused, Incomplete, NotAllowed
from .signed_copies import SignedCopy, print_behind, read_copy


def record_issue(
    paper: Paper, *, actor: User, number: str = "", dated_on: date | None = None, upload=None
) -> PaperFile | None:
    """Keep number and date as given, or a signed copy, or both; return the copy that was kept.

    `paper` may be one not yet saved. Raises FileRefused, Incomplete; then nothing is kept.
    """
    if not can_issue_paper(actor, paper):
        raise NotAllowed
    if not (number or dated_on or upload):
        raise Incomplete(_("Give number and date, or choose the signed file."))
    copy = read_copy(upload, actor=actor) if upload else None
    with transaction.atomic():
        paper = held_paper(paper)
        if number or dated_on:
            give_paper_number(paper, actor=actor, number=number, dated_on=dated_on)
        return keep_copy(paper, copy, actor=actor) if copy else None


def held_paper(paper: Paper) -> Paper:
    """Return the row of a paper, made where there is none yet, held until the end of the transaction."""
    key = {name: getattr(paper, name) for name in ("kind", "directive", "assignment", "incident")}
    row, _is_new = (paper, False) if paper.pk else Paper.objects.get_or_create(**key)
    return Paper.objects.select_for_update().get(pk=row.pk)


def give_paper_number(paper: Paper, *, actor: User, number: str, dated_on: date | None) -> Paper:
    """Record number and date as the clerk gave them; a slip of the pen may be mended the same way."""
    if not (number and dated_on):
        raise Incomplete(_("Give both the number and the date of the paper."))
    if paper.kind == Paper.Kind.DIRECTIVE:
        raise Incomplete(_("The number of a directive is recorded on the page of the directive."))
    if (paper.number, paper.dated_on) == (number, dated_on):
        return paper
    paper.number, paper.dated_on, paper.given_by, paper.given_at = number, dated_on, actor, clock.now()
    paper.save(update_fields=["number", "dated_on", "given_by", "given_at"])
    record_event("paper_number", paper, actor=actor, agency=paper.issuing_body, dated_on=dated_on.isoformat())
    return paper


def keep_copy(paper: Paper, copy: SignedCopy, *, actor: User, place: str = "") -> PaperFile:
    """Keep a signed copy that was looked at; `place` is where its bytes lie already. Raises FileRefused."""
    fields = copy.fields
    known = paper.files.filter(sha256=fields["sha256"]).first()
    if known:
        raise FileRefused(_already(known))
    kept = PaperFile.objects.create(
        paper=paper,
        form=copy.form,
        format=copy.format,
        file=place or fields["file"],
        signatures=copy.signatures.as_values(),
        printed_from=_print_behind(paper, copy),
        made_by=actor,
        **{name: fields[name] for name in ("name", "size", "sha256")},
    )
    record_event(
        "paper_copy", kept, actor=actor, agency=paper.issuing_body, paper=paper.pk, form=copy.form, sha256=kept.sha256
    )
    if paper.kind == Paper.Kind.DIRECTIVE:
        _show_to_recipients(paper.directive, kept, fields, actor)
    return kept


def _print_behind(paper: Paper, copy: SignedCopy) -> PaperFile | None:
    if copy.form != PaperFile.Form.SIGNED:
        return None
    content = copy.fields["file"]
    content.seek(0)
    return print_behind(content.read(), paper.files.prints())


def _already(known: PaperFile):
    if known.form == PaperFile.Form.RENDERED:
        return _("This is the paper as it was printed here, not yet signed. Choose the signed PDF or a scan of it.")
    return _("This very file has been added already.")


def _show_to_recipients(directive: Directive, kept: PaperFile, fields: dict, actor: User) -> None:
    """Put the signed directive among the files that its recipients see; both rows name the same bytes."""
    shown = DirectiveFile.objects.create(
        directive=directive,
        kind=DirectiveFile.Kind.SIGNED_ORIGINAL,
        file=kept.file.name,
        **{name: fields[name] for name in ("name", "size", "sha256", "content_type", "uploaded_by")},
    )
    record_event("attach", directive, actor=actor, agency=directive.issuer, file=shown.pk, sha256=shown.sha256)


def reply_paper(assignment: Assignment) -> Paper:
    """Return an agency's reply as a paper, not saved where there is no row of it yet."""
    key = {"kind": Paper.Kind.REPLY, "directive": assignment.directive, "assignment": assignment}
    return Paper.objects.filter(**key).first() or Paper(**key)


def issued_since_sent(assignment: Assignment) -> bool:
    """Whether a number or a signed copy of the reply was recorded that no sending has used yet."""
    paper, last = reply_paper(assignment), assignment.submissions.last()
    if paper.pk is None:
        return False
    used = SubmissionFile.objects.filter(submission__assignment=assignment).values("sha256")
    copies = paper.files.copies().exclude(sha256__in=used)
    if last:
        copies = copies.filter(made_at__gt=last.submitted_at)
    return bool(_given_since(paper, last)) or copies.exists()


def reply_given_since_sent(assignment: Assignment) -> dict:
    """Return number and date of the reply as the sending takes them, nothing where an earlier one had them."""
    return _given_since(reply_paper(assignment), assignment.submissions.last())


def _given_since(paper: Paper, last: Submission | None) -> dict:
    given = {"signed_number": paper.number, "signed_on": paper.dated_on}
    if not paper.given_at:
        return {}
    is_used = last and (
        last.submitted_at >= paper.given_at or (last.signed_number, last.signed_on) == (paper.number, paper.dated_on)
    )
    return {} if is_used else given


def papers_numbered_alike(paper: Paper) -> list[Paper]:
    """Return the other papers of the same body that bear the same number in the same calendar year.

    Spaces and capitals make no difference. A warning, never a refusal: registers have been kept wrongly before.
    """
    if not (paper.full_number and paper.issued_on):
        return []
    wanted = _plain(paper.full_number)
    return [other for other in _of_body_and_year(paper) if _plain(other.full_number) == wanted]


def _of_body_and_year(paper: Paper) -> list[Paper]:
    body, year = paper.issuing_body, paper.issued_on.year
    given = Paper.objects.filter(dated_on__year=year).exclude(pk=paper.pk).select_related(*_SUBJECTS)
    own = [
        *given.filter(assignment__responsible_agency=body),
        *given.filter(incident__agency=body),
        *given.filter(directive__issuer=body, assignment=None, incident=None),
    ]
    directives = Directive.objects.filter(issuer=body, year=year, day__isnull=False).exclude(number="")
    if paper.kind == Paper.Kind.DIRECTIVE:
        directives = directives.exclude(pk=paper.directive_id)
    return own + [Paper(kind=Paper.Kind.DIRECTIVE, directive=directive) for directive in directives]


_SUBJECTS = ("directive__issuer", "assignment__directive", "incident")


def _plain(number: str) -> str:
    return "".join(fold(number).split())
