"""Incidents of an agency, of a desk, or as a leader counts them; reporting one, and saying that none arose."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.models import Role
from alertdesk.lib import clock
from directives.forms.incidents import ReportIncidentForm, first_values
from directives.models import Assignment, DirectiveState, Incident, State
from directives.permissions import agencies_written_by
from directives.reports.incidents import chosen, incident_lines, word_of_none
from directives.services.errors import DomainError
from directives.services.incidents import change_incident, confirm_none, report_incident

from .assignments import assignment_page
from .desk import posted
from .finding import find_own_assignment, find_own_incident
from .refusals import add_refusal, refusals_shown_by

GET_AND_POST = ("GET", "HEAD", "POST")
WRITERS = {Role.OFFICER, Role.HEAD}


@require_safe
def incident_list(request):
    """List what the person may know of incidents: their agency's and their desk's in full, a leader's as counts."""
    roles, now = request.user.roles, clock.now()
    readable = Incident.objects.visible_to(request.user)
    counted = Incident.objects.counted_for(request.user).exclude(pk__in=readable.values("pk"))
    wanted = {"directive_id": request.GET.get("directive", ""), "state": request.GET.get("state", "")}
    context = {
        "now": now,
        "is_filtered": any(wanted.values()),
        "lines": chosen(incident_lines(readable, now=now), **wanted) if roles - {Role.LEADER, Role.ADMIN} else (),
        "counted": chosen(incident_lines(counted, now=now), **wanted) if Role.LEADER in roles else (),
        "may_report": bool(roles & WRITERS),
        "is_desk": Role.STAFF in roles,
        "is_leader": Role.LEADER in roles,
        "own": [(one, word_of_none(one)) for one in _own_running(request.user)] if roles & WRITERS else (),
    }
    return render(request, "directives/incidents.html", context)


def _own_running(user):
    """Return the assignments of running directives for which the person may say that no incident arose."""
    running = Assignment.objects.filter(responsible_agency__in=agencies_written_by(user))
    running = running.filter(directive__state=DirectiveState.ISSUED).exclude(state=State.WITHDRAWN)
    return running.filter(incidents=None).select_related("directive").order_by("-directive_id", "position")


@require_http_methods(GET_AND_POST)
def incident_report(request):
    """Report an incident of one of the person's agencies."""
    form = ReportIncidentForm(posted(request), user=request.user, initial=_beginning(request))
    if request.method != "POST":
        return render(request, "directives/incident_report.html", {"form": form})
    if not form.is_valid():
        return render(request, "directives/incident_report.html", {"form": form}, status=422)
    of = {"agency": form.cleaned_data["agency"], "assignment": form.cleaned_data["assignment"]}
    try:
        incident = report_incident(**of, actor=request.user, values=form.values)
    except DomainError as refusal:
        status = add_refusal(form, refusal)
        return render(request, "directives/incident_report.html", {"form": form}, status=status)
    messages.success(request, _("The incident is reported; the desk sees it now."))
    return redirect("directives:incident", incident.pk)


def _beginning(request) -> dict:
    agency = agencies_written_by(request.user).prefetch_related("names", "parent__names").first()
    latest = _own_running_of(agency)
    return first_values(request.user, agency, latest)


def _own_running_of(agency) -> Assignment | None:
    running = Assignment.objects.filter(responsible_agency=agency, directive__state=DirectiveState.ISSUED)
    return running.exclude(state=State.WITHDRAWN).order_by("pk").last()


@require_http_methods(GET_AND_POST)
def incident_edit(request, pk):
    """Correct or complete the first report of an open incident."""
    incident = find_own_incident(request, pk)
    form = ReportIncidentForm(posted(request), user=request.user, instance=incident)
    page = {"form": form, "incident": incident}
    if request.method != "POST":
        return render(request, "directives/incident_report.html", page)
    if not form.is_valid():
        return render(request, "directives/incident_report.html", page, status=422)
    version = form.cleaned_data["version"] or 0
    try:
        change_incident(incident, actor=request.user, version=version, values=form.values)
    except DomainError as refusal:
        return render(request, "directives/incident_report.html", page, status=add_refusal(form, refusal))
    messages.success(request, _("The report has been changed."))
    return redirect("directives:incident", pk)


@require_POST
@refusals_shown_by(assignment_page)
def no_incident(request, pk):
    """Say that no incident arose up to now around the holiday of one directive."""
    assignment = find_own_assignment(request, pk)
    confirm_none(assignment, actor=request.user)
    messages.success(request, _("Noted: no incident arose up to now."))
    return redirect("directives:assignment" if "back" in request.POST else "directives:incidents", *_back(request, pk))


def _back(request, pk) -> list[int]:
    return [pk] if "back" in request.POST else []
