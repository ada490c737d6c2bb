"""The pages of the directory: one agency, its details, the file's preview and confirmation."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Agency, AgencyName, Event, User
from agencies.services.directory.exporting import agency_table
from agencies.services.keeping import fingerprint
from alertdesk.lib.tables import read_table, write_csv, write_xlsx
from tests.cast import make_agency, make_cast

pytestmark = pytest.mark.django_db
IMPORT, EXPORT = reverse("agencies:import"), reverse("agencies:export")


@pytest.fixture
def cast(client):
    cast = make_cast()
    client.force_login(cast.staff)
    return cast


def details(agency, **changed):
    values = {"code": "", "mailbox": "syt@binhdinh.example", "telephone": "0256.3800001", "contact_name": "Lê A"}
    return values | {"aliases": "Sở Y tế BĐ\nY tế", "seen": fingerprint(agency)} | changed


def edit(client, agency, **changed):
    return client.post(reverse("agencies:edit", args=[agency.pk]), details(agency, **changed))


def upload(client, data, name="danh-muc.csv", what="agencies"):
    return client.post(IMPORT, {"what": what, "upload": SimpleUploadedFile(name, data)})


def test_an_agencys_page_shows_its_names_people_and_code(client, cast):
    Agency.objects.filter(pk=cast.health.pk).update(code="000.03.12.H08", code_key="H08.12.03")
    page = client.get(reverse("agencies:agency", args=[cast.health.pk])).content.decode()
    for said in ("Sở Y tế", "vanthu@syt.example", "000.03.12.H08", "H08.12.03", "syt@binhdinh.example"):
        assert said in page


def test_a_page_with_nothing_to_show_says_what_to_do(client, cast):
    empty = make_agency("Sở Trống", parent=cast.province)
    page = client.get(reverse("agencies:agency", args=[empty.pk])).content.decode()
    assert IMPORT in page
    AgencyName.objects.filter(agency=empty).delete()
    assert client.get(reverse("agencies:agency", args=[empty.pk])).status_code == 200


def test_the_list_finds_an_agency_by_another_name_it_goes_by(client, cast):
    cast.health.names.update(aliases=["Bệnh viện trung tâm"])
    page = client.get(reverse("agencies:directory"), {"q": "benh vien"}).content.decode()
    assert "Sở Y tế" in page
    assert "Quy Nhơn" not in page


def test_saved_details_are_kept_with_an_event(client, cast):
    assert edit(client, cast.health, code="000.03.12.H08").status_code == 302
    agency = Agency.objects.get(pk=cast.health.pk)
    assert (agency.code, agency.code_key, agency.contact_name) == ("000.03.12.H08", "H08.12.03", "Lê A")
    assert agency.current_name.aliases == ["Sở Y tế BĐ", "Y tế"]
    event = Event.objects.get(act="agency_change")
    assert set(event.data["fields"]) == {"code", "contact_name", "aliases"}


@pytest.mark.parametrize("changed", [{"code": "H8"}, {"mailbox": "khong"}, {"aliases": "x" * 201}])
def test_unfit_details_are_said_and_nothing_is_saved(client, cast, changed):
    assert edit(client, cast.health, **changed).status_code == 422
    assert Agency.objects.get(pk=cast.health.pk).contact_name == ""


def test_a_code_that_another_agency_has_in_the_other_form_is_refused(client, cast):
    Agency.objects.filter(pk=cast.town.pk).update(code="H08.12.03", code_key="H08.12.03")
    response = edit(client, cast.health, code="000.03.12.H08")
    assert response.status_code == 422
    assert "Quy Nhơn" in response.content.decode()


def test_details_changed_by_another_meanwhile_are_not_overwritten(client, cast):
    values = details(cast.health)
    Agency.objects.filter(pk=cast.health.pk).update(telephone="1")
    assert client.post(reverse("agencies:edit", args=[cast.health.pk]), values).status_code == 409
    assert Agency.objects.get(pk=cast.health.pk).contact_name == ""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["agencies", "people"])
def test_an_exported_file_is_one_that_the_import_finds_unchanged(client, cast, what, form):
    response = client.get(EXPORT, {"what": what, "as": form})
    assert f'.{form}"' in response.headers["Content-Disposition"]
    assert len(read_table(response.content, max_rows=50)) > 4
    again = upload(client, response.content, f"t.{form}", what)
    assert again.status_code == 200
    assert again.context["preview"].plan.unchanged == len(again.context["preview"].plan.lines) > 3
    assert "ticket" not in again.content.decode()


def test_a_file_is_shown_first_and_written_once_confirmed(client, cast):
    table = agency_table(cast.staff)
    next(row for row in table if row[1] == "Sở Y tế")[9] = "0256.3899999"
    shown = upload(client, write_xlsx(table, title="t"), "t.xlsx")
    assert "0256.3899999" in shown.content.decode()
    assert Agency.objects.get(pk=cast.health.pk).telephone == "0256.3800001"
    ticket = shown.context["preview"].ticket
    assert client.post(IMPORT, {"ticket": ticket}).status_code == 302
    assert Agency.objects.get(pk=cast.health.pk).telephone == "0256.3899999"
    assert client.post(IMPORT, {"ticket": ticket}).status_code == 409


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 422), (b"%PDF-1.7", 422), (b"x" * 2_200_000, 422), (write_csv([["name"], ["A"]]), 422)],
)
def test_a_wrong_file_is_refused_on_the_page(client, cast, data, status):
    assert upload(client, data).status_code == status
    assert not Event.objects.filter(act="import_agencies").exists()


def test_a_forged_confirmation_is_refused(client, cast):
    assert client.post(IMPORT, {"ticket": "abc"}).status_code == 422


def test_a_row_of_people_with_an_error_is_named_on_the_page(client, cast):
    head = ["email", "full_name", "agency", "role"]
    response = upload(client, write_csv([head, ["sai", "Lê A", "Sở Y tế", "officer"]]), what="people")
    assert response.status_code == 422
    assert "sai" in response.content.decode()
    assert not User.objects.filter(full_name="Lê A").exists()
