"""What the answer page does behind the typing: save by itself, and take one file at a time."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from agencies.views.renewing import renewed_in_place
from directives.forms.answers import AnswerForm
from directives.models import Answer, AnswerStatus
from directives.reports.checklist import figures
from directives.reports.row_tables import row_tables
from directives.services.answering import add_evidence
from directives.services.autosaving import autosave_answer
from directives.services.errors import DomainError, NotAllowed, Overtaken

from .finding import find_own_answer
from .refusals import CONFLICT, UNPROCESSABLE, lines_of


@renewed_in_place
@require_POST
def answer_autosave(request, pk, position):
    """Save what is being typed and say when; what the service refuses is said and not saved."""
    answer = find_own_answer(request, assignment_id=pk, action__position=position)
    typed = request.POST.copy()
    typed.setdefault("status", AnswerStatus.IN_PROGRESS)  # words without a result yet are work under way
    form = AnswerForm(answer, typed)
    if not form.is_valid():
        return _not_saved(request, form.problems)
    try:
        saved = autosave_answer(answer, actor=request.user, **form.values)
    except Overtaken:
        return _conflict(request, pk, position)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except DomainError as refusal:
        return _not_saved(request, lines_of(refusal))
    return render(request, "directives/_autosaved.html", {"answer": saved})


def _not_saved(request: HttpRequest, lines: list[str]) -> HttpResponse:
    return render(request, "directives/_not_autosaved.html", {"lines": lines}, status=UNPROCESSABLE)


def _conflict(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Show what the other person saved; from here on only a press of the button saves."""
    theirs: Answer = find_own_answer(request, assignment_id=pk, action__position=position)
    context = {"answer": theirs, "theirs": theirs, "their_figures": figures(theirs.action.kind, theirs)}
    context["their_tables"] = row_tables(theirs.rows)
    return render(request, "directives/_autosave_conflict.html", context, status=CONFLICT)


@renewed_in_place
@require_POST
def evidence_upload(request, pk):
    """Keep one file and return its row, or the sentence that says why not."""
    answer = find_own_answer(request, pk=pk)
    file = request.FILES.get("evidence")
    if file is None:
        return HttpResponse(status=UNPROCESSABLE)
    try:
        kept = add_evidence(answer, file, actor=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except DomainError as refusal:
        lines = {"lines": lines_of(refusal)}
        return render(request, "directives/_file_refused.html", lines, status=UNPROCESSABLE)
    return render(request, "directives/_evidence_row.html", {"file": kept}, status=201)
