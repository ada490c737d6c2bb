"""Sending a report: by the agency, through its head, on the signed reply; and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives.forms.sending import AttachSignedReplyForm, StopApprovalForm, SubmitReportForm
from directives.permissions import can_answer, can_review, keeps_report
from directives.reports.history import sent_items
from directives.reports.issued import copies_sent
from directives.services.errors import FileRefused, Incomplete
from directives.services.issued_papers import reply_paper
from directives.services.submitting import ask_approval, attach_signed_reply, stop_approval, submit_report, take_back

from .assignments import assignment_page
from .check_page import check_page
from .downloads import download
from .finding import find_own_assignment, find_submission, find_submission_file
from .numbering import warn_of_same_number
from .refusals import add_refusal, refusals_shown_by


@require_POST
@refusals_shown_by(check_page)
def report_submit(request, pk):
    """Freeze the answers and send them, perhaps with the signed reply."""
    assignment = find_own_assignment(request, pk)
    form = SubmitReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return check_page(request, pk, send=form)
    try:
        seen = request.POST.get("seen")
        submission = submit_report(assignment, actor=request.user, seen=seen, **form.cleaned_data)
    except (Incomplete, FileRefused) as refusal:
        add_refusal(form, refusal)
        return check_page(request, pk, send=form)
    if submission.signed_number:
        warn_of_same_number(request, reply_paper(assignment))
    return redirect("directives:submission", submission.pk)


@require_POST
@refusals_shown_by(check_page)
def approval_ask(request, pk):
    """Put the answers before the head of the agency."""
    ask_approval(find_own_assignment(request, pk), actor=request.user)
    messages.success(request, _("The answers are before the head of your agency; they are locked until then."))
    return redirect("directives:assignment", pk)


@require_POST
@refusals_shown_by(check_page)
def approval_stop(request, pk):
    """Open the answers again: the head with a note, or the officer who takes the request back."""
    assignment = find_own_assignment(request, pk)
    form = StopApprovalForm(request.POST)
    if "note" in request.POST and not form.is_valid():
        return check_page(request, pk, stop=form)
    stop_approval(assignment, actor=request.user, note=form.cleaned_data["note"] if form.is_valid() else "")
    return redirect("directives:assignment", pk)


@require_POST
@refusals_shown_by(assignment_page)
def report_take_back(request, pk):
    """Take a sent or recorded report back while nobody has begun to review it."""
    take_back(find_own_assignment(request, pk), actor=request.user)
    messages.success(request, _("The report was taken back. Change the answers and send it again."))
    return redirect("directives:assignment", pk)


@require_safe
def submission_detail(request, pk):
    """Show one sending: its reference, what it said, and what the desk decided."""
    return submission_page(request, pk)


def submission_page(request: HttpRequest, pk: int, form: AttachSignedReplyForm | None = None) -> HttpResponse:
    """Return the page of a submission, perhaps with an upload that was refused."""
    submission = find_submission(request, pk)
    assignment, items = submission.assignment, sent_items(submission)
    review = getattr(submission, "review", None)
    context = {
        "submission": submission,
        "assignment": assignment,
        "directive": assignment.directive,
        "is_current": assignment.submission_id == submission.pk,
        "items": items,
        "asked": any(item.needs_more for item in items),
        "review": review if review and review.decided_at else None,
        "files": submission.files.select_related("uploaded_by"),
        "copies": copies_sent(submission),
        "may_answer": can_answer(request.user, assignment),
        "may_review": can_review(request.user, submission),
        "is_desk": keeps_report(request.user, assignment),
        "form": form or AttachSignedReplyForm(),
    }
    return render(request, "directives/submission.html", context, status=422 if form else 200)


@require_POST
@refusals_shown_by(submission_page)
def signed_reply_attach(request, pk):
    """Add the signed reply to a report that went with its number and date only."""
    submission = find_submission(request, pk)
    if not can_answer(request.user, submission.assignment):
        raise PermissionDenied
    form = AttachSignedReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return submission_page(request, pk, form)
    attach_signed_reply(submission, form.cleaned_data["upload"], actor=request.user)
    return redirect("directives:submission", pk)


@require_safe
def submission_file_download(request, pk):
    """Hand out a paper that came with a submission."""
    return download(find_submission_file(request, pk))
