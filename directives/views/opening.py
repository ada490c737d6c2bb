"""The opening questions of a report, asked once after receipt."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.forms.opening import OpeningForm
from directives.services.presetting import opening_is_open, preset_answers

from .assignments import assignment_page
from .finding import find_own_assignment
from .refusals import refusals_shown_by


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown_by(assignment_page)
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what others run for the agency and answer those actions; once something is written it is over."""
    assignment = find_own_assignment(request, pk)
    if request.method != "POST":
        still_open = opening_is_open(assignment)
        return _page(request, assignment, OpeningForm()) if still_open else redirect("directives:assignment", pk)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _page(request, assignment, form, status=422)
    chosen = preset_answers(assignment, actor=request.user, opening=form.opening)
    if chosen:
        numbers = ", ".join(str(answer.action.position) for answer in chosen)
        messages.success(request, _("“Not applicable” was entered for action %(numbers)s.") % {"numbers": numbers})
    return redirect("directives:assignment", pk)


def _page(request, assignment, form: OpeningForm, *, status: int = 200) -> HttpResponse:
    context = {"assignment": assignment, "directive": assignment.directive, "form": form}
    return render(request, "directives/opening.html", context, status=status)
