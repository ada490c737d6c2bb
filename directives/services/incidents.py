"""An incident from its report to its end, and the word that none arose; the log of it is written along the way."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import Assignment, Incident, IncidentEntry, IncidentNotice, IncidentState, NoIncident, State
from directives.models.incident_report import Told
from directives.permissions import can_answer, can_handle_incident, can_write_incident, keeps_incident

from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .transitions import locked

Act = IncidentEntry.Act


@transaction.atomic
def report_incident(agency: Agency, *, actor: User, values: dict, assignment: Assignment | None = None) -> Incident:
    """Report an incident of an agency; `values` are the fields of form 03 and what the law asks about.

    A word that none arose is taken back; raises Incomplete where something of the form does not fit together.
    """
    if not can_write_incident(actor, agency):
        raise NotAllowed
    if assignment and assignment.responsible_agency_id != agency.pk:
        raise DomainError(_("This directive was not put to the agency that reports the incident."))
    now = clock.now()
    _require_sense(values, agency, now)
    incident = Incident.objects.create(
        agency=agency, assignment=assignment, reported_at=now, reported_by=actor, **_with_system(values)
    )
    record_event("report_incident", incident, actor=actor, agency=agency)
    _enter(incident, Act.REPORT, actor)
    if assignment:
        _take_back(locked(assignment), actor)
    return incident


@transaction.atomic
def change_incident(incident: Incident, *, actor: User, version: int, values: dict) -> Incident:
    """Correct or complete the first report as it was seen in `version`, while the incident is open."""
    if not can_write_incident(actor, incident.agency):
        raise NotAllowed
    _require_sense(values, incident.agency, clock.now())
    if values["detected_at"] > min(incident.reported_at, incident.ended_at or incident.reported_at):
        raise DomainError(_("The incident was reported, or its response ended, before that moment."))
    _update(incident, _with_system(values) | {"version": F("version") + 1}, version=version, state=IncidentState.OPEN)
    record_event("change_incident", incident, actor=actor, agency=incident.agency, version=incident.version)
    _enter(incident, Act.CHANGE, actor)
    return incident


@transaction.atomic
def add_entry(incident: Incident, *, actor: User, text: str) -> IncidentEntry:
    """Write down what was done about an incident, or what is asked; the agency and the desk alike."""
    if not can_handle_incident(actor, incident):
        raise NotAllowed
    if not text.strip():
        raise Incomplete(_("Write what was done first."))
    entry = _enter(incident, Act.NOTE, actor, text)
    record_event("incident_entry", incident, actor=actor, agency=incident.agency, entry=entry.pk)
    return entry


@transaction.atomic
def acknowledge_incident(incident: Incident, *, actor: User, contact: str, phone: str = "") -> Incident:
    """Confirm to the agency that the desk has the report and who there has taken it over."""
    if not keeps_incident(actor, incident):
        raise NotAllowed
    if not contact.strip():
        raise Incomplete(_("Say who at the desk has taken it over."))
    changes = {"acknowledged_at": clock.now(), "acknowledged_by": actor, "desk_contact": contact, "desk_phone": phone}
    _update(incident, changes, acknowledged_at=None)
    record_event("acknowledge_incident", incident, actor=actor, agency=incident.agency)
    _enter(incident, Act.ACKNOWLEDGE, actor)
    return incident


@transaction.atomic
def note_notice(
    incident: Incident, *, actor: User, limit: str, given_at: datetime, reference: str = ""
) -> IncidentNotice:
    """Note that a duty of the table of limits was done, at the moment when it was."""
    if not can_write_incident(actor, incident.agency):
        raise NotAllowed
    incident = _locked(incident)
    found = next((one for one in incident.clocks if one.limit.code == limit and one.may_be_noted), None)
    if found is None:
        raise Overtaken
    if not found.starts_at <= given_at <= clock.now():
        raise DomainError(_("The notice lies between the moment from which the time runs and now."))
    notice = IncidentNotice.objects.create(
        incident=incident, limit=limit, given_at=given_at, reference=reference, noted_by=actor
    )
    record_event("incident_notice", incident, actor=actor, agency=incident.agency, limit=limit)
    _enter(incident, Act.NOTIFY, actor, limit)
    return notice


@transaction.atomic
def end_response(incident: Incident, *, actor: User, ended_at: datetime | None) -> Incident:
    """Note when the response ended, from which the time for the closing report runs."""
    _require_end(incident, actor, ended_at)
    _update(incident, {"ended_at": ended_at}, state=IncidentState.OPEN)
    record_event("end_incident", incident, actor=actor, agency=incident.agency)
    _enter(incident, Act.END, actor)
    return incident


@transaction.atomic
def close_incident(incident: Incident, *, actor: User, values: dict) -> Incident:
    """End an open incident with its closing report (form 04): when the response ended and how it was solved."""
    _require_end(incident, actor, values.get("ended_at"))
    if not (values.get("result") or "").strip():
        raise Incomplete(_("Say how the incident was solved."))
    closed = {"state": IncidentState.CLOSED, "closed_at": clock.now(), "closed_by": actor}
    _update(incident, values | closed, state=IncidentState.OPEN)
    record_event("close_incident", incident, actor=actor, agency=incident.agency)
    _enter(incident, Act.CLOSE, actor)
    return incident


@transaction.atomic
def reopen_incident(incident: Incident, *, actor: User, reason: str) -> Incident:
    """Open an ended incident again, with the reason; its closing report stays to be completed."""
    if not can_handle_incident(actor, incident):
        raise NotAllowed
    if not reason.strip():
        raise Incomplete(_("Say why the incident is opened again."))
    opened = {"state": IncidentState.OPEN, "closed_at": None, "closed_by": None, "ended_at": None}
    _update(incident, opened, state=IncidentState.CLOSED)
    record_event("reopen_incident", incident, actor=actor, agency=incident.agency)
    _enter(incident, Act.REOPEN, actor, reason)
    return incident


@transaction.atomic
def confirm_none(assignment: Assignment, *, actor: User) -> NoIncident:
    """Say for an agency that no incident arose up to now; an earlier word of the same is replaced.

    Raises DomainError where one was reported around this holiday, or no report is asked for any more.
    """
    assignment = locked(assignment)
    if not can_answer(actor, assignment):
        raise NotAllowed
    if assignment.state == State.WITHDRAWN:
        raise DomainError(_("This directive is no longer required of your agency."))
    if assignment.incidents.exists():
        raise DomainError(_("An incident was reported around this holiday, so it cannot be said that none arose."))
    _take_back(assignment, actor)
    try:
        with transaction.atomic():
            word = NoIncident.objects.create(assignment=assignment, confirmed_at=clock.now(), confirmed_by=actor)
    except IntegrityError as twice:
        raise Overtaken from twice
    record_event("confirm_no_incident", word, actor=actor, agency=assignment.agency)
    return word


def _take_back(assignment: Assignment, actor: User) -> None:
    """Let an earlier word that none arose stand no more."""
    for word in assignment.no_incidents.filter(taken_back_at=None):
        NoIncident.objects.filter(pk=word.pk, taken_back_at=None).update(taken_back_at=clock.now())
        record_event("take_back_no_incident", word, actor=actor, agency=assignment.agency)


def _locked(incident: Incident) -> Incident:
    """Return the incident as it is now, held until the end of the transaction."""
    return Incident.objects.select_for_update().get(pk=incident.pk)


def _update(incident: Incident, changes: dict, **as_seen) -> None:
    """Change an incident that still is `as_seen` by one conditional update; raise Overtaken otherwise."""
    held = Incident.objects.filter(pk=incident.pk, **as_seen)
    if not held.update(**changes):
        raise Overtaken
    incident.refresh_from_db()


def _enter(incident: Incident, act: str, actor: User, text: str = "") -> IncidentEntry:
    return IncidentEntry.objects.create(incident=incident, act=act, text=text, written_by=actor, written_at=clock.now())


def _with_system(values: dict) -> dict:
    """Return the values with the name and the level of the register's system where none were typed."""
    system = values.get("system")
    if system is None:
        return values
    name, level = values.get("system_name") or system.name, values.get("system_level") or system.level
    return values | {"system_name": name, "system_level": level}


def _require_end(incident: Incident, actor: User, ended_at: datetime | None) -> None:
    if not can_write_incident(actor, incident.agency):
        raise NotAllowed
    if ended_at is None:
        raise Incomplete(_("Say when the response ended."))
    if not incident.detected_at <= ended_at <= clock.now():
        raise DomainError(_("The response ended between the detection of the incident and now."))


def _require_sense(values: dict, agency: Agency, now: datetime) -> None:
    """Refuse moments out of their order, another agency's system, and lists that say nothing or two things at once."""
    beyond = values.get("beyond_capacity_at")
    if values["detected_at"] > now or (beyond and not values["detected_at"] <= beyond <= now):
        raise DomainError(_("The moments of an incident lie between its detection and now."))
    system = values.get("system")
    if system and system.agency_id != agency.pk:
        raise DomainError(_("This system is not in the register of the agency."))
    if not values["found_by"] or not values["told"]:
        raise Incomplete(_("Tick how the incident was detected, and who has been notified already."))
    if Told.NOBODY in values["told"] and len(values["told"]) > 1:
        raise DomainError(_("Tick either “Nobody yet” or who has been notified."))
