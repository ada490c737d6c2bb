"""Official papers: as PDF, shown in the browser, and as Word files to save."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from alertdesk.lib.file_kinds import DOCX
from directives.models import Directive
from directives.papers import (
    FORMS,
    PaperError,
    paper_file_name,
    render_commitment,
    render_directive,
    render_directive_docx,
    render_forwarding,
    render_forwarding_docx,
    render_reply,
    render_reply_docx,
    render_summary,
    render_summary_docx,
)

from .downloads import pdf_to_read
from .finding import find_own_assignment, find_reported_assignment


@require_safe
def summary_paper(request, pk):
    """Show the summary for the province's leaders as it stands now."""
    return _paper(request, render_summary, "summary", _find_directive(request, pk), "directives:board")


@require_safe
def summary_paper_docx(request, pk):
    """Hand over the same summary as a Word file."""
    return _paper(
        request, render_summary_docx, "summary", _find_directive(request, pk), "directives:board", answer=_docx_to_save
    )


@require_safe
def directive_paper(request, pk):
    """Show the directive as its recipients get it."""
    return _paper(request, render_directive, "directive", _find_directive(request, pk), "directives:detail")


@require_safe
def directive_paper_docx(request, pk):
    """Hand over the directive as a Word file that says what its PDF says."""
    directive = _find_directive(request, pk)
    return _paper(request, render_directive_docx, "directive", directive, "directives:detail", answer=_docx_to_save)


@require_safe
def reply_paper(request, pk):
    """Show the agency's official reply, ready to be numbered and signed; `?form=report` makes it a báo cáo."""
    assignment = find_reported_assignment(request, pk)
    return _paper(request, render_reply, "reply", assignment, "directives:assignment", **_chosen(request))


@require_safe
def reply_paper_docx(request, pk):
    """Hand over the same reply as a Word file."""
    found = find_reported_assignment(request, pk)
    chosen = {"answer": _docx_to_save, **_chosen(request)}
    return _paper(request, render_reply_docx, "reply", found, "directives:assignment", **chosen)


@require_safe
def commitment_paper(request, pk):
    """Show the commitment about the agency's portals, ready to be signed."""
    return _paper(request, render_commitment, "commitment", find_own_assignment(request, pk), "directives:assignment")


@require_safe
def forwarding_paper(request, pk):
    """Show the agency's letter to its units, ready to be numbered and signed."""
    return _paper(request, render_forwarding, "forwarding", find_own_assignment(request, pk), "directives:units")


@require_safe
def forwarding_paper_docx(request, pk):
    """Hand over the letter to the units as a Word file."""
    assignment = find_own_assignment(request, pk)
    return _paper(request, render_forwarding_docx, "forwarding", assignment, "directives:units", answer=_docx_to_save)


def _chosen(request) -> dict[str, str]:
    """Return the kind of reply that was asked for, if any."""
    form = request.GET.get("form")
    return {"form": form} if form in FORMS else {}


def _find_directive(request, pk: int) -> Directive:
    return get_object_or_404(Directive.objects.visible_to(request.user), pk=pk)


def _pdf_to_read(data: bytes, kind: str, subject) -> HttpResponse:
    return pdf_to_read(data, paper_file_name(kind, subject))


def _docx_to_save(data: bytes, kind: str, subject) -> HttpResponse:
    name = paper_file_name(kind, subject, "docx")
    return HttpResponse(data, DOCX, headers={"Content-Disposition": content_disposition_header(True, name)})


def _paper(
    request: HttpRequest, render_paper, kind: str, subject, back: str, *, answer=_pdf_to_read, **options
) -> HttpResponse:
    """Print a paper; where the text cannot be printed say why on the page it belongs to."""
    try:
        data = render_paper(subject, **options)
    except PaperError as problem:
        messages.error(request, str(problem))
        return redirect(back, subject.pk)
    return answer(data, kind, subject)
