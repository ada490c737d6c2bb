"""Reports received another way, and the call log."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alertdesk.lib import clock
from directives.forms.calling import LogCallForm
from directives.forms.recording import RecordSheet
from directives.services.calling import log_call
from directives.services.errors import DomainError
from directives.services.recording import record_report

from .desk import assignment_kept, posted
from .refusals import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
def report_record(request, pk):
    """Enter a report that came by e-office, e-mail, paper, telephone or chat."""
    assignment = assignment_kept(request, pk)
    today = f"{clock.today():%d/%m/%Y}"
    sheet = RecordSheet(assignment, posted(request), request.FILES or None, initial={"arrived_on": today})
    page = {"assignment": assignment, "directive": assignment.directive, "sheet": sheet}
    if request.method != "POST":
        return render(request, "directives/record.html", page)
    if not sheet.is_valid():
        return render(request, "directives/record.html", page, status=422)
    try:
        submission = record_report(assignment, actor=request.user, **sheet.values)
    except DomainError as refusal:
        status = add_refusal(sheet.form, refusal)
        return render(request, "directives/record.html", page, status=status)
    messages.success(
        request,
        _("Recorded as %(reference)s. It counts on the board and the reminders stop.")
        % {"reference": submission.reference},
    )
    return redirect("directives:board", assignment.directive_id)


@require_http_methods(["GET", "HEAD", "POST"])
def call_log(request, pk):
    """Show the calls about an assignment and note another."""
    assignment = assignment_kept(request, pk)
    agency = assignment.responsible_agency
    form = LogCallForm(posted(request), initial={"spoke_with": agency.contact_name, "telephone": agency.telephone})
    if request.method == "POST" and form.is_valid():
        log_call(assignment, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The call is noted."))
        return redirect("directives:calls", pk)
    page = {
        "assignment": assignment,
        "directive": assignment.directive,
        "agency": agency,
        "form": form,
        "calls": assignment.calls.select_related("called_by"),
    }
    return render(request, "directives/calls.html", page, status=422 if form.errors else 200)
