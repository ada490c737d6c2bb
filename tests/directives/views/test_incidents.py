"""The pages of incidents: who reads what, what is refused, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Incident, IncidentNotice, NoIncident
from directives.services.incidents import acknowledge_incident, close_incident
from tests.cast import ISSUED_AT, make_agency, make_user
from tests.directives.incidents import ADDRESS, make_incident, make_values

LIST, REPORT, HOME = reverse("directives:incidents"), reverse("directives:incident_report"), "/"
CLOSING = {"ended_at": "09:00 26/04/2023", "result": "Đã cài lại máy.", "cause": "Mở tệp lạ.", "do": "close"}


@pytest.fixture
def health(assignments):
    return assignments[0]


@pytest.fixture
def incident(cast, health):
    return make_incident(cast, health)


def url(name, pk):
    return reverse(f"directives:{name}", args=[pk])


def text(response):
    return response.content.decode()


def main_of(response):
    return text(response).split("<main")[1].split("</main>")[0]


def typed(cast, health, **fields):
    """Return what the browser sends for a first report."""
    apart = {"agency": cast.health.pk, "assignment": health.pk, "severity": "ordinary"}
    return make_values(**{"detected_at": "07:41 26/04/2023"} | apart | fields)


def test_an_officer_reports_from_a_page_that_knows_the_agency(as_user, cast, health):
    client = as_user(cast.officer)
    page = text(client.get(REPORT))
    for known in ("Sở Y tế", "0256.3800001", "vanthu@syt.example", "Mẫu số 03"):
        assert known in page
    response = client.post(REPORT, typed(cast, health))
    incident = Incident.objects.get()
    assert response.url == url("incident", incident.pk)
    assert (incident.assignment, incident.detected_at) == (health, clock.local(2023, 4, 26, 7, 41))
    assert "còn 4 ngày 22 giờ" in text(client.get(response.url))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"detected_at": "26/04/2023"}, "đủ giờ, phút và ngày"),
        ({"detected_at": "hôm qua"}, "đủ giờ, phút và ngày"),
        ({"detected_at": "23:59 27/04/2023"}, "chưa đến"),
        ({"beyond_capacity_at": "07:40 26/04/2023"}, "từ lúc phát hiện đến hiện tại"),
        ({"told": ["nobody", "provider"]}, "Chỉ đánh dấu"),
        ({"told": []}, "error-summary"),
        ({"found_by": ["telepathy"]}, "error-summary"),
        ({"kind": ""}, "error-summary"),
        ({"severity": "huge"}, "error-summary"),
        ({"reporter_email": "không phải thư"}, "error-summary"),
        ({"assignment": 9_999_999}, "error-summary"),
        ({"agency": 9_999_999}, "error-summary"),
    ],
)
def test_a_report_that_is_refused_stays_as_typed(as_user, cast, health, fields, said):
    response = as_user(cast.officer).post(REPORT, typed(cast, health, **fields))
    assert response.status_code == 422
    assert said in text(response)
    assert "Máy trạm của văn thư hiện cảnh báo mã độc." in text(response)
    assert ADDRESS in text(response)
    assert not Incident.objects.exists()


def test_another_agencys_directive_or_agency_cannot_be_named(as_user, cast, assignments):
    health, town = assignments
    client = as_user(cast.officer)
    assert client.post(REPORT, typed(cast, health, assignment=town.pk)).status_code == 422
    assert client.post(REPORT, typed(cast, health, agency=cast.town.pk)).status_code == 422
    assert not Incident.objects.exists()


def test_strangers_get_404_and_readers_who_may_not_act_403(as_user, cast, incident):
    pages = ("incident_edit", "incident_entry", "incident_acknowledge", "incident_notice", "incident_close")
    for name in ("incident", *pages, "incident_reopen"):
        for user in (cast.leader, cast.admin):
            assert as_user(user).post(url(name, incident.pk)).status_code == 403, name
    for name in ("incident_edit", "incident_notice", "incident_close"):
        assert as_user(cast.staff).post(url(name, incident.pk)).status_code == 403, name
        assert as_user(cast.town_officer).post(url(name, incident.pk)).status_code == 404, name
    assert as_user(cast.town_officer).get(url("incident", incident.pk)).status_code == 404
    assert as_user(cast.officer).post(url("incident_acknowledge", incident.pk)).status_code == 403


def test_a_unit_is_not_read_by_its_neighbours_and_another_provinces_desk_sees_nothing(as_user, cast, incident):
    outside = make_incident(cast)
    province = make_agency("Tỉnh Phú Yên", kind="province")
    stranger = make_user("canbo@phuyen.example", Role.STAFF, make_agency("Sở TT&TT Phú Yên", parent=province))
    for one in (incident, outside):
        assert as_user(stranger).get(url("incident", one.pk)).status_code == 404
        assert as_user(cast.staff).get(url("incident", one.pk)).status_code == 200
    assert "Mã độc" not in main_of(as_user(stranger).get(LIST))


@pytest.mark.parametrize("path", [HOME, LIST])
def test_a_leader_sees_agency_and_state_but_no_detail(as_user, cast, incident, path):
    page = main_of(as_user(cast.leader).get(path))
    assert "Sự cố" in page
    for detail in (ADDRESS, "Mã độc", "cảnh báo mã độc", "0256.3800002", f'href="{url("incident", incident.pk)}"'):
        assert detail not in page
    assert "Sở Y tế" in main_of(as_user(cast.leader).get(LIST))


def test_the_administrator_has_no_page_of_incidents(as_user, cast, incident):
    assert as_user(cast.admin).get(LIST).status_code == 403
    assert "Sự cố" not in text(as_user(cast.admin).get(HOME))


def test_the_desk_acknowledges_and_the_agency_reads_by_whom(as_user, cast, incident):
    assert "Chưa được tiếp nhận" in text(as_user(cast.staff).get(HOME))
    response = as_user(cast.staff).post(url("incident_acknowledge", incident.pk), {"contact": "Chuyên viên A"})
    assert response.url == url("incident", incident.pk)
    assert "Chuyên viên A" in text(as_user(cast.officer).get(response.url))
    again = as_user(cast.second_staff).post(url("incident_acknowledge", incident.pk), {"contact": "Chuyên viên B"})
    assert again.status_code == 409
    assert as_user(cast.staff).post(url("incident_acknowledge", make_incident(cast).pk), {}).status_code == 422


def test_a_notice_is_noted_and_a_wrong_moment_stays_as_typed(as_user, cast, incident):
    client, page = as_user(cast.officer), url("incident_notice", incident.pk)
    wrong = client.post(page, {"limit": "notice_2017", "given_at": "07:00 26/04/2023", "reference": "12/SYT-VP"})
    assert wrong.status_code == 422
    assert 'value="07:00 26/04/2023"' in text(wrong)
    assert "12/SYT-VP" in text(wrong)
    assert client.post(page, {"limit": "closing_2017", "given_at": "08:00 26/04/2023"}).status_code == 422
    assert client.post(page, {"limit": "notice_2017", "given_at": "08:00 26/04/2023"}).status_code == 302
    assert IncidentNotice.objects.get().given_at == clock.local(2023, 4, 26, 8)
    assert "đã thực hiện lúc 08:00 26/04/2023" in text(client.get(url("incident", incident.pk)))
    assert client.post(page, {"limit": "notice_2017", "given_at": "08:00 26/04/2023"}).status_code == 422


def test_the_log_takes_a_line_from_both_sides_and_no_empty_one(as_user, cast, incident):
    page = url("incident_entry", incident.pk)
    for user in (cast.officer, cast.staff):
        assert as_user(user).post(page, {"text": "Đã cô lập <b>máy</b>."}).status_code == 302
    assert "Đã cô lập &lt;b&gt;máy&lt;/b&gt;." in text(as_user(cast.staff).get(url("incident", incident.pk)))
    assert as_user(cast.staff).post(page, {"text": " "}).status_code == 422


def test_closing_needs_its_report_and_the_second_press_is_told(as_user, cast, incident):
    client, page = as_user(cast.officer), url("incident_close", incident.pk)
    refused = client.post(page, CLOSING | {"result": ""})
    assert refused.status_code == 422
    assert "Mở tệp lạ." in text(refused)
    assert client.post(page, CLOSING | {"ended_at": "07:00 26/04/2023"}).status_code == 422
    assert client.post(page, CLOSING).status_code == 302
    assert "Đã cài lại máy." in text(client.get(url("incident", incident.pk)))
    assert client.post(page, CLOSING).status_code == 409


def test_the_end_of_the_response_can_be_noted_before_the_report(as_user, cast, incident):
    client = as_user(cast.officer)
    assert client.post(url("incident_close", incident.pk), CLOSING | {"do": "ended", "result": ""}).status_code == 302
    incident.refresh_from_db()
    assert incident.is_open
    assert "hạn 09:00 01/05/2023" in text(client.get(url("incident", incident.pk)))


def test_an_ended_incident_is_opened_again(as_user, cast, incident):
    close_incident(incident, actor=cast.officer, values={"ended_at": ISSUED_AT, "result": "Xong."})
    client, page = as_user(cast.staff), url("incident_reopen", incident.pk)
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Xuất hiện lại."}).status_code == 302
    assert client.post(page, {"reason": "Xuất hiện lại."}).status_code == 409


def test_a_change_shows_what_is_there_and_is_refused_once_overtaken(as_user, cast, incident):
    client, page = as_user(cast.officer), url("incident_edit", incident.pk)
    shown = text(client.get(page))
    assert 'value="07:41 26/04/2023"' in shown
    assert ADDRESS in shown
    changed = make_values(detected_at="07:41 26/04/2023", severity="serious", version=1)
    acknowledge_incident(incident, actor=cast.staff, contact="Chuyên viên A")
    assert client.post(page, changed).status_code == 302
    assert Incident.objects.get().is_serious
    overtaken = client.post(page, changed | {"description": "Bản khác."})
    assert overtaken.status_code == 409
    assert "Bản khác." in text(overtaken)
    assert client.post(page, changed | {"version": "x"}).status_code == 422


def test_one_press_says_that_nothing_arose_and_a_report_takes_it_back(as_user, cast, health):
    client = as_user(cast.officer)
    assert url("no_incident", health.pk) in text(client.get(LIST))
    assert client.post(url("no_incident", health.pk)).url == LIST
    assert client.post(url("no_incident", health.pk), {"back": "1"}).url == url("assignment", health.pk)
    assert "tính đến 09:00 26/04/2023" in text(client.get(url("assignment", health.pk)))
    client.post(REPORT, typed(cast, health))
    assert not NoIncident.objects.filter(taken_back_at=None).exists()
    assert client.post(url("no_incident", health.pk)).status_code == 422
    assert as_user(cast.staff).post(url("no_incident", health.pk)).status_code == 403
    assert as_user(cast.town_officer).post(url("no_incident", health.pk)).status_code == 404


def test_the_list_puts_the_oldest_deadline_first_and_what_has_ended_last(as_user, cast, assignments):
    late, ended, soon = (
        make_incident(cast, assignments[0], detected_at=ISSUED_AT - timedelta(days=d)) for d in (1, 3, 2)
    )
    close_incident(ended, actor=cast.officer, values={"ended_at": ISSUED_AT, "result": "Xong."})
    lines = as_user(cast.staff).get(LIST).context["lines"]
    assert [line.incident_id for line in lines] == [soon.pk, late.pk, ended.pk]


@pytest.mark.parametrize("role", ["officer", "staff", "leader"])
def test_many_incidents_take_no_more_queries_than_one(as_user, cast, health, django_assert_num_queries, role):
    make_incident(cast, health)
    client = as_user(getattr(cast, role))
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _n in range(5):
        make_incident(cast, health)
    with django_assert_num_queries(len(few)):
        client.get(LIST)


@pytest.mark.parametrize("path", ["incident_acknowledge", "incident_close", "incident_notice", "incident_entry"])
def test_what_only_takes_a_form_cannot_be_opened(as_user, cast, incident, path):
    user = cast.staff if path == "incident_acknowledge" else cast.officer
    assert as_user(user).get(url(path, incident.pk)).status_code == 405
