"""The pages of the registers: who opens them, what they take, and what they say when they refuse."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import REGISTERS, InformationSystem, Membership, Register, RegisterConfirmation, Role
from agencies.services.registers import seen_as
from alertdesk.lib.carrying import unpack
from alertdesk.lib.tables import read_table, write_csv
from tests.agencies.registers.rows import FULL, LEAST, make_row
from tests.cast import make_agency, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(client):
    cast = make_cast()
    client.force_login(cast.officer)
    return cast


@pytest.fixture
def row(cast):
    return make_row("systems", cast.health, cast.officer)


def at(name, *args):
    return reverse(f"agencies:{name}", args=args)


def typed(register, **changed):
    """Return a row as a browser sends it: days in our order, an unticked box not at all."""
    values = FULL[register] | {"decided_on": "12/11/2022", "assessed_on": "01/02/2023"} | changed
    return {name: "on" if value is True else value for name, value in values.items() if value not in (False, None)}


def text(response):
    return response.content.decode()


def test_one_agency_is_shown_at_once_and_several_are_listed(client, cast):
    assert client.get(at("own_registers")).url == at("registers", cast.health.pk)
    make_agency("Trung tâm Y tế", parent=cast.health, kind="unit")
    page = text(client.get(at("own_registers")))
    assert "Trung tâm Y tế" in page
    assert "Quy Nhơn" not in page
    client.force_login(cast.staff)
    assert "Quy Nhơn" in text(client.get(at("own_registers")))


def test_the_list_asks_the_database_as_often_for_twenty_agencies_as_for_a_few(client, cast):
    client.force_login(cast.staff)
    few = queries_of(client, at("own_registers"))
    for number in range(20):
        make_row("duty", make_agency(f"Sở {number}", parent=cast.province), cast.officer)
    assert queries_of(client, at("own_registers")) == few


def test_a_register_asks_the_database_as_often_for_twenty_rows_as_for_one(client, cast, row):
    one = queries_of(client, at("register", cast.health.pk, "systems"))
    for number in range(20):
        make_row("systems", cast.health, cast.officer, name=f"Hệ thống {number}")
    assert queries_of(client, at("register", cast.health.pk, "systems")) == one


def queries_of(client, page):
    """Return how many queries a page makes, once what is cached is."""
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)


def test_the_cards_say_how_many_rows_and_whether_they_are_confirmed(client, cast, row):
    page = text(client.get(at("registers", cast.health.pk)))
    assert "chưa xác nhận" in page
    for register in Register:
        assert str(register.label) in page
        assert at("register", cast.health.pk, register.value) in page


@pytest.mark.parametrize("register", Register.values)
def test_a_row_is_added_changed_and_taken_out(client, cast, register):
    model, page = REGISTERS[register], at("register", cast.health.pk, register)
    assert client.get(page).status_code == 200
    added = client.post(page, typed(register))
    assert (added.status_code, added.url) == (302, page)
    row = model.objects.get()
    assert {name: getattr(row, name) for name in model.FIELDS} == FULL[register]
    assert str(row) in text(client.get(page))
    own = at("register_row", register, row.pk)
    assert client.get(own).status_code == 200
    key = model.KEY[0]
    changed = client.post(own, typed(register, **{key: "Tên khác"}) | {"version": "1"})
    assert (changed.status_code, changed.url) == (302, page)
    row.refresh_from_db()
    assert (getattr(row, key), row.version) == ("Tên khác", 2)
    assert client.post(at("register_remove", register, row.pk), {"version": "2"}).status_code == 302
    assert client.get(own).status_code == 404
    assert not model.objects.kept().exists()


def test_typed_text_is_squeezed_and_addresses_are_in_lower_case(client, cast):
    page = at("register", cast.health.pk, "duty")
    client.post(page, typed("duty", name="  Nguyễn \r\n Đức  Ý ", email="Y@SYT.example"))
    row = REGISTERS["duty"].objects.get()
    assert (row.name, row.email) == ("Nguyễn Đức Ý", "y@syt.example")


@pytest.mark.parametrize(
    ("register", "changed", "said"),
    [
        ("systems", {"name": ""}, "bắt buộc"),
        ("systems", {"level": "9"}, "9"),
        ("systems", {"decided_on": "30/02/2023"}, "ngày"),
        ("systems", {"approval": "drafted"}, "Chỉ ghi quyết định khi"),
        ("systems", {"assessed_by": ""}, "phải ghi đơn vị đánh giá"),
        ("machines", {"machines": "0"}, "1"),
        ("machines", {"machines": "-5"}, "1"),
        ("portals", {"url": "javascript:alert(1)"}, "http://"),
        ("duty", {"email": "khong"}, "thư"),
        ("duty", {"name": "N" * 101}, "100"),
    ],
)
def test_an_unfit_row_is_refused_beside_what_was_typed(client, cast, register, changed, said):
    response = client.post(at("register", cast.health.pk, register), typed(register, **changed))
    assert response.status_code == 422
    assert said in text(response)
    assert not REGISTERS[register].objects.exists()


def test_the_same_name_twice_is_said_on_the_form(client, cast, row):
    response = client.post(at("register", cast.health.pk, "systems"), typed("systems"))
    assert response.status_code == 422
    assert "đã có hệ thống mang tên này" in text(response)
    other = make_row("systems", cast.health, cast.officer, name="Khác")
    again = client.post(at("register_row", "systems", other.pk), typed("systems") | {"version": "1"})
    assert again.status_code == 422
    assert InformationSystem.objects.get(pk=other.pk).name == "Khác"


@pytest.mark.parametrize("version", ["2", "0", "", "abc", "9" * 30])
def test_a_row_seen_in_another_version_is_not_overwritten(client, cast, row, version):
    sent = typed("systems", operator="Vừa gõ") | {"version": version}
    response = client.post(at("register_row", "systems", row.pk), sent)
    assert response.status_code in {409, 422}
    assert "Vừa gõ" in text(response)
    assert client.post(at("register_remove", "systems", row.pk), {"version": version}).status_code == 409
    row.refresh_from_db()
    assert (row.version, row.operator, row.removed_at) == (1, FULL["systems"]["operator"], None)


def test_a_row_taken_out_meanwhile_keeps_what_was_typed_on_the_page(client, cast, row):
    client.post(at("register_remove", "systems", row.pk), {"version": "1"})
    response = client.post(at("register_row", "systems", row.pk), typed("systems", operator="Vừa gõ", version="1"))
    assert response.status_code == 409
    assert "Vừa gõ" in text(response)


def test_still_right_is_noted_once_and_only_for_what_was_seen(client, cast, row):
    page = at("register_confirm", cast.health.pk, "systems")
    assert client.post(page, {"seen": "cũ"}).status_code == 409
    assert client.post(page).status_code == 409
    assert client.post(page, {"seen": seen_as(cast.health, "systems")}).status_code == 302
    assert RegisterConfirmation.objects.get().confirmed_by == cast.officer
    shown = text(client.get(at("registers", cast.health.pk)))
    assert "đã xác nhận" in shown
    assert page not in shown, "a confirmed register does not ask again"


PAGES = ["registers", "register", "register_export"]


def address(name, cast, row):
    if name in ("register_row", "register_remove"):
        return at(name, "systems", row.pk)
    return at(name, cast.health.pk, *(["systems"] if name != "registers" else []))


@pytest.mark.parametrize("name", [*PAGES, "register_import", "register_row"])
@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("officer", 200, 200), ("head", 404, 404), ("town_officer", 404, 404), ("staff", 200, 403),
        ("leader", 403, 403), ("admin", 403, 403),
    ],
)  # fmt: skip
def test_a_register_is_open_to_its_agency_and_read_by_the_desk(client, cast, row, name, who, reads, writes):
    client.force_login(getattr(cast, who))
    assert client.get(address(name, cast, row)).status_code == (reads if name in PAGES else writes)


@pytest.mark.parametrize("name", ["register", "register_row", "register_remove", "register_confirm", "register_import"])
@pytest.mark.parametrize(("who", "status"), [("staff", 403), ("leader", 403), ("admin", 403), ("town_officer", 404)])
def test_nobody_else_writes_in_it(client, cast, row, name, who, status):
    client.force_login(getattr(cast, who))
    assert client.post(address(name, cast, row), typed("systems", version="1")).status_code == status
    row.refresh_from_db()
    assert (row.version, row.removed_at, InformationSystem.objects.count()) == (1, None, 1)


def test_the_desk_sees_no_buttons_that_would_refuse(client, cast, row):
    client.force_login(cast.staff)
    for name in ("registers", "register"):
        page = text(client.get(address(name, cast, row)))
        assert "Vẫn đúng" not in page
        assert "Thêm vào danh mục" not in page
        assert at("register_row", "systems", row.pk) not in page


def test_the_agency_above_reads_a_unit_but_does_not_write_what_its_own_people_keep(client, cast):
    unit = make_agency("Trung tâm Y tế", parent=cast.health, kind="unit")
    page = at("register", unit.pk, "duty")
    assert client.post(page, typed("duty")).status_code == 302
    Membership.objects.create(user=cast.town_officer, agency=unit, role=Role.OFFICER)
    assert client.get(page).status_code == 200
    assert client.post(page, typed("duty", name="Khác")).status_code == 403


def test_wrong_methods_and_names_are_refused(client, cast, row):
    assert client.get(address("register_remove", cast, row)).status_code == 405
    assert client.get(address("register_confirm", cast, row)).status_code == 405
    assert client.post(at("registers", cast.health.pk)).status_code == 405
    assert client.post(address("register_export", cast, row)).status_code == 405
    for name in ("register", "register_import", "register_export"):
        assert client.get(at(name, cast.health.pk, "khong-co")).status_code == 404
    assert client.post(at("register_confirm", cast.health.pk, "khong-co")).status_code == 404
    assert client.get(at("register_row", "khong-co", row.pk)).status_code == 404
    assert client.get(at("register_row", "portals", row.pk)).status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_of_a_register_goes_out_and_in_on_its_pages(client, cast, row, form):
    out = client.get(address("register_export", cast, row), {"as": form})
    assert "he-thong-thong-tin-" in out.headers["Content-Disposition"]
    assert f'.{form}"' in out.headers["Content-Disposition"]
    assert len(read_table(out.content, max_rows=5)) == 2
    page = address("register_import", cast, row)
    again = client.post(page, {"upload": SimpleUploadedFile(f"t.{form}", out.content)})
    assert (again.status_code, again.context["preview"].plan.unchanged) == (200, 1)
    assert "ticket" not in text(again)


def test_a_file_is_shown_first_and_written_once_confirmed(client, cast):
    page = at("register_import", cast.health.pk, "duty")
    file = write_csv([["name", "telephone"], ["Lê A", "0905000003"]])
    shown = client.post(page, {"upload": SimpleUploadedFile("t.csv", file)})
    assert not REGISTERS["duty"].objects.exists()
    ticket = shown.context["preview"].ticket
    assert client.post(page, {"ticket": ticket}).url == at("register", cast.health.pk, "duty")
    assert REGISTERS["duty"].objects.get().telephone == "0905000003"
    assert client.post(page, {"ticket": ticket}).status_code == 409
    assert client.post(page, {"ticket": "abc"}).status_code == 422


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"x" * 2_200_000, write_csv([["name"], ["A"]])])
def test_a_wrong_file_is_refused_on_the_page(client, cast, data):
    response = client.post(at("register_import", cast.health.pk, "duty"), {"upload": SimpleUploadedFile("t.csv", data)})
    assert response.status_code == 422
    assert not REGISTERS["duty"].objects.exists()


def test_the_desk_takes_a_register_of_the_whole_directory_out_and_in(client, cast, row):
    client.force_login(cast.staff)
    out = client.get(at("export"), {"what": "systems", "as": "csv"})
    assert "Sở Y tế" in out.content.decode("utf-8-sig")
    again = client.post(at("import"), {"what": "systems", "upload": SimpleUploadedFile("t.csv", out.content)})
    assert (again.status_code, again.context["preview"].plan.unchanged) == (200, 1)


def test_an_administrator_takes_no_register_that_shows_weak_points(client, cast, row):
    make_row("portals", cast.health, cast.officer, LEAST["portals"])
    client.force_login(cast.admin)
    assert client.get(at("export"), {"what": "systems"}).status_code == 403
    assert client.get(at("export"), {"what": "portals", "as": "csv"}).status_code == 200
    refused = client.post(at("import"), {"what": "systems", "upload": SimpleUploadedFile("t.csv", b"name\nA\n")})
    assert refused.status_code == 422
    page = text(client.get(at("import")))
    assert "what=portals" in page
    assert "what=systems" not in page


def test_an_ended_session_keeps_the_row_that_was_typed(client, cast, row):
    client.logout()
    for page in (at("register", cast.health.pk, "systems"), at("register_row", "systems", row.pk)):
        asked = client.post(page, typed("systems", name="Vừa gõ"))
        assert asked.status_code == 401
        carried = unpack(re.search(r'name="carried" value="([^"]*)"', text(asked))[1])
        assert (carried.to, dict(carried.typed)["name"]) == (page, "Vừa gõ")


@pytest.mark.parametrize(("who", "has"), [("officer", True), ("head", True), ("staff", False), ("leader", False)])
def test_the_navigation_leads_those_who_keep_registers_to_them(client, cast, who, has):
    client.force_login(getattr(cast, who))
    page = text(client.get(reverse("directives:home")))
    assert (f'href="{at("own_registers")}"' in page) is has


def test_the_desk_comes_to_the_registers_from_the_directory(client, cast):
    client.force_login(cast.staff)
    assert at("own_registers") in text(client.get(at("directory")))
    assert at("registers", cast.health.pk) in text(client.get(at("agency", cast.health.pk)))
    client.force_login(cast.admin)
    assert at("own_registers") not in text(client.get(at("directory")))
    assert at("registers", cast.health.pk) not in text(client.get(at("agency", cast.health.pk)))
