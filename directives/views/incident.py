"""One incident: its clocks and its log, and what the agency and the desk do about it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alertdesk.lib import clock
from directives.forms.incident_acts import (
    AcknowledgeIncidentForm,
    CloseIncidentForm,
    EntryForm,
    NoticeForm,
    ReopenIncidentForm,
)
from directives.models import Incident
from directives.permissions import can_write_incident, keeps_incident
from directives.reports.incident_facts import parts_of
from directives.reports.incidents import log_of
from directives.services.errors import DomainError
from directives.services.incidents import (
    acknowledge_incident,
    add_entry,
    close_incident,
    end_response,
    note_notice,
    reopen_incident,
)

from .finding import find_incident, find_kept_incident, find_own_incident
from .refusals import add_refusal


@require_safe
def incident_detail(request, pk):
    """Show an incident with its clocks, its log and what may be done."""
    return _page(request, find_incident(request, pk))


def _page(request, incident: Incident, *, status: int = 200, **typed):
    """Return the page of an incident; `typed` are forms that were not filled in right."""
    user = request.user
    forms = {
        "entry": EntryForm(),
        "notice": NoticeForm(incident=incident, initial={"given_at": clock.now()}),
        "receipt": AcknowledgeIncidentForm(initial={"contact": user.full_name, "phone": user.telephone}),
        "closing": CloseIncidentForm(instance=incident),
        "reopening": ReopenIncidentForm(),
    }
    context = {
        **forms,
        **typed,
        "typed": list(typed.values()),
        "incident": incident,
        "now": clock.now(),
        "log": log_of(incident),
        "parts": parts_of(incident),
        "may_write": can_write_incident(user, incident.agency),
        "is_desk": keeps_incident(user, incident),
    }
    return render(request, "directives/incident.html", context, status=status)


def _done(request, incident: Incident, name: str, form, act, said: str):
    """Carry out an act with what was typed, or show the page again with the words and the reason."""
    if not form.is_valid():
        return _page(request, incident, status=422, **{name: form})
    try:
        act(form.cleaned_data)
    except DomainError as refusal:
        status = add_refusal(form, refusal)
        return _page(request, find_incident(request, incident.pk), status=status, **{name: form})
    messages.success(request, said)
    return redirect("directives:incident", incident.pk)


@require_POST
def incident_entry(request, pk):
    """Write a line in the log."""
    incident, form = find_incident(request, pk), EntryForm(request.POST)
    said = _("Written in the log.")
    return _done(request, incident, "entry", form, lambda typed: add_entry(incident, actor=request.user, **typed), said)


@require_POST
def incident_acknowledge(request, pk):
    """Confirm receipt for the desk."""
    incident, form = find_kept_incident(request, pk), AcknowledgeIncidentForm(request.POST)

    def act(typed):
        acknowledge_incident(incident, actor=request.user, **typed)

    return _done(request, incident, "receipt", form, act, _("The agency sees that the desk has taken it over."))


@require_POST
def incident_notice(request, pk):
    """Note when a duty was done."""
    incident = find_own_incident(request, pk)
    form = NoticeForm(request.POST, incident=incident)

    def act(typed):
        note_notice(incident, actor=request.user, **typed)

    return _done(request, incident, "notice", form, act, _("The notice is noted."))


@require_POST
def incident_close(request, pk):
    """End an incident with its closing report, or only note when the response ended."""
    incident = find_own_incident(request, pk)
    form = CloseIncidentForm(request.POST, instance=incident)
    act, said = _close, _("The incident has ended with its closing report.")
    if form.only_ended:
        act, said = _end, _("Noted; the time for the closing report runs from then.")
    return _done(request, incident, "closing", form, lambda typed: act(incident, request.user, typed), said)


def _close(incident: Incident, actor, typed: dict) -> None:
    close_incident(incident, actor=actor, values=typed)


def _end(incident: Incident, actor, typed: dict) -> None:
    end_response(incident, actor=actor, ended_at=typed["ended_at"])


@require_POST
def incident_reopen(request, pk):
    """Open an ended incident again, with the reason."""
    incident, form = find_incident(request, pk), ReopenIncidentForm(request.POST)

    def act(typed):
        reopen_incident(incident, actor=request.user, **typed)

    return _done(request, incident, "reopening", form, act, _("The incident is open again."))
