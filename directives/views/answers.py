"""One required action a page, with its evidence; what was typed survives every refusal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alertdesk.lib import clock
from directives.forms.answers import AnswerForm
from directives.forms.rows import wishes
from directives.models import Answer, Evidence, RequiredAction
from directives.reports.amendments import amendments_of_action
from directives.reports.checklist import checklist, figures
from directives.reports.last_time import last_answers
from directives.reports.revisions import stands_on_last_time
from directives.reports.row_tables import row_tables
from directives.reports.threads import thread
from directives.reports.units import units_written
from directives.services.answering import add_evidence, remove_evidence, save_answer
from directives.services.errors import FileRefused

from .downloads import download
from .finding import find_evidence, find_own_answer, find_own_evidence
from .refusals import UNPROCESSABLE, refusals_shown_by, show_refusal


def answer_page(request: HttpRequest, answer: Answer, form: AnswerForm, status: int = 200) -> HttpResponse:
    """Return the page of one answer; where someone else has saved meanwhile their text stands beside."""
    read = checklist(answer.assignment, now=clock.now())
    item = next(item for item in read.items if item.position == answer.action.position)
    theirs = answer if form.is_behind else None
    form.saw_current()
    context = {
        "answer": answer,
        "assignment": answer.assignment,
        "directive": answer.assignment.directive,
        "read": read,
        "item": item,
        "form": form,
        "evidence": Evidence.objects.filter(answer=answer, removed_at__isnull=True).select_related("uploaded_by"),
        "theirs": theirs,
        "their_figures": figures(item.kind, theirs),
        "their_tables": row_tables(theirs.rows) if theirs else (),
        **_read_beside(answer),
        "may_edit": answer.assignment.is_editable,
        # Beside another person's text only a press of the button saves.
        "autosaves": answer.assignment.is_editable and theirs is None,
        "is_last": not any(lack.position > item.position for lack in read.missing),
        "has_typed": form.is_bound or form.is_unsaved,
    }
    return render(request, "directives/answer.html", context, status=status)


def _read_beside(answer: Answer) -> dict:
    """Return what an officer reads beside an answer: changes, last time's result, thread, units, weaknesses."""
    assignment, action = answer.assignment, answer.action
    return {
        "amendments": amendments_of_action(assignment.directive, action.position),
        "last_answers": last_answers(answer),
        "thread": thread(assignment, action),
        "saves": answer.revisions.count(),
        "stands_on_last_time": stands_on_last_time(answer),
        "units": units_written(assignment, now=clock.now()) if action.kind == RequiredAction.Kind.CASCADE else None,
        "vulnerabilities": action.vulnerabilities.all(),
    }


def _as_typed(request, pk, position):
    """Return the page of an answer as the person has typed it, saved or not."""
    answer = find_own_answer(request, assignment_id=pk, action__position=position)
    return answer_page(request, answer, AnswerForm.as_typed(answer, request.POST))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown_by(_as_typed)
def answer_edit(request, pk, position):
    """Write one answer: result, figures, note, files."""
    answer = find_own_answer(request, assignment_id=pk, action__position=position)
    if request.method != "POST":
        return answer_page(request, answer, AnswerForm(answer))
    if "more" in request.POST:
        return answer_page(request, answer, AnswerForm.as_typed(answer, request.POST))
    if answer.action.kind == RequiredAction.Kind.CASCADE and (wanted := wishes(request.POST)):
        return _arranged(request, answer, wanted)
    form = AnswerForm(answer, request.POST, request.FILES)
    is_valid = form.is_valid()
    # Files first: a refused text must not cost the person the files chosen with it.
    kept_all = _keep_files(request, answer, form.cleaned_data.get("evidence", ()))
    if not is_valid:
        return answer_page(request, answer, form, UNPROCESSABLE)
    save_answer(answer, actor=request.user, **form.values)
    messages.success(request, _("Action %(number)s was saved.") % {"number": position})
    return _go_on(answer) if kept_all and "next" in request.POST else redirect("directives:answer", pk, position)


def _arranged(request, answer: Answer, wanted: list[str]) -> HttpResponse:
    """Show the page with the rows about units filled or pasted as asked; only files are kept already."""
    _keep_files(request, answer, request.FILES.getlist("evidence"))
    form = AnswerForm.arranged(answer, request.POST, wanted)
    if form.aids.errors or form.aids.problems:
        return answer_page(request, answer, form, UNPROCESSABLE)
    messages.info(request, _("The table is filled in. Look it over, then save; nothing has been saved yet."))
    return answer_page(request, answer, form)


def _keep_files(request, answer: Answer, files) -> bool:
    """Keep each file that can be kept and say how each fared; return whether none was refused."""
    kept_all = True
    for file in files:
        try:
            kept = add_evidence(answer, file, actor=request.user)
        except FileRefused as refusal:
            kept_all = False
            show_refusal(request, refusal)
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": kept.name})
    return kept_all


def _go_on(answer: Answer) -> HttpResponse:
    """Go to the next action that lacks something, after the last one to the check page."""
    later = answer.assignment.answers.filter(action__position__gt=answer.action.position)
    for following in later.select_related("action").prefetch_related("evidence"):
        if following.missing():
            return redirect("directives:answer", answer.assignment_id, following.action.position)
    return redirect("directives:check", answer.assignment_id)


def _answer_as_typed(request, pk):
    """Return the page of the answer whose id the URL gives, as typed."""
    answer = find_own_answer(request, pk=pk)
    return answer_page(request, answer, AnswerForm.as_typed(answer, request.POST))


def _evidence_as_typed(request, pk):
    """Return the page of the answer behind which the file stands, as typed."""
    return _answer_as_typed(request, find_own_evidence(request, pk).answer_id)


def _back(request, answer: Answer, *, kept_all: bool = True) -> HttpResponse:
    """Go back to the answer; where something typed is not saved yet, show it instead of losing it."""
    form = AnswerForm.as_typed(answer, request.POST)
    if form.is_unsaved or not kept_all:
        return answer_page(request, answer, form, 200 if kept_all else UNPROCESSABLE)
    return redirect("directives:answer", answer.assignment_id, answer.action.position)


@require_POST
@refusals_shown_by(_answer_as_typed)
def evidence_add(request, pk):
    """Put files behind an answer."""
    answer = find_own_answer(request, pk=pk)
    files = request.FILES.getlist("evidence")
    if not files:
        messages.warning(request, _("Choose a file first."))
    kept_all = _keep_files(request, answer, files)
    return _back(request, answer, kept_all=kept_all)


@require_POST
@refusals_shown_by(_evidence_as_typed)
def evidence_remove(request, pk):
    """Take a file from behind an answer."""
    evidence = find_own_evidence(request, pk)
    remove_evidence(evidence, actor=request.user)
    messages.success(request, _("“%(name)s” was removed.") % {"name": evidence.name})
    return _back(request, find_own_answer(request, pk=evidence.answer_id))


@require_safe
def evidence_download(request, pk):
    """Hand out a file behind an answer."""
    return download(find_evidence(request, pk))
