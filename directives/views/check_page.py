"""The page on which an agency checks its answers and sends them; sending comes back to it when refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alertdesk.lib import clock
from directives.forms.sending import StopApprovalForm, SubmitReportForm
from directives.models import RequiredAction, State
from directives.permissions import can_approve, needs_approval
from directives.reports.checklist import Checklist, checklist
from directives.reports.history import untouched
from directives.reports.units import units_written
from directives.services.issued_papers import reply_given_since_sent
from directives.services.submitting import reading_of

from .finding import find_own_assignment


def check_page(request: HttpRequest, pk: int, **forms) -> HttpResponse:
    """Return the check page, perhaps with a `send` or `stop` form that was not filled in right."""
    assignment = find_own_assignment(request, pk)
    read = checklist(assignment, now=clock.now())
    context = {
        "assignment": assignment,
        "directive": assignment.directive,
        "read": read,
        "untouched": untouched(read),
        "at_work": assignment.state == State.IN_PROGRESS,
        "at_head": assignment.state == State.AWAITING_APPROVAL,
        "may_send": assignment.state in (State.IN_PROGRESS, State.AWAITING_APPROVAL) and not read.missing,
        "may_approve": can_approve(request.user, assignment),
        "needs_approval": needs_approval(request.user, assignment),
        "open_units": units_written(assignment, now=clock.now()).counts.open if _asks_units(read) else 0,
        "seen": reading_of(assignment),
        "send": SubmitReportForm(initial=reply_given_since_sent(assignment)),
        "stop": StopApprovalForm(),
    }
    return render(request, "directives/check.html", context | forms, status=422 if forms else 200)


def _asks_units(read: Checklist) -> bool:
    return any(item.kind == RequiredAction.Kind.CASCADE for item in read.items)
