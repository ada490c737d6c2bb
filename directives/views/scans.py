"""An agency's own scan into its answer about weaknesses: a preview first, then all of it or nothing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.forms.scans import ScanFileForm, ScanReasonForm, remarks, sealed, unsealed
from directives.models import Answer, AnswerRevision, AnswerStatus, RequiredAction
from directives.services.answering import save_answer

from .finding import find_own_answer
from .refusals import UNPROCESSABLE, refusals_shown_by

KEPT = (AnswerStatus.IN_PROGRESS, AnswerStatus.PARTLY, AnswerStatus.DONE)
SHOWN = 100


def _page(request, answer: Answer, form, *, preview=None, reason=None, problems=(), status=200):
    changes = preview.changes(answer) if preview else ()
    context = {
        "answer": answer,
        "assignment": answer.assignment,
        "directive": answer.assignment.directive,
        "form": form,
        "reason": reason or (ScanReasonForm(preview=preview) if preview else None),
        "preview": preview,
        "changes": changes[:SHOWN],
        "more": max(0, len(changes) - SHOWN),
        "problems": problems,
        "sealed": sealed(preview, answer) if preview else "",
        "may_edit": answer.assignment.is_editable,
    }
    return render(request, "directives/scan.html", context, status=status)


def _start(request, pk, position):
    return _page(request, _answer(request, pk, position), ScanFileForm())


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown_by(_start)
def scan_import(request, pk, position):
    """Take a scan's file, show what it would change in the answer, and save it once it is confirmed."""
    answer = _answer(request, pk, position)
    if request.method != "POST":
        return _page(request, answer, ScanFileForm())
    if request.POST.get("do") == "save":
        return _saved(request, answer)
    form = ScanFileForm(request.POST, request.FILES)
    table = form.read() if form.is_valid() else None
    if table is None or table.problems:
        problems = remarks(table) if table else ()
        return _page(request, answer, form, problems=problems, status=UNPROCESSABLE)
    preview = form.preview(table, answer)
    return _page(request, answer, form, preview=preview, status=200 if preview else UNPROCESSABLE)


def _answer(request, pk, position) -> Answer:
    answer = find_own_answer(request, assignment_id=pk, action__position=position)
    if answer.action.kind != RequiredAction.Kind.VULNERABILITIES:
        raise Http404
    return answer


def _saved(request, answer: Answer):
    """Save what was previewed; a preview that is not ours or too old is asked for again."""
    preview = unsealed(request.POST.get("sealed", ""), answer)
    if preview is None:
        messages.error(request, _("The preview is no longer valid. Choose the file again."))
        return _page(request, answer, ScanFileForm(), status=UNPROCESSABLE)
    reason = ScanReasonForm(request.POST, preview=preview)
    if not reason.is_valid():
        return _page(request, answer, ScanFileForm(), preview=preview, reason=reason, status=UNPROCESSABLE)
    said = {name: getattr(answer, name) for name in ("note", "total", "done", "extra", "reference")}
    save_answer(
        answer,
        actor=request.user,
        version=preview.version,
        status=answer.status if answer.status in KEPT else AnswerStatus.IN_PROGRESS,
        rows=reason.reasoned_rows(),
        origin=AnswerRevision.Origin.SCANNED,
        **said,
    )
    messages.success(request, _("The scan's result is in the answer. Please check the numbers and the result."))
    return redirect("directives:answer", answer.assignment_id, answer.action.position)
