"""Registers by file: export and import are the identity, a preview says what would happen, all of it or nothing."""

import pytest

from agencies.models import REGISTERS, Event, InformationSystem, Portal, Register
from agencies.reports.registers import standing_of
from agencies.services.directory.columns import register_columns
from agencies.services.directory.exporting import register_directory_table, register_table
from agencies.services.directory.importing import PlanChanged, import_directory, preview_file
from agencies.services.registers import NotKeeper, confirm_register, seen_as
from alertdesk.lib.tables import write_csv, write_xlsx
from alertdesk.lib.text import squeeze
from tests.agencies.registers.rows import FULL, LEAST, make_row
from tests.cast import make_agency, make_cast

pytestmark = pytest.mark.django_db
FORMATS = {"csv": write_csv, "xlsx": lambda rows: write_xlsx(rows, title="t")}
AWKWARD = [
    "=SUM(A1)", "'=y", "'", '"a"; b', "007", "+84 905", "-1", "@x", "#7", "1e5", "31/12/2023", "2023-12-31", "có",
    "Hệ thống Điện tử – Ủy ban", "＝1", "<b>&amp;", "{}%s", "a|b", ";", ",", "true", "dòng một\ndòng hai", "x  y",
]  # fmt: skip


@pytest.fixture
def cast():
    return make_cast()


def everything():
    return [list(model.objects.order_by("pk").values()) for model in REGISTERS.values()]


def own(cast, data, register="systems", **changed):
    return preview_file(data, what=register, **{"actor": cast.officer, "agency": cast.health} | changed)


def written(cast, data, register="systems", **changed):
    actor = changed.get("actor", cast.officer)
    return import_directory(own(cast, data, register, **changed).ticket, actor=actor)


def problems(preview):
    assert not preview.ticket
    return [(problem.row, str(problem)) for problem in preview.plan.problems]


def file_of(register, *rows, **first):
    """Return a file with the columns' names as its heads: those before the register's own are given by `first`."""
    heads = [*first, *(column.name for column in register_columns(register))]
    table = [[(first | row).get(head, "") for head in heads] for row in rows]
    return write_csv([heads, *[[str(cell) for cell in row] for row in table]])


def nothing_to_do(preview):
    plan = preview.plan
    return ([str(p) for p in plan.problems], plan.remarks, plan.new, plan.changed, plan.absent) == ([], [], [], [], 0)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("register", Register.values)
def test_a_register_goes_out_and_comes_in_unchanged(cast, register, form):
    for values in (FULL, LEAST):
        make_row(register, cast.health, cast.officer, values[register])
    make_row(register, cast.town, cast.officer)
    before, data = everything(), FORMATS[form](register_table(register, cast.health))
    preview = own(cast, data, register)
    assert nothing_to_do(preview)
    assert preview.plan.unchanged == 2
    import_directory(preview.ticket, actor=cast.officer)
    whole = FORMATS[form](register_directory_table(register, cast.staff))
    preview = preview_file(whole, what=register, actor=cast.staff)
    assert nothing_to_do(preview)
    assert preview.plan.unchanged == 3
    import_directory(preview.ticket, actor=cast.staff)
    assert everything() == before


@pytest.mark.parametrize("form", FORMATS)
def test_the_hardest_texts_go_out_and_come_in_unchanged(cast, form):
    for place, text in enumerate(map(squeeze, AWKWARD)):
        said = {"name": text, "operator": text, "decision_number": f"0{place}", "monitored_by": text}
        make_row("systems", cast.health, cast.officer, **said)
        make_row("duty", cast.health, cast.officer, name=text, telephone=f"0{place}", position=text)
    before = everything()
    for register in ("systems", "duty"):
        preview = own(cast, FORMATS[form](register_table(register, cast.health)), register)
        assert nothing_to_do(preview)
        import_directory(preview.ticket, actor=cast.officer)
    assert everything() == before


@pytest.mark.parametrize("register", Register.values)
def test_an_exported_register_fills_an_empty_one_alike(cast, register):
    for values in (FULL, LEAST):
        make_row(register, cast.health, cast.officer, values[register])
    table = register_table(register, cast.health)
    REGISTERS[register].objects.all().delete()
    preview = own(cast, write_xlsx(table, title="t"), register)
    assert len(preview.plan.remarks) == 2
    import_directory(preview.ticket, actor=cast.officer)
    assert [row[1:] for row in register_table(register, cast.health)] == [row[1:] for row in table]


def test_headings_and_words_of_either_language_are_read(cast):
    file = write_csv([["Tên hệ thống", "Level", "Triển khai phương án"], ["A", "cấp độ 3", "Carried out in full"]])
    written(cast, file)
    row = InformationSystem.objects.get()
    assert (row.name, row.level, row.plan, row.approval) == ("A", 3, "whole", "")


def test_a_file_changes_and_adds_rows_and_the_confirmation_no_longer_holds(cast):
    row = make_row("machines", cast.health, cast.officer)
    confirm_register(cast.health, "machines", actor=cast.officer, seen=seen_as(cast.health, "machines"))
    file = file_of("machines", {"id": row.pk, "product_line": "Windows Server 2022", "machines": 7},
                   {"product_line": "Windows 10", "machines": 30}, id="")  # fmt: skip
    plan = written(cast, file, "machines")
    assert (len(plan.new), len(plan.changed)) == (1, 1)
    row.refresh_from_db()
    assert (row.product_line, row.machines, row.version, row.changed_by) == ("Windows Server 2022", 7, 2, cast.officer)
    event = Event.objects.get(act="import_machines")
    assert (event.agency, event.data["changed"], len(event.data["added"])) == (cast.health, [row.pk], 1)
    standing = next(s for s in standing_of([cast.health])[cast.health.pk] if s.register == "machines")
    assert not standing.is_confirmed


def test_a_blank_cell_is_what_the_form_begins_with(cast):
    written(cast, file_of("duty", LEAST["duty"]), "duty")
    written(cast, file_of("systems", LEAST["systems"]))
    person, system = REGISTERS["duty"].objects.get(), InformationSystem.objects.get()
    assert (person.is_active, system.plan, system.is_important, system.level) == (True, "not_started", False, None)


def test_a_row_without_an_id_is_known_by_what_tells_rows_apart(cast):
    make_row("providers", cast.health, cast.officer)
    plan = own(cast, file_of("providers", FULL["providers"] | {"telephone": "0256.3999999"}), "providers").plan
    assert (len(plan.new), [change.after for change in plan.changed[0].changes]) == (0, ["0256.3999999"])


BAD = [
    ("systems", {"level": 6}, "6"),
    ("systems", {"approval": "xong"}, "xong"),
    ("systems", {"decided_on": "31-12-2023"}, "2023-12-31"),
    ("systems", {"approval": "drafted"}, "phê duyệt"),
    ("systems", {"assessed_by": ""}, "đánh giá"),
    ("systems", {"is_connected": "chắc vậy"}, "chắc vậy"),
    ("systems", {"name": ""}, ""),
    ("systems", {"name": "A" * 201}, "200"),
    ("machines", {"machines": 0}, "1"),
    ("machines", {"machines": "1.200"}, "1.200"),
    ("machines", {"machines": "9" * 30}, "số nguyên"),
    ("machines", {"machines": 100_001}, "100"),
    ("portals", {"url": "javascript:alert(1)"}, "https://"),
    ("portals", {"url": "syt.example"}, "https://"),
    ("portals", {"kind": ""}, ""),
    ("providers", {"email": "khong"}, "khong"),
    ("duty", {"telephone": ""}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("register", "wrong", "said"), BAD)
def test_one_bad_row_stops_the_whole_file_and_is_named(cast, register, wrong, said):
    found = problems(own(cast, file_of(register, LEAST[register], FULL[register] | wrong), register))
    assert {number for number, _text in found} == {3}
    assert said in " ".join(text for _number, text in found)
    assert not REGISTERS[register].objects.exists()


def test_a_row_that_stands_twice_is_refused_at_its_second_place(cast):
    row = make_row("systems", cast.health, cast.officer)
    twice = [{"id": row.pk, "name": "A"}, {"id": row.pk, "name": "B"}]
    assert [number for number, _text in problems(own(cast, file_of("systems", *twice, id="")))] == [3]
    same = file_of("systems", LEAST["systems"] | {"plan": "partly"}, LEAST["systems"] | {"plan": "whole"})
    assert [number for number, _text in problems(own(cast, same))] == [3]


def test_a_row_cannot_take_the_name_of_another(cast):
    make_row("systems", cast.health, cast.officer, name="A")
    other = make_row("systems", cast.health, cast.officer, name="B")
    found = problems(own(cast, file_of("systems", {"id": other.pk, "name": "A"}, id="")))
    assert [number for number, _text in found] == [2]


def test_another_agencys_row_is_neither_changed_nor_told(cast):
    theirs = make_row("systems", cast.town, cast.head)
    preview = own(cast, file_of("systems", LEAST["systems"] | {"id": theirs.pk}, id=""))
    assert theirs.name not in str(preview.plan)
    import_directory(preview.ticket, actor=cast.officer)
    theirs.refresh_from_db()
    assert theirs.version == 1
    assert InformationSystem.objects.get(name=LEAST["systems"]["name"]).agency == cast.health


def test_a_row_changed_since_the_preview_is_not_overwritten(cast):
    row = make_row("machines", cast.health, cast.officer)
    preview = own(cast, file_of("machines", {"product_line": row.product_line, "machines": 5}), "machines")
    REGISTERS["machines"].objects.update(machines=6, version=2)
    with pytest.raises(PlanChanged):
        import_directory(preview.ticket, actor=cast.officer)
    row.refresh_from_db()
    assert row.machines == 6


def test_only_who_keeps_a_register_takes_its_file_in(cast):
    data = file_of("duty", FULL["duty"])
    for actor in (cast.staff, cast.admin, cast.head, cast.leader):
        with pytest.raises(NotKeeper):
            own(cast, data, "duty", actor=actor)
    ticket = own(cast, data, "duty").ticket
    cast.officer.memberships.update(valid_to="2023-04-01")
    del cast.officer.__dict__["current_memberships"]
    with pytest.raises(NotKeeper):
        import_directory(ticket, actor=cast.officer)


def test_the_whole_directory_only_gets_new_rows(cast):
    make_row("portals", cast.health, cast.officer)
    changed = FULL["portals"] | {"agency": "so y te", "telephone": "0256.1"}
    found = problems(preview_file(file_of("portals", changed, agency=""), what="portals", actor=cast.staff))
    assert [number for number, _text in found] == [2]
    new = LEAST["portals"] | {"agency": "UBND thành phố Quy Nhơn"}
    data = file_of("portals", changed | {"telephone": FULL["portals"]["telephone"]}, new, agency="")
    plan = import_directory(preview_file(data, what="portals", actor=cast.staff).ticket, actor=cast.staff)
    assert ([line.row for line in plan.new], plan.unchanged) == ([3], 1)
    assert Portal.objects.get(agency=cast.town).created_by == cast.staff


@pytest.mark.parametrize("agency", ["", "Sở Không Có", "Sở Y tế Phú Yên"])
def test_a_row_of_no_agency_in_the_directory_is_refused(cast, agency):
    make_agency("Sở Y tế Phú Yên", parent=make_agency("UBND tỉnh Phú Yên", kind="province"))
    data = file_of("portals", LEAST["portals"] | {"agency": agency}, agency="")
    assert [number for number, _text in problems(preview_file(data, what="portals", actor=cast.staff))] == [2]


def test_administrators_see_no_weak_points_in_the_files(cast):
    for register in Register:
        make_row(register, cast.health, cast.officer)
    seen = {register: len(register_directory_table(register, cast.admin)) - 1 for register in Register}
    assert seen == {"systems": 0, "machines": 0, "portals": 1, "providers": 1, "duty": 1}
    data = file_of("systems", LEAST["systems"] | {"agency": "Sở Y tế"}, agency="")
    assert problems(preview_file(data, what="systems", actor=cast.admin))


def test_five_thousand_rows_are_previewed_and_written(cast):
    rows = [{"name": f"Người {n}", "telephone": "0905000000"} for n in range(5_000)]
    written(cast, file_of("duty", *rows), "duty")
    assert REGISTERS["duty"].objects.count() == 5_000
