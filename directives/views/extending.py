"""More time: an agency asks and may take its request back; the desk answers, or gives it unasked."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from alertdesk.lib import clock
from directives.forms.extending import LOOKING, DecideExtensionForm, ExtensionForm
from directives.models import OWING, Assignment, ExtensionState
from directives.reports.checklist import checklist
from directives.services.errors import DomainError
from directives.services.extending import (
    ask_extension,
    extend_all,
    grant_extension,
    refuse_extension,
    withdraw_request,
)

from .assignments import assignment_page
from .desk import directive_kept, extension_kept, posted, ticked
from .finding import find_own_assignment, find_own_extension
from .refusals import add_refusal, refusals_shown_by

GET_AND_POST = ("GET", "HEAD", "POST")
CALLS_SHOWN = 3


def _form(form_class, request, **kwargs):
    """Return the form as it was sent; after a look at the calendar as typed, and unchecked."""
    if request.POST.get("do") in LOOKING:
        return form_class.looked_up(request.POST, present=kwargs["present"])
    return form_class(posted(request), **kwargs)


def _is_refused(request, form, act) -> int | None:
    """Return the status of a page that is shown again, or None once `act` has been done with what was typed."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return 422
    try:
        act(**form.cleaned_data)
    except DomainError as refusal:
        return add_refusal(form, refusal)
    return None


@require_http_methods(GET_AND_POST)
def extension_ask(request, pk):
    """Ask the desk for a later deadline."""
    assignment = find_own_assignment(request, pk)
    if request.method != "POST" and not _may_ask(assignment):
        messages.warning(request, _("More time cannot be asked for now; this page shows where the report stands."))
        return redirect("directives:assignment", pk)
    form = _form(ExtensionForm, request, present=assignment.due_at)
    status = _is_refused(request, form, lambda **typed: ask_extension(assignment, actor=request.user, **typed))
    if status is None:
        messages.success(request, _("The request for more time is with the desk; until the answer the deadline stays."))
        return redirect("directives:assignment", pk)
    page = {"assignment": assignment, "directive": assignment.directive, "form": form}
    return render(request, "directives/extension_ask.html", page, status=status)


def _may_ask(assignment: Assignment) -> bool:
    """Whether a report is owed and no request for more time is open."""
    return assignment.owes_answer and not assignment.extensions.filter(state=ExtensionState.ASKED).exists()


def _page_of_request(request, pk):
    """Return the page of the assignment that a request belongs to."""
    return assignment_page(request, find_own_extension(request, pk).assignment_id)


@require_POST
@refusals_shown_by(_page_of_request)
def extension_withdraw(request, pk):
    """Take a request back that the desk has not answered."""
    extension = find_own_extension(request, pk)
    withdraw_request(extension, actor=request.user)
    messages.success(request, _("The request for more time is withdrawn; the deadline stays."))
    return redirect("directives:assignment", extension.assignment_id)


@require_http_methods(GET_AND_POST)
def extension_decide(request, pk):
    """Show a request with how far the agency is and what it said on the telephone; grant or refuse it."""
    extension = extension_kept(request, pk)
    form = _form(
        DecideExtensionForm, request, present=extension.assignment.due_at, initial={"until": extension.wanted_until}
    )
    refuses = request.POST.get("do") == "refuse"
    status = _is_refused(request, form, lambda **typed: _decide(extension, request.user, refuses, **typed))
    if status is None:
        messages.success(request, _("The agency is told."))
        return redirect("directives:assignment", extension.assignment_id)
    return _decision_page(request, pk, form, status)


def _decide(extension, actor, refuses, *, until, note):
    if refuses:
        refuse_extension(extension, actor=actor, note=note)
    else:
        grant_extension(extension, actor=actor, until=until, note=note)


def _decision_page(request, pk, form, status):
    extension = extension_kept(request, pk)
    assignment = extension.assignment
    page = {
        "extension": extension,
        "assignment": assignment,
        "directive": assignment.directive,
        "read": checklist(assignment, now=clock.now()),
        "calls": assignment.calls.select_related("called_by")[:CALLS_SHOWN],
        "form": form,
    }
    return render(request, "directives/extension_decide.html", page, status=status)


@require_http_methods(GET_AND_POST)
def extension_give(request, pk):
    """Give one or several agencies of a directive more time that they have not asked for."""
    directive = directive_kept(request, pk)
    chosen = ticked(directive, request.POST if request.method == "POST" else request.GET)
    owing = [assignment for assignment in chosen if assignment.state in OWING]
    if not owing:
        messages.warning(request, _("Tick at least one agency that owes a report."))
        return redirect("directives:board", pk)
    form = _form(ExtensionForm, request, present=_latest_deadline(owing))
    status = _is_refused(request, form, lambda **typed: extend_all(owing, actor=request.user, **typed))
    if status is None:
        said = ngettext("%(count)s agency is given more time.", "%(count)s agencies are given more time.", len(owing))
        messages.success(request, said % {"count": localize(len(owing))})
        return redirect("directives:board", pk) if len(owing) > 1 else redirect("directives:assignment", owing[0].pk)
    others = [assignment for assignment in chosen if assignment not in owing]
    page = {"directive": directive, "owing": owing, "others": others, "form": form}
    return render(request, "directives/extension_give.html", page, status=status)


def _latest_deadline(assignments: list[Assignment]):
    return max(assignment.due_at for assignment in assignments)
