"""How an answer came to say what it says, and the start that last time's result can be."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives.forms.answers import AnswerForm
from directives.forms.starting import started_from
from directives.reports.last_time import last_answers
from directives.reports.revisions import revisions
from directives.services.errors import DomainError

from .answers import answer_page
from .finding import find_own_answer
from .refusals import refusals_shown_by

REVISIONS_A_PAGE = 25


@require_safe
def answer_history(request, pk, position):
    """List every save of an answer with what it changed; the agency's own writing is for its own people."""
    answer = find_own_answer(request, assignment_id=pk, action__position=position)
    saves = answer.revisions.select_related("saved_by").order_by("-version")
    page = Paginator(saves, REVISIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "answer": answer,
        "assignment": answer.assignment,
        "directive": answer.assignment.directive,
        "page": page,
        "revisions": revisions(answer, page.object_list),
    }
    return render(request, "directives/answer_history.html", context)


def _as_typed(request, pk, position):
    answer = find_own_answer(request, assignment_id=pk, action__position=position)
    return answer_page(request, answer, AnswerForm.as_typed(answer, request.POST))


@require_POST
@refusals_shown_by(_as_typed)
def answer_from_last(request, pk, position):
    """Fill the form of an empty answer with last time's result and save nothing."""
    answer = find_own_answer(request, assignment_id=pk, action__position=position)
    if not answer.assignment.is_editable or not answer.says_nothing:
        raise DomainError(_("This answer has been begun already, so last time's result is no start for it."))
    chosen = request.POST.get("last", "")
    last = next((one for one in last_answers(answer) if one.said and str(one.assignment_id) == chosen), None)
    if last is None:
        raise DomainError(_("There is no such result of last time."))
    return answer_page(request, answer, started_from(answer, request.POST, last))
