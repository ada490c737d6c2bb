"""The directory by file: export and import are the identity, a preview says what would happen, all of it or nothing."""

import random
import unicodedata
from datetime import date

import pytest

from agencies.models import Agency, AgencyName, Event, Membership, Role, Succession, User
from agencies.services.directory.exporting import agency_table, people_table
from agencies.services.directory.importing import (
    AGENCIES,
    PEOPLE,
    PlanChanged,
    import_directory,
    preview_file,
    read_ticket,
)
from agencies.services.directory.plans import DirectoryUnreadable
from alertdesk.lib.tables import write_csv, write_xlsx
from tests.cast import make_agency, make_cast, make_directory, make_user

pytestmark = pytest.mark.django_db
HEAD = ["id", "name", "short_name", "symbol", "kind", "parent", "place", "valid_from", "valid_to"]
PARTS = [
    "=SUM(A1)",
    "+84",
    "-1",
    "@x",
    "'=y",
    "'",
    '"',
    ";",
    "|",
    ",",
    "#7",
    "Sở",
    "Y tế",
    "(2025)",
    "đ",
    "%s",
    "{}",
    "<b>",
]
FORMATS = {"csv": write_csv, "xlsx": lambda rows: write_xlsx(rows, title="t")}


@pytest.fixture
def admin():
    make_directory()
    return make_user("quantri@binhdinh.example", Role.ADMIN, Agency.objects.first())


@pytest.fixture
def cast():
    return make_cast()


def csv_of(*rows, head=HEAD):
    return write_csv([head, *rows])


def everything():
    """Return the directory's whole content, to be compared."""
    return [
        list(Agency.objects.order_by("pk").values()),
        list(AgencyName.objects.order_by("pk").values()),
        list(Succession.objects.order_by("pk").values()),
        list(User.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
    ]


def confirmed(data, what, actor):
    return import_directory(preview_file(data, what=what, actor=actor).ticket, actor=actor)


def problems(data, actor, what=AGENCIES):
    preview = preview_file(data, what=what, actor=actor)
    assert not preview.ticket
    return [(problem.row, str(problem)) for problem in preview.plan.problems]


def random_text(source, longest):
    text = " ".join(source.choices(PARTS, k=source.randint(1, 4)))
    form = source.choice(["NFC", "NFD"])
    return unicodedata.normalize("NFC", unicodedata.normalize(form, text))[:longest].strip() or "x"


def add_random_agencies(seed):
    """Fill the directory with agencies whose names are hard on every format."""
    source = random.Random(seed)  # noqa: S311 — reproducible names, no secret
    for _n in range(12):
        known = list(Agency.objects.all())
        agency = make_agency(
            random_text(source, 200),
            parent=source.choice([None, *known]),
            kind=source.choice(Agency.Kind.values),
            contact_name=random_text(source, 100),
            telephone="+84 256 3800001",
            needs_approval=source.random() < 0.5,
            place=random_text(source, 100),
            code=source.choice(["", "H08.12", "000.00.12.H08"]),
        )
        names = agency.names.get()
        names.aliases = [random_text(source, 60) for _m in range(source.randint(0, 3))]
        names.valid_to = date(2025, 2, 28)
        names.save()
        if known and source.random() < 0.5:
            AgencyName.objects.create(
                agency=agency, name=random_text(source, 200), short_name="=1", symbol="-", valid_from=date(2025, 3, 1)
            )
            Succession.objects.create(
                predecessor=agency, successor=source.choice(known), act="merge", happened_on=date(2025, 3, 1)
            )


@pytest.mark.parametrize("form", FORMATS)
def test_the_directory_of_2023_goes_out_and_comes_in_unchanged(admin, form):
    before = everything()
    for what, table in ((AGENCIES, agency_table), (PEOPLE, people_table)):
        plan = preview_file(FORMATS[form](table(admin)), what=what, actor=admin).plan
        assert (plan.problems, plan.new, plan.changed, plan.absent) == ([], [], [], 0)
        confirmed(FORMATS[form](table(admin)), what, admin)
    assert everything() == before


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", range(8))
def test_the_hardest_names_go_out_and_come_in_unchanged(admin, form, seed):
    add_random_agencies(seed)
    before = everything()
    data = FORMATS[form](agency_table(admin))
    plan = preview_file(data, what=AGENCIES, actor=admin).plan
    assert ([str(p) for p in plan.problems], plan.new, plan.changed, plan.absent) == ([], [], [], 0)
    confirmed(data, AGENCIES, admin)
    assert everything() == before


def test_an_exported_directory_fills_an_empty_one_alike(admin):
    data = write_xlsx(agency_table(admin), title="t")
    table = [row[1:] for row in agency_table(admin)]
    Succession.objects.all().delete()
    Membership.objects.all().delete()
    Agency.objects.update(parent=None)
    Agency.objects.all().delete()
    newcomer = make_user("moi@binhdinh.example", Role.ADMIN, make_agency("Tạm"))
    confirmed(data, AGENCIES, newcomer)
    assert [row[1:] for row in agency_table(newcomer) if row[1] != "Tạm"] == table


def test_a_preview_says_what_is_new_changed_and_unchanged_and_writes_nothing(cast):
    table = agency_table(cast.staff)
    health = next(row for row in table if row[1] == "Sở Y tế")
    health[9] = "0256.3899999"
    table.append(["", "Sở Thử", "Sở Thử", "ST", "Sở, ngành", "Ủy ban nhân dân tỉnh Bình Định", "Bình Định", *[""] * 9])
    before = everything()
    plan = preview_file(write_csv(table), what=AGENCIES, actor=cast.staff).plan
    (change,) = plan.changed[0].changes
    assert (change.before, change.after) == ("0256.3800001", "0256.3899999")
    assert ([line.title for line in plan.new], plan.unchanged) == (["Sở Thử"], 3)
    assert everything() == before
    assert not Event.objects.filter(act="import_agencies").exists()


def test_a_confirmed_file_is_written_whole_with_one_event(cast):
    rows = [["n1", "Sở Mới", "", "SM", "department", "Ủy ban nhân dân tỉnh Bình Định", "Bình Định", "", "2025-02-28"]]
    rows.append(["n1", "Sở Mới và Cũ", "", "SMC", "department", rows[0][5], "Bình Định", "2025-03-01", ""])
    rows.append(["", "Phòng Một", "P1", "P1", "unit", "Sở Mới", "Bình Định", "", ""])
    confirmed(csv_of(*rows), AGENCIES, cast.staff)
    office = Agency.objects.get(names__name="Sở Mới")
    assert [name.short_name for name in office.names.order_by("pk")] == ["Sở Mới", "Sở Mới và Cũ"]
    assert Agency.objects.get(names__name="Phòng Một").parent == office
    assert office.names.last().search_text == "so moi va cu so moi va cu smc"
    event = Event.objects.get(act="import_agencies")
    assert (len(event.data["added"]), len(event.data["sha256"])) == (2, 64)


BAD = [
    (["", "Sở A", "", "SA", "chợ", "", "Bình Định", "", ""], "chợ"),
    (["", "Sở A", "", "SA", "department", "Không có", "Bình Định", "", ""], "Không có"),
    (["", "Sở A", "", "SA", "department", "", "", "", ""], "không được"),
    (["", "", "", "SA", "department", "", "Bình Định", "", ""], ""),
    (["", "Sở A", "", "SA", "department", "", "Bình Định", "31/12/2023", ""], "2023-12-31"),
    (["", "Sở A", "", "SA", "department", "", "Bình Định", "2024-01-01", "2023-01-01"], ""),
    (["", "Sở " + "A" * 200, "", "SA", "department", "", "Bình Định", "", ""], "200"),
    (["", "UBND tỉnh Khác", "", "UBND", "province", "", "Khác", "", ""], ""),
]


@pytest.mark.parametrize(("row", "said"), BAD)
def test_one_bad_row_stops_the_whole_file_and_is_named(cast, row, said):
    good = ["", "Sở Tốt", "", "ST", "department", "", "Bình Định", "", ""]
    found = problems(csv_of(good, row), cast.staff)
    assert {number for number, _text in found} == {3}
    assert said in " ".join(text for _number, text in found)
    assert not AgencyName.objects.filter(name="Sở Tốt").exists()


def test_two_rows_of_one_agency_must_agree_and_not_overlap(cast):
    one = ["n", "Sở A", "", "SA", "department", "", "Bình Định", "", ""]
    two = ["n", "Sở B", "", "SB", "board", "", "Bình Định", "2025-03-01", ""]
    assert [row for row, _text in problems(csv_of(one, two), cast.staff)] == [3, 3]


def test_parents_in_a_circle_are_refused(cast):
    one = ["a", "Sở A", "", "SA", "department", "Sở B", "Bình Định", "", ""]
    two = ["b", "Sở B", "", "SB", "department", "Sở A", "Bình Định", "", ""]
    assert problems(csv_of(one, two), cast.staff)


def test_a_parent_whose_name_several_bear_is_asked_for_by_id(cast):
    for _n in range(2):
        make_agency("Sở Đôi", parent=cast.province)
    row = ["", "Phòng A", "", "PA", "unit", "so doi", "Bình Định", "", ""]
    assert "#12" in problems(csv_of(row), cast.staff)[0][1]
    row[5] = f"#{Agency.objects.last().pk}"
    confirmed(csv_of(row), AGENCIES, cast.staff)
    assert Agency.objects.get(names__name="Phòng A").parent == Agency.objects.filter(names__name="Sở Đôi").last()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"name\n", csv_of(head=[*HEAD, "name"]), csv_of(head=[*HEAD, "password"]),
        b"PK\x03\x04", b"x" * 2_100_000, csv_of(*[["", "A"]] * 5_001),
    ],
)  # fmt: skip
def test_a_file_that_is_no_directory_is_refused_with_a_sentence(cast, data):
    with pytest.raises(DirectoryUnreadable) as refusal:
        preview_file(data, what=AGENCIES, actor=cast.staff)
    assert str(refusal.value)


def test_another_provinces_agency_is_not_staffs_to_change(cast):
    other = make_agency("UBND tỉnh Phú Yên", kind="province")
    office = make_agency("Sở Y tế Phú Yên", parent=other)
    row = [str(office.pk), "Sở Đổi tên", "", "X", "department", "", "Phú Yên", "", ""]
    assert problems(csv_of(row), cast.staff)[0][0] == 2
    assert "Sở Y tế Phú Yên" not in str(agency_table(cast.staff))
    assert "Sở Y tế Phú Yên" in str(agency_table(cast.admin))


def test_a_directory_changed_since_the_preview_is_not_overwritten(cast):
    table = agency_table(cast.staff)
    next(row for row in table if row[1] == "Sở Y tế")[9] = "0256.1"
    ticket = preview_file(write_csv(table), what=AGENCIES, actor=cast.staff).ticket
    Agency.objects.filter(pk=cast.health.pk).update(telephone="0256.2")
    with pytest.raises(PlanChanged):
        import_directory(ticket, actor=cast.staff)
    cast.health.refresh_from_db()
    assert cast.health.telephone == "0256.2"


def test_a_ticket_is_its_owners_and_cannot_be_forged(cast):
    ticket = preview_file(write_csv(agency_table(cast.staff)), what=AGENCIES, actor=cast.staff).ticket
    for forged, person in ((ticket, cast.admin), (ticket[:-2] + "xx", cast.staff), ("", cast.staff)):
        with pytest.raises(DirectoryUnreadable):
            read_ticket(forged, actor=person)


PEOPLE_HEAD = ["email", "full_name", "title", "telephone", "agency", "role", "valid_from", "valid_to"]


def people_csv(*rows):
    return csv_of(*rows, head=PEOPLE_HEAD)


def test_people_are_added_with_a_role_and_no_password(cast):
    confirmed(people_csv(["Moi@syt.example", "Lê Thị Mới", "", "", "so y te", "officer", "", ""]), PEOPLE, cast.staff)
    person = User.objects.get(email="moi@syt.example")
    assert not person.has_usable_password()
    assert person.agencies_as(Role.OFFICER) == [cast.health]


def test_a_role_ends_by_its_last_day(cast):
    row = [cast.officer.email, cast.officer.full_name, "", "", "Sở Y tế", "officer", "", "2023-04-01"]
    confirmed(people_csv(row), PEOPLE, cast.staff)
    assert cast.officer.memberships.get().valid_to == date(2023, 4, 1)


@pytest.mark.parametrize("role", ["staff", "leader", "admin"])
def test_staff_cannot_give_or_end_power_that_is_not_theirs(cast, role):
    assert problems(people_csv(["ai@syt.example", "Ai", "", "", "Sở Y tế", role, "", ""]), cast.staff, PEOPLE)
    ended = [
        cast.admin.email,
        cast.admin.full_name,
        "",
        "",
        "Ủy ban nhân dân tỉnh Bình Định",
        "admin",
        "",
        "2023-01-01",
    ]
    assert problems(people_csv(ended), cast.staff, PEOPLE)
    renamed = [cast.leader.email, "Tên khác", "", "", "", "", "", ""]
    assert problems(people_csv(renamed), cast.staff, PEOPLE)
    confirmed(people_csv(["ai@syt.example", "Ai", "", "", "Sở Y tế", role, "", ""]), PEOPLE, cast.admin)
    assert User.objects.get(email="ai@syt.example").roles == {role}


@pytest.mark.parametrize(
    "row",
    [
        ["khong-phai", "A", "", "", "Sở Y tế", "officer", "", ""],
        ["a@syt.example", "A", "", "", "Sở Không", "officer", "", ""],
        ["a@syt.example", "A", "", "", "Sở Y tế", "", "", ""],
        ["a@syt.example", "A", "", "", "Sở Y tế", "vua", "", ""],
        ["a@syt.example", "A", "", "", "Sở Y tế", "officer", "2025-01-01", "2024-01-01"],
    ],
)
def test_a_bad_row_of_people_stops_the_file(cast, row):
    good = ["tot@syt.example", "Tốt", "", "", "Sở Y tế", "officer", "", ""]
    assert {number for number, _text in problems(people_csv(good, row), cast.staff, PEOPLE)} == {3}
    assert not User.objects.filter(email="tot@syt.example").exists()


def test_two_open_roles_of_one_kind_are_refused(cast):
    row = ["a@syt.example", "A", "", "", "Sở Y tế", "officer", "", ""]
    other = [*row[:6], "2025-01-01", ""]
    assert problems(people_csv(row, other), cast.staff, PEOPLE)


def test_five_thousand_rows_are_previewed_and_written(cast):
    rows = [["", f"UBND xã Số {n}", "", "UBND", "commune", "", "Bình Định", "", ""] for n in range(5_000)]
    confirmed(csv_of(*rows), AGENCIES, cast.admin)
    assert Agency.objects.filter(kind="commune").count() == 5_000
