"""The review queue and one review."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directives.forms.reviewing import ReopenAcceptedForm, ReviewSheet
from directives.models import State, Submission
from directives.permissions import can_review
from directives.reports.checklist import figures
from directives.reports.review_queue import neighbours, since_last_decision, waiting
from directives.reports.revisions import based_on_last_time
from directives.reports.row_tables import row_tables
from directives.services.errors import DomainError
from directives.services.reviewing import finish_review, reopen_accepted, save_review, verdicts_read

from .desk import posted, submission_kept
from .refusals import add_refusal

SUBMISSIONS_A_PAGE = 50


@require_safe
def review_queue(request):
    """List the reports that wait for a review, oldest first."""
    rows = waiting(request.user).select_related("assignment__directive", "submitted_by", "recorded", "review__reviewer")
    page = Paginator(rows, SUBMISSIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "directives/review_queue.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def submission_review(request, pk):
    """Review one report item by item: keep the verdicts so far, or decide."""
    submission = submission_kept(request, pk)
    sheet = ReviewSheet(submission, posted(request))
    if request.method != "POST":
        return _review_page(request, submission, sheet)
    if _only_marks(request):
        messages.info(request, _("The items without a verdict are marked as sufficient; nothing has been saved yet."))
        return _review_page(request, submission, ReviewSheet.with_the_rest_enough(submission, request.POST))
    if not sheet.is_valid():
        return _review_page(request, submission, sheet, status=422)
    finish = request.POST.get("do") == "finish"
    try:
        act = finish_review if finish else save_review
        act(submission, actor=request.user, seen=request.POST.get("seen"), **sheet.values)
    except DomainError as refusal:
        status = add_refusal(sheet.note, refusal)
        return _review_page(request, submission_kept(request, pk), sheet, status=status)
    return _after_review(request, submission, finish)


def _only_marks(request) -> bool:
    """Whether the person asks to have the open items marked, which saves nothing."""
    return request.POST.get("do") == "rest"


def _after_review(request, submission, finish):
    """Go on to the next report of the queue, or stay with what was kept."""
    if not finish:
        messages.success(request, _("Kept. The agency can no longer take the report back."))
        return redirect("directives:review", submission.pk)
    submission.assignment.refresh_from_db()
    decided = submission.assignment.get_state_display()
    messages.success(request, f"{submission.assignment.agency_name}: {decided}.")
    following = waiting(request.user).exclude(submitted_by=request.user).first()
    return redirect("directives:review", following.pk) if following else redirect("directives:reviews")


def _review_page(request, submission: Submission, sheet: ReviewSheet, *, status=200):
    since, based = since_last_decision(submission), based_on_last_time(submission)
    for form in sheet.items:
        form.figures = figures(form.item.action.kind, form.item)
        form.tables = row_tables(form.item.rows)
        form.since = since.get(form.item.action_id)
        form.is_last_time = form.item.action_id in based
    before, after, place, length = neighbours(request.user, submission)
    context = {
        "submission": submission,
        "assignment": submission.assignment,
        "directive": submission.assignment.directive,
        "sheet": sheet,
        # Only marked, not saved: a colleague's verdicts kept meanwhile are still unseen.
        "seen": request.POST.get("seen", "") if _only_marks(request) else verdicts_read(submission),
        "files": submission.files.all(),
        "is_open": submission.assignment.state == State.SUBMITTED
        and submission.assignment.submission_id == submission.pk,
        "may_review": can_review(request.user, submission),
        "queue": {"before": before, "after": after, "place": place, "length": length},
    }
    return render(request, "directives/review.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def accepted_reopen(request, pk):
    """Ask for more on one item of an acknowledged report."""
    submission = submission_kept(request, pk)
    form = ReopenAcceptedForm(posted(request), submission=submission)
    page = {"submission": submission, "directive": submission.assignment.directive, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "directives/reopen_accepted.html", page, status=422 if form.errors else 200)
    given = form.cleaned_data
    try:
        reopen_accepted(submission.assignment, actor=request.user, item=given["item"], reason=given["reason"])
    except DomainError as refusal:
        status = add_refusal(form, refusal)
        return render(request, "directives/reopen_accepted.html", page, status=status)
    messages.success(request, _("The agency is asked for more."))
    return redirect("directives:assignment", submission.assignment_id)
