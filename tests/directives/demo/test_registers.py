"""The demo's registers: every agency has some, nothing in them can be reached, and some are confirmed."""

import pytest

from agencies.models import REGISTERS, Agency, DutyPerson, Portal, RegisterConfirmation, ServiceProvider
from agencies.reports.registers import standing_of
from directives.demo import people
from directives.demo.registers import fill_registers
from tests.cast import make_directory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    desk = make_directory()
    people.open_agencies()
    fill_registers(desk)
    return desk


def test_thirty_two_agencies_have_rows_in_every_register(desk):
    for model in REGISTERS.values():
        rows = model.objects.kept()
        assert rows.values("agency").distinct().count() == 32
        for row in rows:
            row.full_clean()


def test_nothing_in_them_can_be_reached(desk):
    assert all(url.endswith(".example") for url in Portal.objects.values_list("url", flat=True))
    for model in (ServiceProvider, DutyPerson):
        assert all(not email or email.endswith(".example") for email in model.objects.values_list("email", flat=True))


def test_some_agencies_have_confirmed_theirs(desk):
    standing = standing_of(Agency.objects.all())
    confirmed = [pk for pk, all_five in standing.items() if all(one.is_confirmed for one in all_five)]
    assert 5 < len(confirmed) < 20
    assert RegisterConfirmation.objects.count() == len(confirmed) * len(REGISTERS)
