"""What the database itself refuses in a register, each with its sentence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agencies.models import REGISTERS, InformationSystem, Register
from alertdesk.lib import clock
from tests.agencies.registers.rows import FULL, LEAST, make_row
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
WRONG = [
    ("systems", {"level": 0}, "system_level_in_range"),
    ("systems", {"level": 6}, "system_level_in_range"),
    ("systems", {"approval": "", "decided_on": None}, "system_decision_when_approved"),
    ("systems", {"approval": "appraised", "decision_number": ""}, "system_decision_when_approved"),
    ("systems", {"assessed_by": ""}, "system_assessed_by_someone"),
    ("machines", {"machines": 0}, "machines_in_range"),
    ("machines", {"machines": 100_001}, "machines_in_range"),
]


@pytest.fixture
def cast():
    return make_cast()


def test_every_register_has_its_model_and_its_fields():
    assert set(REGISTERS) == set(Register)
    for register, model in REGISTERS.items():
        assert model.register == register
        shared = {"id", "agency", "version", "created_at", "created_by", "changed_at", "changed_by", "removed_at"}
        assert set(model.FIELDS) == {field.name for field in model._meta.fields} - shared
        assert set(model.KEY) <= set(model.FIELDS) == set(FULL[register])


@pytest.mark.parametrize("register", Register.values)
def test_a_row_needs_little_and_takes_all(cast, register):
    for values in (FULL, LEAST):
        row = make_row(register, cast.health, cast.officer, values[register])
        row.full_clean(exclude=["agency", "created_by", "changed_by"])
        assert str(row) == values[register][row.KEY[0]]


@pytest.mark.parametrize(("register", "wrong", "name"), WRONG)
def test_a_row_that_contradicts_itself_is_refused_by_the_database(cast, register, wrong, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_row(register, cast.health, cast.officer, **wrong)
    constraint = next(c for c in REGISTERS[register]._meta.constraints if c.name == name)
    assert str(constraint.violation_error_message) != constraint.default_violation_error_message


@pytest.mark.parametrize("register", Register.values)
def test_an_agency_keeps_a_row_once_and_again_after_its_removal(cast, register):
    row = make_row(register, cast.health, cast.officer)
    make_row(register, cast.town, cast.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_row(register, cast.health, cast.officer)
    with pytest.raises(ValidationError):
        REGISTERS[register](agency=cast.health, **FULL[register]).validate_constraints()
    REGISTERS[register].objects.filter(pk=row.pk).update(removed_at=clock.now())
    again = make_row(register, cast.health, cast.officer)
    assert list(REGISTERS[register].objects.kept().filter(agency=cast.health)) == [again]


def test_layers_are_counted_as_they_stand():
    system = InformationSystem(local_force="Tổ", assessed_by="A", assessed_on=date(2023, 1, 1))
    assert (system.layers, system.layers_in_place) == ((True, False, True, False), 2)
