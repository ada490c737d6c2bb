"""Incidents are reported, received, noted, ended and opened again: each verb with its refusals."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Agency, Event, Role
from alertdesk.lib import clock
from directives.models import Incident, IncidentEntry, IncidentState, NoIncident, State
from directives.models.incident_report import Told
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.incidents import (
    acknowledge_incident,
    add_entry,
    change_incident,
    close_incident,
    confirm_none,
    end_response,
    note_notice,
    reopen_incident,
)
from tests.agencies.registers.rows import make_row
from tests.cast import ISSUED_AT, make_agency, make_cast, make_user
from tests.directives.incidents import DETECTED_AT, make_incident, make_values

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
CLOSING = {"ended_at": ISSUED_AT, "result": "Đã cài lại máy, đổi mật khẩu.", "cause": "Mở tệp lạ.", "lessons": ""}


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT + HOUR):
        yield make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


@pytest.fixture
def incident(cast, health):
    return make_incident(cast, health)


def acts_of(incident):
    return [entry.act for entry in incident.entries.order_by("pk")]


def close(incident, cast, **fields):
    return close_incident(incident, actor=cast.officer, values=CLOSING | fields)


def test_a_report_is_kept_with_its_log_and_an_event_of_ids_only(cast, incident):
    assert (incident.state, incident.agency, incident.reported_by) == ("open", cast.health, cast.officer)
    assert acts_of(incident) == ["report"]
    event = Event.objects.get(act="report_incident")
    assert (event.subject_id, event.agency, event.data) == (incident.pk, cast.health, {})


def test_the_registers_system_gives_its_name_and_level(cast, health):
    system = make_row("systems", cast.health, cast.officer, level=3)
    incident = make_incident(cast, health, system=system, system_name="", system_level=None)
    assert (incident.system_name, incident.system_level) == (system.name, 3)
    system.name = "Tên khác"
    system.save()
    incident.refresh_from_db()
    assert incident.system_name != "Tên khác"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"detected_at": ISSUED_AT + timedelta(minutes=1)}, DomainError),
        ({"beyond_capacity_at": DETECTED_AT - timedelta(minutes=1)}, DomainError),
        ({"beyond_capacity_at": ISSUED_AT + timedelta(minutes=1)}, DomainError),
        ({"found_by": []}, Incomplete),
        ({"told": []}, Incomplete),
        ({"told": [Told.NOBODY, Told.PROVIDER]}, DomainError),
    ],
)
def test_a_report_that_does_not_fit_together_is_refused_whole(cast, health, fields, error):
    with pytest.raises(error):
        make_incident(cast, health, **fields)
    assert not Incident.objects.exists()
    assert not Event.objects.filter(act="report_incident").exists()


def test_another_agencys_system_or_directive_is_refused(cast, health):
    with pytest.raises(DomainError):
        make_incident(cast, health, system=make_row("systems", cast.town, cast.town_officer))
    with pytest.raises(DomainError):
        make_incident(cast, health, agency=cast.town, actor=cast.town_officer)


@pytest.mark.parametrize("who", ["town_officer", "staff", "leader", "admin"])
def test_only_the_agency_reports_changes_notes_and_ends(cast, health, incident, who):
    actor = getattr(cast, who)
    refused = [
        lambda: make_incident(cast, health, actor=actor),
        lambda: change_incident(incident, actor=actor, version=1, values=make_values()),
        lambda: note_notice(incident, actor=actor, limit="notice_2017", given_at=ISSUED_AT),
        lambda: end_response(incident, actor=actor, ended_at=ISSUED_AT),
        lambda: close_incident(incident, actor=actor, values=CLOSING),
    ]
    for act in refused:
        with pytest.raises(NotAllowed):
            act()


def test_the_head_reports_too_and_a_parent_agency_for_its_unit(cast):
    assert make_incident(cast, agency=cast.town, actor=cast.head).agency == cast.town
    unit = make_agency("Trung tâm Y tế", kind=Agency.Kind.UNIT, parent=cast.health)
    assert make_incident(cast, agency=unit).agency == unit


@pytest.mark.parametrize("who", ["officer", "town_officer", "leader", "admin"])
def test_only_the_desk_acknowledges(cast, incident, who):
    with pytest.raises(NotAllowed):
        acknowledge_incident(incident, actor=getattr(cast, who), contact="Chuyên viên A")


def test_the_desk_acknowledges_once_and_says_who_has_it(cast, incident):
    with pytest.raises(Incomplete):
        acknowledge_incident(incident, actor=cast.staff, contact=" ")
    acknowledge_incident(incident, actor=cast.staff, contact="Chuyên viên A", phone="0256.2210517")
    assert (incident.desk_contact, incident.acknowledged_by) == ("Chuyên viên A", cast.staff)
    with pytest.raises(Overtaken):
        acknowledge_incident(incident, actor=cast.second_staff, contact="Chuyên viên B")
    assert acts_of(incident) == ["report", "acknowledge"]


def test_an_incident_outside_any_directive_is_the_provinces_desks(cast):
    incident = make_incident(cast)
    elsewhere = make_agency("Sở TT&TT Phú Yên", parent=make_agency("Tỉnh Phú Yên", kind=Agency.Kind.PROVINCE))
    stranger = make_user("canbo@phuyen.example", Role.STAFF, elsewhere)
    with pytest.raises(NotAllowed):
        acknowledge_incident(incident, actor=stranger, contact="Người lạ")
    assert acknowledge_incident(incident, actor=cast.staff, contact="Chuyên viên A").acknowledged_at


def test_agency_and_desk_write_in_the_log_and_nobody_else(cast, incident):
    for actor in (cast.officer, cast.staff):
        add_entry(incident, actor=actor, text="Đã cô lập máy.")
    for actor in (cast.leader, cast.admin, cast.town_officer):
        with pytest.raises(NotAllowed):
            add_entry(incident, actor=actor, text="Đã cô lập máy.")
    with pytest.raises(Incomplete):
        add_entry(incident, actor=cast.officer, text=" \n")
    assert acts_of(incident) == ["report", "note", "note"]
    assert "cô lập" not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_notice_is_noted_once_and_within_its_time(cast, incident):
    for wrong in (DETECTED_AT - timedelta(minutes=1), clock.now() + timedelta(minutes=1)):
        with pytest.raises(DomainError):
            note_notice(incident, actor=cast.officer, limit="notice_2017", given_at=wrong)
    note_notice(incident, actor=cast.officer, limit="notice_2017", given_at=ISSUED_AT, reference="12/SYT")
    with pytest.raises(Overtaken):
        note_notice(incident, actor=cast.officer, limit="notice_2017", given_at=ISSUED_AT)
    assert Incident.objects.get().next_due_at is None


@pytest.mark.parametrize("limit", ["beyond_2017", "closing_2017", "serious_2026", "no such"])
def test_what_is_not_due_or_does_not_bind_cannot_be_noted(cast, incident, limit):
    with pytest.raises(Overtaken):
        note_notice(incident, actor=cast.officer, limit=limit, given_at=ISSUED_AT)


def test_a_change_is_of_the_version_that_was_seen(cast, incident):
    change_incident(incident, actor=cast.officer, version=1, values=make_values(severity="serious"))
    assert (incident.is_serious, incident.version) == (True, 2)
    with pytest.raises(Overtaken):
        change_incident(incident, actor=cast.officer, version=1, values=make_values())
    with pytest.raises(DomainError):
        change_incident(incident, actor=cast.officer, version=2, values=make_values(detected_at=clock.now()))
    acknowledge_incident(incident, actor=cast.staff, contact="Chuyên viên A")
    assert incident.version == 2


def test_the_end_of_the_response_starts_the_last_clock(cast, incident):
    for wrong in (None, DETECTED_AT - HOUR, clock.now() + HOUR):
        with pytest.raises(DomainError):
            end_response(incident, actor=cast.officer, ended_at=wrong)
    end_response(incident, actor=cast.officer, ended_at=ISSUED_AT)
    assert incident.is_open
    (closing,) = [one for one in Incident.objects.get().clocks if one.limit.code == "closing_2017"]
    assert closing.due_at == ISSUED_AT + timedelta(days=5)
    with pytest.raises(DomainError):
        change_incident(incident, actor=cast.officer, version=1, values=make_values(detected_at=ISSUED_AT + HOUR / 2))


def test_an_incident_ends_once_with_its_report(cast, incident):
    with pytest.raises(Incomplete):
        close(incident, cast, result=" ")
    with pytest.raises(Incomplete):
        close(incident, cast, ended_at=None)
    assert Incident.objects.get().is_open
    close(incident, cast)
    assert (incident.state, incident.closed_by, incident.closed_at) == ("closed", cast.officer, clock.now())
    with pytest.raises(Overtaken):
        close(incident, cast)
    with pytest.raises(Overtaken):
        change_incident(incident, actor=cast.officer, version=1, values=make_values())
    assert acts_of(incident) == ["report", "close"]


def test_an_ended_incident_is_opened_again_with_a_reason(cast, incident):
    with pytest.raises(Overtaken):
        reopen_incident(incident, actor=cast.staff, reason="Mã độc xuất hiện lại.")
    close(incident, cast)
    with pytest.raises(NotAllowed):
        reopen_incident(incident, actor=cast.leader, reason="Mã độc xuất hiện lại.")
    with pytest.raises(Incomplete):
        reopen_incident(incident, actor=cast.staff, reason="")
    reopen_incident(incident, actor=cast.staff, reason="Mã độc xuất hiện lại.")
    assert (incident.state, incident.closed_at, incident.ended_at) == (IncidentState.OPEN, None, None)
    assert incident.result == CLOSING["result"]


def test_the_word_of_none_is_taken_back_by_a_report(cast, health):
    word = confirm_none(health, actor=cast.officer)
    make_incident(cast, health)
    word.refresh_from_db()
    assert word.taken_back_at == ISSUED_AT
    with pytest.raises(DomainError):
        confirm_none(health, actor=cast.officer)
    assert Event.objects.filter(act="take_back_no_incident").count() == 1


def test_the_word_of_none_may_be_renewed_and_one_stands(cast, health):
    confirm_none(health, actor=cast.officer)
    confirm_none(health, actor=cast.officer)
    assert NoIncident.objects.filter(taken_back_at=None).count() == 1
    assert NoIncident.objects.count() == 2


def test_the_word_of_none_is_the_agencys_and_only_while_it_is_asked(cast, health):
    for actor in (cast.staff, cast.leader, cast.town_officer, cast.admin):
        with pytest.raises(NotAllowed):
            confirm_none(health, actor=actor)
    health.state = State.WITHDRAWN
    health.save()
    with pytest.raises(DomainError):
        confirm_none(health, actor=cast.officer)


def test_an_incident_outside_the_directive_leaves_the_word_alone(cast, health):
    confirm_none(health, actor=cast.officer)
    make_incident(cast)
    assert NoIncident.objects.filter(taken_back_at=None).exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"severity": "huge"},
        {"system_level": 6},
        {"description": ""},
        {"state": "closed"},
        {"ended_at": DETECTED_AT - HOUR},
        {"beyond_capacity_at": DETECTED_AT - HOUR},
    ],
)
def test_the_database_holds_the_rules_too(incident, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.update(**broken)


def test_the_database_takes_no_empty_note(cast, incident):
    with pytest.raises(IntegrityError), transaction.atomic():
        IncidentEntry.objects.create(incident=incident, text="", written_by=cast.officer)
