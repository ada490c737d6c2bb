"""What was really issued of a paper: its number and date, its signed copies; and what a file is."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directives.forms.issued import AttachCopyForm, CheckFileForm, RecordIssueForm
from directives.models import Paper, PaperFile
from directives.permissions import can_answer, can_issue_paper, is_staff_of
from directives.reports.issued import issued_paper
from directives.reports.paper_check import check_file
from directives.reports.signatures import revocation_remark, signature_words
from directives.services.errors import DomainError
from directives.services.issued_papers import record_issue

from .asking import GET_AND_POST
from .desk import directive_seen, posted
from .downloads import download
from .finding import find_incident, find_own_assignment, find_reported_assignment
from .refusals import UNPROCESSABLE, add_refusal

Kind = Paper.Kind
OF_AGENCY = (Kind.REPLY, Kind.FORWARDING, Kind.COMMITMENT, Kind.AGENCY_ROSTER)
# Where each paper is printed, with its subject's id.
PRINTED_AT = {
    Kind.REPLY: "directives:reply",
    Kind.FORWARDING: "directives:forwarding",
    Kind.COMMITMENT: "directives:commitment",
    Kind.DIRECTIVE: "directives:paper",
    Kind.SUMMARY: "directives:summary",
    Kind.AGENCY_ROSTER: "directives:roster_paper",
    Kind.ROSTER: "directives:province_roster_paper",
    Kind.QUICK_REPORT: "directives:quick_report",
    Kind.INCIDENT_FIRST: "directives:incident_first",
    Kind.INCIDENT_CLOSING: "directives:incident_closing",
}
OF_INCIDENT = (Kind.INCIDENT_FIRST, Kind.INCIDENT_CLOSING)
OF_DESK = (Kind.DIRECTIVE, Kind.SUMMARY, Kind.QUICK_REPORT, Kind.ROSTER)


@require_http_methods(GET_AND_POST)
def agency_paper_issued(request, pk, kind):
    """Show what became of an agency's paper; its officer or head records number, date and signed file."""
    find = find_reported_assignment if kind == Kind.REPLY else find_own_assignment
    assignment = find(request, pk)
    around = {
        "assignment": assignment,
        "directive": assignment.directive,
        "is_desk": is_staff_of(request.user, assignment.directive),
    }
    return _issued(request, _paper(OF_AGENCY, kind, around["directive"], assignment), around)


@require_http_methods(GET_AND_POST)
def desk_paper_issued(request, pk, kind):
    """Show what became of a paper of the desk; its staff record number, date and signed file."""
    directive = directive_seen(request, pk)
    return _issued(request, _paper(OF_DESK, kind, directive), {"directive": directive})


@require_http_methods(GET_AND_POST)
def incident_paper_issued(request, pk, kind):
    """Show what became of a report on an incident; its agency records number, date and signed file."""
    incident = find_incident(request, pk)
    return _issued(request, _paper(OF_INCIDENT, kind, incident=incident), {"incident": incident})


def _paper(kinds: tuple, kind: str, directive=None, assignment=None, incident=None) -> Paper:
    """Return the paper that an address names, without making a row of it."""
    if kind not in kinds:
        raise Http404
    key = {"kind": kind, "directive": directive, "assignment": assignment, "incident": incident}
    return Paper.objects.filter(**key).first() or Paper(**key)


def _issued(request: HttpRequest, paper: Paper, around: dict) -> HttpResponse:
    """Show the page of a paper, or keep what was sent and show it again."""
    given = {"number": paper.number, "dated_on": paper.dated_on}
    keeps_number = paper.kind != Kind.DIRECTIVE
    form = (RecordIssueForm if keeps_number else AttachCopyForm)(posted(request), request.FILES or None, initial=given)
    status = 200
    if request.method == "POST":
        if not can_issue_paper(request.user, paper):
            raise PermissionDenied
        status = _record(request, paper, form)
    if status == 302:
        return redirect(request.path)
    context = around | {
        "read": issued_paper(paper),
        "may_record": can_issue_paper(request.user, paper),
        "form": form,
        "keeps_number": keeps_number,
        "printed_at": PRINTED_AT.get(paper.kind),
        "remark": revocation_remark(),
    }
    return render(request, "directives/issued.html", context, status=status)


def _record(request: HttpRequest, paper: Paper, form) -> int:
    """Keep what a form holds and say so; return the status to answer with."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        record_issue(paper, actor=request.user, **form.cleaned_data)
    except DomainError as refusal:
        return add_refusal(form, refusal)
    messages.success(request, _("Recorded. The system changed nothing in the file and gave no number of its own."))
    return 302


_PAPER = ("paper__assignment__responsible_agency", "paper__directive", "paper__incident")


@require_safe
def paper_copy(request, pk):
    """Hand out a signed copy or scan, as it came, to those who see its paper."""
    kept = get_object_or_404(PaperFile.objects.copies().select_related(*_PAPER), pk=pk)
    _require_seen(request, kept.paper)
    return download(kept)


def _require_seen(request, paper: Paper) -> None:
    """Refuse with 404 whoever may not read the paper itself."""
    if paper.incident:
        find_incident(request, paper.incident_id)
    elif paper.assignment is None:
        directive_seen(request, paper.directive_id)
    elif paper.kind == Kind.REPLY:
        find_reported_assignment(request, paper.assignment_id)
    elif not can_answer(request.user, paper.assignment):
        raise Http404


@require_http_methods(GET_AND_POST)
def file_check(request):
    """Say what a file is: which paper and version, and what its signatures are worth; the file is not kept."""
    form = CheckFileForm(posted(request), request.FILES or None)
    context, status = {"form": form}, 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            check = check_file(form.cleaned_data["upload"].read(), viewer=request.user)
            said = signature_words(check.signatures) if check.signatures else ()
            context |= {"check": check, "name": form.cleaned_data["upload"].name, "signatures": said}
            context |= {"remark": revocation_remark()}
            status = 200
    return render(request, "directives/file_check.html", context, status=status)
