"""Telephones of past shifts and of people taken out of the register are blanked; the rest stays."""

from datetime import timedelta

import pytest

from agencies.models import DutyPerson
from alertdesk.lib import clock
from directives.models import TELEPHONES_KEPT, Shift
from directives.reminders.sweep import sweep
from directives.services.forgetting import forget_telephones
from directives.services.rostering import put_roster, seen_roster
from tests.agencies.registers.rows import make_row
from tests.cast import ISSUED_AT, make_cast

pytestmark = pytest.mark.django_db
START, END = clock.local(2023, 4, 29), clock.local(2023, 4, 29, 12)
LATER = END + TELEPHONES_KEPT + timedelta(minutes=1)


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def health(cast):
    assignment = cast.issue()[0]
    fields = {"telephone": "0905.111.111", "backup_name": "Bình", "backup_telephone": "0905.222.222"}
    shift = Shift(post="Trực", name="An", starts_at=START, ends_at=END, **fields)
    put_roster(assignment, actor=cast.officer, seen=seen_roster(assignment), shifts=[shift])
    return assignment


def telephones():
    return Shift.objects.values_list("name", "telephone", "backup_name", "backup_telephone").get()


def test_they_stay_for_thirty_days_and_go_with_the_next_sweep(health):
    forget_telephones(LATER - timedelta(minutes=2))
    assert telephones() == ("An", "0905.111.111", "Bình", "0905.222.222")
    with clock.frozen(LATER):
        sweep()
    assert telephones() == ("An", "", "Bình", "")


def test_who_stands_in_the_register_keeps_the_number_and_who_was_taken_out_does_not(cast, health):
    make_row("duty", cast.health, cast.officer, {"name": "Cũ", "telephone": "0905.3", "email": "cu@syt.example"})
    DutyPerson.objects.filter(name="Cũ").update(removed_at=END)
    forget_telephones(LATER)
    assert set(DutyPerson.objects.values_list("name", "telephone", "email")) == {
        ("An", "0905.111.111", ""),
        ("Cũ", "", ""),
    }


def test_the_page_says_so_where_numbers_are_typed(cast, health, client):
    client.force_login(cast.officer)
    page = client.get(f"/assignments/{health.pk}/roster/").content.decode()
    assert "được xóa sau khi ca trực kết thúc 30 ngày" in page
