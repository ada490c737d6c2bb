"""Keeping a register: who may, what is noted, and that nobody writes over what they have not seen."""

import pytest

from agencies.models import Event, InformationSystem, Membership, RegisterConfirmation, Role
from agencies.reports.registers import standing_of
from agencies.services.registers import (
    NotKeeper,
    RegisterChanged,
    add_row,
    change_row,
    confirm_register,
    remove_row,
    seen_as,
)
from tests.agencies.registers.rows import FULL, make_row
from tests.cast import make_agency, make_cast, make_user

pytestmark = pytest.mark.django_db
SYSTEM = FULL["systems"]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def row(cast):
    return add_row("systems", agency=cast.health, actor=cast.officer, values=SYSTEM)


def standing(agency, register="systems"):
    return next(s for s in standing_of([agency])[agency.pk] if s.register == register)


def confirm(cast, **changed):
    given = {"actor": cast.officer, "seen": seen_as(cast.health, "systems")} | changed
    return confirm_register(cast.health, "systems", **given)


def test_every_act_leaves_one_event_without_typed_text(cast, row):
    change_row(row, actor=cast.officer, version=1, values=SYSTEM | {"operator": "VNPT"})
    confirm(cast)
    remove_row(row, actor=cast.officer, version=2)
    events = Event.objects.filter(act__startswith="register_", agency=cast.health)
    assert [e.act for e in events] == ["register_add", "register_change", "register_confirm", "register_remove"]
    assert events[1].data == {"fields": ["operator"]}
    assert "VNPT" not in str([event.data for event in events])


def test_a_change_grows_the_version_and_names_who(cast, row):
    other = make_user("khac@syt.example", Role.OFFICER, cast.health)
    assert change_row(row, actor=other, version=1, values=SYSTEM | {"level": 2}) == ["level"]
    row.refresh_from_db()
    assert (row.version, row.level, row.created_by, row.changed_by) == (2, 2, cast.officer, other)


def test_saving_what_is_there_already_changes_nothing(cast, row):
    assert change_row(row, actor=cast.officer, version=1, values=SYSTEM) == []
    row.refresh_from_db()
    assert row.version == 1


def test_a_row_seen_in_an_older_version_is_not_overwritten(cast, row):
    change_row(row, actor=cast.officer, version=1, values=SYSTEM | {"level": 2})
    for act in (lambda: change_row(row, actor=cast.officer, version=1, values=SYSTEM | {"level": 4}),
                lambda: remove_row(row, actor=cast.officer, version=1)):  # fmt: skip
        with pytest.raises(RegisterChanged):
            act()
    row.refresh_from_db()
    assert (row.level, row.removed_at) == (2, None)


def test_a_removed_row_stays_as_history_and_takes_no_change(cast, row):
    remove_row(row, actor=cast.officer, version=1)
    with pytest.raises(RegisterChanged):
        change_row(row, actor=cast.officer, version=2, values=SYSTEM | {"level": 2})
    assert not InformationSystem.objects.kept().exists()
    assert InformationSystem.objects.get().name == SYSTEM["name"]


def test_the_same_row_twice_is_refused_and_leaves_no_event(cast, row):
    with pytest.raises(RegisterChanged):
        add_row("systems", agency=cast.health, actor=cast.officer, values=SYSTEM)
    second = add_row("systems", agency=cast.health, actor=cast.officer, values=SYSTEM | {"name": "Khác"})
    with pytest.raises(RegisterChanged):
        change_row(second, actor=cast.officer, version=1, values=SYSTEM)
    assert Event.objects.filter(act__in=["register_add", "register_change"]).count() == 2


def test_a_confirmation_holds_until_the_register_changes(cast, row):
    assert not standing(cast.health).is_confirmed
    confirm(cast)
    assert standing(cast.health).is_confirmed
    change_row(row, actor=cast.officer, version=1, values=SYSTEM | {"level": 2})
    assert not standing(cast.health).is_confirmed
    confirm(cast)
    remove_row(row, actor=cast.officer, version=2)
    assert not standing(cast.health).is_confirmed
    assert RegisterConfirmation.objects.count() == 2


def test_what_was_not_seen_is_not_confirmed(cast, row):
    seen = seen_as(cast.health, "systems")
    make_row("systems", cast.health, cast.officer, name="Vừa thêm")
    with pytest.raises(RegisterChanged):
        confirm(cast, seen=seen)
    assert not RegisterConfirmation.objects.exists()


def test_an_empty_register_can_be_right(cast):
    confirm_register(cast.health, "portals", actor=cast.officer, seen=seen_as(cast.health, "portals"))
    assert standing(cast.health, "portals").is_confirmed
    assert not standing(cast.town, "portals").is_confirmed


@pytest.mark.parametrize("who", ["staff", "leader", "admin", "town_officer", "head"])
def test_nobody_but_the_agency_writes_in_its_registers(cast, row, who):
    actor = getattr(cast, who)
    acts = (
        lambda: add_row("duty", agency=cast.health, actor=actor, values=FULL["duty"]),
        lambda: change_row(row, actor=actor, version=1, values=SYSTEM | {"level": 2}),
        lambda: remove_row(row, actor=actor, version=1),
        lambda: confirm(cast, actor=actor),
    )
    for act in acts:
        with pytest.raises(NotKeeper):
            act()
    row.refresh_from_db()
    assert (row.version, row.removed_at) == (1, None)


def test_the_agency_above_writes_for_a_unit_until_the_unit_has_people(cast):
    unit = make_agency("Trung tâm Y tế", parent=cast.health, kind="unit")
    add_row("duty", agency=unit, actor=cast.officer, values=FULL["duty"])
    Membership.objects.create(user=make_user("tt@syt.example"), agency=unit, role=Role.OFFICER)
    with pytest.raises(NotKeeper):
        add_row("portals", agency=unit, actor=cast.officer, values=FULL["portals"])


def test_many_agencies_stand_in_as_many_queries_as_one(cast, row, django_assert_num_queries):
    for agencies in ([cast.health], [cast.health, cast.town, cast.desk, cast.province]):
        with django_assert_num_queries(6):
            assert len(standing_of(agencies)) == len(agencies)
