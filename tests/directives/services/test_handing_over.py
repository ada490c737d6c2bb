"""The registers of an agency that ends go on at the one that takes over, each row once."""

import pytest

from agencies.models import REGISTERS, Event, InformationSystem, MachineGroup, Register
from agencies.permissions import can_keep_registers, registers_read_by
from alertdesk.lib import clock
from directives.models import RequiredAction, SystemRow
from directives.reports.offered import offered_rows
from tests.agencies.registers.rows import FULL, LEAST, make_row
from tests.cast import ISSUED_AT, make_agency, make_cast

from .test_succeeding import AT, done, make_act, new

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    with clock.frozen(AT):
        yield make_cast()


def kept(agency):
    return {
        register: sorted(model.objects.kept().filter(agency=agency).values_list(*model.KEY))
        for register, model in REGISTERS.items()
    }


def test_every_row_goes_on_at_the_successor_and_old_answers_still_point_at_it(cast):
    assignment = cast.issue(cast.health, at=ISSUED_AT)[0]
    for register in Register:
        make_row(register, cast.health, cast.officer, FULL[register])
    before, system = kept(cast.health), InformationSystem.objects.get()
    answer = assignment.answers.get(action__kind=RequiredAction.Kind.SYSTEMS)
    SystemRow.objects.create(answer=answer, name=system.name, system=system)
    done(make_act("merge", [cast.health], [cast.town]), cast.staff)
    assert kept(cast.town) == before
    assert kept(cast.health) == {register: [] for register in Register}
    assert SystemRow.objects.get().system.agency == cast.town
    assert Event.objects.filter(act="register_hand_over", agency=cast.health).count() == len(Register)


def test_its_people_keep_them_and_the_next_directive_offers_them(cast):
    make_row("systems", cast.health, cast.officer, LEAST["systems"])
    done(make_act("dissolve", [cast.health], [cast.town]), cast.staff)
    row = InformationSystem.objects.get()
    assert can_keep_registers(cast.town_officer, row.agency)
    assert registers_read_by(cast.town_officer).filter(pk=cast.health.pk).exists()
    answer = cast.issue(cast.town, at=AT, deadline=clock.local(2025, 3, 10, 17))[0].answers.first()
    assert [offered.name for offered in offered_rows(answer)] == [row.name]


def test_machines_of_one_product_line_are_added_up(cast):
    for agency, officer, machines in ((cast.health, cast.officer, 20), (cast.town, cast.town_officer, 30)):
        make_row("machines", agency, officer, {"product_line": "Windows 10", "machines": machines})
    done(make_act("merge", [cast.health], [cast.town]), cast.staff)
    assert list(MachineGroup.objects.kept().values_list("agency", "machines")) == [(cast.town.pk, 50)]


def test_what_both_have_stays_once_and_equal_names_are_told_apart(cast):
    for register in Register:
        for agency, officer in ((cast.health, cast.officer), (cast.town, cast.town_officer)):
            make_row(register, agency, officer, LEAST[register])
    done(make_act("merge", [cast.health], [cast.town]), cast.staff)
    found = kept(cast.town)
    assert found["systems"] == [("Một hệ thống",), ("Một hệ thống (Sở Y tế)",)]
    assert found["portals"] == [("Trang",), ("Trang (Sở Y tế)",)]
    assert len(found["providers"]) == len(found["duty"]) == 1


def test_a_renaming_moves_nothing(cast):
    make_row("portals", cast.health, cast.officer, LEAST["portals"])
    done(make_act("rename", [cast.health], [new("Sở Y tế tỉnh")]), cast.staff)
    assert kept(cast.health)["portals"] == [("Trang",)]


def test_of_a_split_the_first_successor_gets_them(cast):
    other = make_agency("Sở Khác", parent=cast.province)
    make_row("portals", cast.health, cast.officer, LEAST["portals"])
    done(make_act("split", [cast.health], [other, new("Sở Mới")]), cast.staff)
    assert kept(other)["portals"] == [("Trang",)]
