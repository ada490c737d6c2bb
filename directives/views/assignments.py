"""An assignment as its agency works on it; the desk and leaders read the same page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alertdesk.lib import clock
from directives.forms.sending import AcknowledgeAssignmentForm
from directives.models import Assignment, DirectiveFile, RequiredAction, State
from directives.permissions import can_answer, can_approve, can_discuss, keeps_report
from directives.reports.amendments import amendments_of
from directives.reports.checklist import Checklist, NextStep, checklist
from directives.reports.extensions import latest_extension
from directives.reports.following import report_instead
from directives.reports.history import history, submissions_of, untouched
from directives.reports.incidents import incidents_around
from directives.reports.threads import threads
from directives.services.answering import acknowledge
from directives.services.presetting import opening_is_open, preset_actions

from .check_page import check_page
from .finding import find_assignment, find_own_assignment
from .refusals import refusals_shown_by

FILE_ORDER = list(DirectiveFile.Kind.values)


@require_safe
def assignment_detail(request, pk):
    """Show what is asked, what comes first, the answers so far and what happened."""
    return assignment_page(request, pk)


def assignment_page(request: HttpRequest, pk: int, form: AcknowledgeAssignmentForm | None = None) -> HttpResponse:
    """Return the page of an assignment, perhaps with a form that was not filled in right."""
    assignment = find_assignment(request, pk)
    read = checklist(assignment, now=clock.now())
    may_answer = can_answer(request.user, assignment)
    may_edit = may_answer and assignment.is_editable
    preset = preset_actions(assignment) if may_edit else frozenset()
    context = {
        "assignment": assignment,
        "directive": assignment.directive,
        "read": read,
        "files": sorted(read.files, key=lambda file: FILE_ORDER.index(file.kind)),
        "untouched": [item.position for item in untouched(read)],
        "may_answer": may_answer,
        "may_edit": may_edit,
        "tasks": [item for item in read.items if item.action_id not in preset],
        "preset": [item for item in read.items if item.action_id in preset],
        "opening_is_open": may_edit and opening_is_open(assignment),
        "may_approve": can_approve(request.user, assignment),
        "is_desk": keeps_report(request.user, assignment),
        "next": next_button(read, request.user) if may_answer else None,
        "form": form or AcknowledgeAssignmentForm(),
    }
    context |= _asked(read) | _beside(assignment, request.user)
    return render(request, "directives/assignment.html", context, status=422 if form else 200)


def _asked(read: Checklist) -> dict:
    """Return what the kinds of the required actions lead to: the agency's units, the duty roster."""
    kinds = {item.kind for item in read.items}
    return {
        "asks_units": RequiredAction.Kind.CASCADE in kinds,
        "has_duty": RequiredAction.Kind.LAYERS_AND_DUTY in kinds,
    }


def _beside(assignment: Assignment, user) -> dict:
    """Return what stands beside the required actions: what changed, was sent, was discussed, and what happened."""
    return {
        "amendments": amendments_of(assignment.directive),
        "extension": latest_extension(assignment),
        "around": incidents_around(assignment),
        "submissions": submissions_of(assignment),
        "instead": report_instead(assignment),
        "threads": threads(assignment) if can_discuss(user, assignment) else (),
        "history": history(assignment),
    }


@require_POST
@refusals_shown_by(assignment_page)
def assignment_acknowledge(request, pk):
    """Confirm receipt, perhaps with the agency's own arrival number and date."""
    assignment = find_own_assignment(request, pk)
    form = AcknowledgeAssignmentForm(request.POST)
    if not form.is_valid():
        return assignment_page(request, pk, form)
    acknowledged = acknowledge(assignment, actor=request.user, **form.cleaned_data)
    return redirect("directives:opening" if opening_is_open(acknowledged) else "directives:assignment", pk)


@require_safe
def assignment_check(request, pk):
    """Show all answers once more with what is missing, and the ways to send them."""
    return check_page(request, pk)


def next_button(read: Checklist, user) -> dict | None:
    """Return where the person goes on and what the button says, or None when there is nothing to do."""
    state, pk = read.assignment.state, read.assignment.pk
    again = untouched(read) if state in (State.RETURNED, State.IN_PROGRESS) else ()
    if again:
        return _answer_button(pk, again[0].position, _("Complete action %(number)s"))
    if read.next_step is NextStep.ANSWER or (read.is_amended and read.missing):
        return _answer_button(pk, read.missing[0].position, _("Answer action %(number)s"))
    labels = {NextStep.CHECK: _("Check and send"), NextStep.COMPLETE: _("Check and send")}
    labels[NextStep.APPROVE] = _("Read and approve") if can_approve(user, read.assignment) else _("Read the answers")
    label = labels.get(read.next_step)
    return {"url": reverse("directives:check", args=[pk]), "label": label} if label else None


def _answer_button(pk: int, position: int, label: str) -> dict:
    return {"url": reverse("directives:answer", args=[pk, position]), "label": label % {"number": position}}
