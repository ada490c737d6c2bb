"""Official papers: as PDF, shown in the browser, and as Word or Excel files to save."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from directives.models import Assignment, Directive, DirectiveState, Incident, Paper, PaperFile
from directives.papers import FORMS, PaperError
from directives.papers.jobs import ask, wait_for
from directives.papers.keeping import fetch
from directives.papers.roster import WITH_TELEPHONES
from directives.permissions import may_call

from .downloads import pdf_to_read, to_save
from .finding import find_assignment, find_incident, find_own_assignment, find_reported_assignment

Kind, Format = Paper.Kind, PaperFile.Format
# How long a request waits for a worker before it shows how far the printing is.
WAIT_SECONDS = 2


@require_safe
def summary_paper(request, pk):
    """Show the summary for the province's leaders as it stands now."""
    return _paper(request, Kind.SUMMARY, pk)


@require_safe
def summary_paper_docx(request, pk):
    """Hand over the same summary as a Word file."""
    return _paper(request, Kind.SUMMARY, pk, Format.DOCX)


@require_safe
def summary_paper_xlsx(request, pk):
    """Hand over the same figures as an Excel workbook."""
    return _paper(request, Kind.SUMMARY, pk, Format.XLSX)


@require_safe
def quick_report_paper(request, pk):
    """Show the quick report of this morning: duty, incidents, reports, as they stand now."""
    return _paper(request, Kind.QUICK_REPORT, pk)


@require_safe
def quick_report_paper_docx(request, pk):
    """Hand over the same report as a Word file."""
    return _paper(request, Kind.QUICK_REPORT, pk, Format.DOCX)


@require_safe
def directive_paper(request, pk):
    """Show the directive as its recipients get it."""
    return _paper(request, Kind.DIRECTIVE, pk)


@require_safe
def directive_paper_docx(request, pk):
    """Hand over the directive as a Word file that says what its PDF says."""
    return _paper(request, Kind.DIRECTIVE, pk, Format.DOCX)


@require_safe
def reply_paper(request, pk):
    """Show the agency's official reply, ready to be numbered and signed; `?form=report` makes it a báo cáo."""
    return _paper(request, Kind.REPLY, pk, form=_chosen(request))


@require_safe
def reply_paper_docx(request, pk):
    """Hand over the same reply as a Word file."""
    return _paper(request, Kind.REPLY, pk, Format.DOCX, form=_chosen(request))


@require_safe
def commitment_paper(request, pk):
    """Show the commitment about the agency's portals, ready to be signed."""
    return _paper(request, Kind.COMMITMENT, pk)


@require_safe
def forwarding_paper(request, pk):
    """Show the agency's letter to its units, ready to be numbered and signed."""
    return _paper(request, Kind.FORWARDING, pk)


@require_safe
def forwarding_paper_docx(request, pk):
    """Hand over the letter to the units as a Word file."""
    return _paper(request, Kind.FORWARDING, pk, Format.DOCX)


@require_safe
def agency_roster_paper(request, pk):
    """Show an agency's duty roster as a paper; telephones stand in it for those who may have them."""
    return _paper(request, Kind.AGENCY_ROSTER, pk, form=_with_telephones(request, find_assignment(request, pk)))


@require_safe
def roster_paper(request, pk):
    """Show the duty rosters of all agencies as a paper."""
    return _paper(request, Kind.ROSTER, pk, form=_with_telephones(request, _directive(request, pk)))


@require_safe
def incident_first(request, pk):
    """Show the first report on an incident, ready to be numbered and signed."""
    return _paper(request, Kind.INCIDENT_FIRST, pk)


@require_safe
def incident_first_docx(request, pk):
    """Hand over the first report as a Word file."""
    return _paper(request, Kind.INCIDENT_FIRST, pk, Format.DOCX)


@require_safe
def incident_closing(request, pk):
    """Show the closing report on an incident; before the end much of it is dotted."""
    return _paper(request, Kind.INCIDENT_CLOSING, pk)


@require_safe
def incident_closing_docx(request, pk):
    """Hand over the closing report as a Word file."""
    return _paper(request, Kind.INCIDENT_CLOSING, pk, Format.DOCX)


def _chosen(request) -> str:
    """Return the kind of reply that was asked for, if any."""
    form = request.GET.get("form")
    return form if form in FORMS else ""


def _with_telephones(request, subject: Directive | Assignment) -> str:
    """Return the form of a roster that the person may have."""
    return WITH_TELEPHONES if may_call(request.user, subject) else ""


def _directive(request, pk: int) -> Directive:
    return get_object_or_404(Directive.objects.visible_to(request.user), pk=pk)


def _issued(request, pk: int) -> Directive:
    visible = Directive.objects.visible_to(request.user).exclude(state=DirectiveState.DRAFT)
    return get_object_or_404(visible, pk=pk)


# Who may read a kind of paper, and the page that it belongs to.
FINDERS = {
    Kind.DIRECTIVE: (_directive, "directives:detail"),
    Kind.SUMMARY: (_directive, "directives:board"),
    Kind.QUICK_REPORT: (_issued, "directives:board"),
    Kind.REPLY: (find_reported_assignment, "directives:assignment"),
    Kind.COMMITMENT: (find_own_assignment, "directives:assignment"),
    Kind.FORWARDING: (find_own_assignment, "directives:units"),
    Kind.ROSTER: (_directive, "directives:province_roster"),
    Kind.AGENCY_ROSTER: (find_assignment, "directives:roster"),
    Kind.INCIDENT_FIRST: (find_incident, "directives:incident"),
    Kind.INCIDENT_CLOSING: (find_incident, "directives:incident"),
}


def find_subject(request, kind: str, pk: int, form: str = "") -> Directive | Assignment | Incident:
    """Return the row that a paper speaks of, for those who may read the paper in this form."""
    subject = FINDERS[kind][0](request, pk)
    if form == WITH_TELEPHONES and not may_call(request.user, subject):
        raise PermissionDenied
    return subject


def hand_over(request, kept: PaperFile) -> HttpResponse:
    """Send a printed file; who took it is written down."""
    data = fetch(kept, actor=request.user)
    if kept.format == Format.PDF:
        return pdf_to_read(data, kept.name)
    return to_save(data, kept.name, kept.content_type)


def _paper(request: HttpRequest, kind: str, pk: int, file_format: str = Format.PDF, *, form: str = "") -> HttpResponse:
    """Send a paper, or show how far its printing is; where the text cannot be printed say why on its page."""
    subject = find_subject(request, kind, pk, form)
    try:
        asked = ask(kind, subject, actor=request.user, file_format=file_format, form=form)
    except PaperError as problem:
        messages.error(request, str(problem))
        return redirect(FINDERS[kind][1], subject.pk)
    if isinstance(asked, PaperFile):
        return hand_over(request, asked)
    job = asked if settings.PAPERS_IN_PROCESS else wait_for(asked, WAIT_SECONDS)
    return hand_over(request, job.file) if job.file else redirect("directives:paper_job", job.pk)
