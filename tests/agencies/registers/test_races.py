"""Real parallel acts on one register, on PostgreSQL: one winner, the others are told."""

import pytest
from django.db import connection

from agencies.models import REGISTERS, Event
from agencies.services.directory.importing import PlanChanged, import_directory, preview_file
from agencies.services.registers import RegisterChanged, add_row, change_row, remove_row
from alertdesk.lib import clock
from alertdesk.lib.tables import write_csv
from tests.agencies.registers.rows import FULL, make_row
from tests.cast import ISSUED_AT, make_cast
from tests.directives.services.test_races import RACERS, race

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
DUTY = REGISTERS["duty"]


@pytest.fixture
def cast():
    assert connection.vendor == "postgresql"
    with clock.frozen(ISSUED_AT):
        yield make_cast()


def won(results):
    assert not [r for r in results if isinstance(r, Exception) and not isinstance(r, RegisterChanged | PlanChanged)]
    return [result for result in results if not isinstance(result, Exception)]


def test_of_many_who_add_the_same_row_one_wins(cast):
    acts = [lambda: add_row("duty", agency=cast.health, actor=cast.officer, values=FULL["duty"])] * RACERS
    assert len(won(race(*acts))) == DUTY.objects.count() == 1
    assert Event.objects.filter(act="register_add").count() == 1


def test_of_many_who_change_or_remove_a_row_as_they_saw_it_one_wins(cast):
    row = make_row("duty", cast.health, cast.officer)

    def change(place):
        values = FULL["duty"] | {"position": f"Chức vụ {place}"}
        return lambda: change_row(DUTY.objects.get(pk=row.pk), actor=cast.officer, version=1, values=values)

    def remove():
        remove_row(DUTY.objects.get(pk=row.pk), actor=cast.officer, version=1)

    assert len(won(race(*map(change, range(RACERS)), remove))) == 1
    row.refresh_from_db()
    assert row.version == 2


def test_of_many_who_confirm_one_file_one_wins(cast):
    data = write_csv([["name", "telephone"], ["Lê A", "0905000003"]])
    ticket = preview_file(data, what="duty", actor=cast.officer, agency=cast.health).ticket
    assert len(won(race(*[lambda: import_directory(ticket, actor=cast.officer)] * RACERS))) == 1
    assert DUTY.objects.count() == 1
