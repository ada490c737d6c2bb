"""Threads between an agency and the desk, and the desk's list of questions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.forms.remarking import QuestionSheet, WriteRemarkForm, act_of, begun, read_id
from directives.models import Assignment, Remark, RequiredAction, State
from directives.permissions import can_answer, can_discuss, keeps_report
from directives.reports.threads import questions_to, thread
from directives.services.errors import DomainError, NotAllowed
from directives.services.remarking import settle, write_remark

from .desk import posted
from .finding import find_assignment
from .refusals import UNPROCESSABLE, add_refusal, show_refusal, status_of

GET_AND_POST = ("GET", "HEAD", "POST")


@require_http_methods(GET_AND_POST)
def thread_page(request, pk, position):
    """Show what the agency and the desk have written about one action; add a line, or settle the last."""
    assignment, action = _discussed(request, pk, position)
    if request.POST.get("do") == "settle":
        return _settle_last(request, assignment, action)
    form = WriteRemarkForm(posted(request))
    if not form.is_bound or not form.is_valid():
        return _page(request, assignment, action, form, UNPROCESSABLE if form.is_bound else 200)
    seen = read_id(request.POST.get("seen", ""))
    try:
        write_remark(assignment, action, actor=request.user, text=form.cleaned_data["text"], seen=seen)
    except DomainError as refusal:
        return _page(request, assignment, action, form, add_refusal(form, refusal))
    messages.success(request, _("Your words are in the thread."))
    return redirect("directives:thread", pk, position)


def _discussed(request, pk: int, position: int) -> tuple[Assignment, RequiredAction]:
    assignment = find_assignment(request, pk)
    if not can_discuss(request.user, assignment):
        raise PermissionDenied
    return assignment, get_object_or_404(assignment.directive.actions, position=position)


def _settle_last(request, assignment, action):
    """Settle the last line; words begun beside it stay in their box."""
    kept = WriteRemarkForm(initial={"text": request.POST.get("text", "")})
    lines = thread(assignment, action).lines
    if not lines:
        raise Http404
    return _page(request, assignment, action, kept, _settle(request, lines[-1]) or 200)


def _settle(request, remark: Remark) -> int | None:
    """Settle a line, and return None; where that is refused say why, and return the page's status."""
    try:
        settle(remark, actor=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except DomainError as refusal:
        show_refusal(request, refusal)
        return status_of(refusal)
    messages.success(request, _("Noted: no reply is needed."))
    return None


def _page(request, assignment, action, form, status):
    page = {
        "assignment": assignment,
        "directive": assignment.directive,
        "thread": thread(assignment, action),
        "form": form,
        "is_desk": keeps_report(request.user, assignment),
        "may_answer": can_answer(request.user, assignment),
        "is_over": assignment.state == State.WITHDRAWN,
    }
    return render(request, "directives/thread.html", page, status=status)


@require_http_methods(GET_AND_POST)
def question_list(request):
    """Show the agencies' questions, oldest first, each with its reply; other replies begun stay."""
    data = request.POST
    verb, chosen = act_of(data)
    sheet = QuestionSheet(questions_to(request.user, also=[*begun(data), chosen or 0]), data, verb=verb, chosen=chosen)
    if request.method != "POST":
        return _list(request, sheet)
    if sheet.chosen is None:
        raise Http404
    status = _answer(request, sheet.chosen)
    if status:
        return _list(request, sheet, status)
    left = [pk for pk in begun(data) if pk != chosen]
    return (
        _list(request, QuestionSheet(questions_to(request.user, also=left), data)) if left else redirect(request.path)
    )


def _answer(request, form) -> int | None:
    """Do what was asked about one question; return the status of the list when it is shown again for it."""
    question = form.question
    if not form.is_bound:
        return _settle(request, question)
    if not form.is_valid():
        return UNPROCESSABLE
    words = {"text": form.cleaned_data["text"], "seen": read_id(request.POST.get(f"{form.prefix}-seen", ""))}
    try:
        write_remark(question.assignment, question.action, actor=request.user, **words)
    except DomainError as refusal:
        return add_refusal(form, refusal)
    messages.success(request, _("Replied to %(agency)s.") % {"agency": question.assignment.agency_name})
    return None


def _list(request, sheet, status=200):
    return render(request, "directives/questions.html", {"sheet": sheet}, status=status)
