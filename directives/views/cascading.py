"""The units of an agency: who has the directive, who gets it now, and who is let go."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from alertdesk.lib import clock
from directives.forms.cascading import PassOnForm
from directives.models import Assignment, DirectiveState
from directives.permissions import can_answer
from directives.reports.units import Units, units_sent, units_written
from directives.services.cascading import pass_on
from directives.services.errors import DomainError
from directives.services.releasing import remove_recipient

from .desk import assignment_kept, posted
from .finding import find_assignment
from .refusals import UNPROCESSABLE, add_refusal, refusals_shown_by


@require_http_methods(("GET", "HEAD", "POST"))
def unit_list(request, pk):
    """Show how far each unit of an agency is; its own people pass the directive on."""
    assignment = find_assignment(request, pk)
    may_answer = can_answer(request.user, assignment)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    read = (units_written if may_answer else units_sent)(assignment, now=clock.now())
    form = PassOnForm(posted(request), offered=read.offered, limit=read.limit)
    if not form.is_bound or not form.is_valid():
        return _page(request, assignment, read, form, UNPROCESSABLE if form.is_bound else 200)
    try:
        made = pass_on(assignment, actor=request.user, **form.cleaned_data)
    except DomainError as refusal:
        return _page(request, assignment, read, form, add_refusal(form, refusal))
    said = ngettext("Passed on to %(count)s unit.", "Passed on to %(count)s units.", len(made))
    messages.success(request, said % {"count": localize(len(made))})
    return redirect("directives:units", pk)


def _page(request: HttpRequest, assignment: Assignment, read: Units, form: PassOnForm, status=200) -> HttpResponse:
    may_answer = can_answer(request.user, assignment)
    page = {
        "assignment": assignment,
        "directive": assignment.directive,
        "read": read,
        "form": form,
        "may_answer": may_answer,
        "may_pass_on": may_answer
        and assignment.owes_answer
        and assignment.directive.state == DirectiveState.ISSUED
        and read.limit > clock.now(),
    }
    return render(request, "directives/units.html", page, status=status)


def _units_as_they_are(request, pk):
    """Return the page of the agency that passed the directive on to the unit."""
    parent = assignment_kept(request, pk).parent
    read = units_written(parent, now=clock.now())
    return _page(request, parent, read, PassOnForm(offered=read.offered, limit=read.limit))


@require_POST
@refusals_shown_by(_units_as_they_are)
def unit_let_go(request, pk):
    """Let a unit go: it no longer has to report to the agency and is told so."""
    unit = assignment_kept(request, pk)
    remove_recipient(unit, actor=request.user)
    messages.success(request, _("%(agency)s is released.") % {"agency": unit.agency_name})
    return redirect("directives:units", unit.parent_id)
