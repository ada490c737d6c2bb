"""Incidents under real parallel acts on PostgreSQL: one winner, and no word of none beside a report."""

import pytest
from django.db import connection

from alertdesk.lib import clock
from directives.models import Incident, IncidentNotice, NoIncident
from directives.services.incidents import (
    acknowledge_incident,
    change_incident,
    close_incident,
    confirm_none,
    note_notice,
    reopen_incident,
)
from tests.cast import ISSUED_AT, make_cast
from tests.directives.incidents import make_incident, make_values
from tests.directives.services.test_races import RACERS, race, winners

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
CLOSING = {"ended_at": ISSUED_AT, "result": "Đã cài lại máy."}


@pytest.fixture
def cast():
    assert connection.vendor == "postgresql"
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


@pytest.fixture
def incident(cast, health):
    return make_incident(cast, health)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def entries(incident, act):
    return incident.entries.filter(act=act).count()


def test_of_many_ending_at_once_one_does(cast, incident):
    results = race(*[lambda: close_incident(fresh(incident), actor=cast.officer, values=CLOSING)] * RACERS)
    assert len(winners(results)) == 1
    assert entries(incident, "close") == 1


def test_of_many_receiving_at_once_one_has_it(cast, incident):
    acts = [
        lambda n=n: acknowledge_incident(fresh(incident), actor=cast.staff, contact=f"Chuyên viên {n}")
        for n in range(RACERS)
    ]
    (winner,) = winners(race(*acts))
    assert fresh(incident).desk_contact == winner.desk_contact
    assert entries(incident, "acknowledge") == 1


def test_of_many_notices_of_one_duty_one_is_noted(cast, incident):
    given = {"limit": "notice_2017", "given_at": ISSUED_AT}
    results = race(*[lambda: note_notice(fresh(incident), actor=cast.officer, **given)] * RACERS)
    assert len(winners(results)) == 1
    assert IncidentNotice.objects.count() == 1


def test_of_many_changes_of_one_version_one_wins(cast, incident):
    acts = [
        lambda n=n: change_incident(incident, actor=cast.officer, version=1, values=make_values(description=f"bản {n}"))
        for n in range(RACERS)
    ]
    assert len(winners(race(*acts))) == 1
    assert fresh(incident).version == 2


def test_an_incident_is_ended_or_changed_but_never_changed_after_its_end(cast, incident):
    race(
        lambda: close_incident(fresh(incident), actor=cast.officer, values=CLOSING),
        lambda: change_incident(incident, actor=cast.officer, version=1, values=make_values(description="muộn")),
    )
    acts = list(incident.entries.order_by("pk").values_list("act", flat=True))
    assert acts in (["report", "close"], ["report", "change", "close"])


def test_of_many_opening_again_one_does(cast, incident):
    close_incident(incident, actor=cast.officer, values=CLOSING)
    results = race(*[lambda: reopen_incident(fresh(incident), actor=cast.staff, reason="Xuất hiện lại.")] * RACERS)
    assert len(winners(results)) == 1


def test_of_many_words_of_none_one_stands(cast, health):
    winners(race(*[lambda: confirm_none(fresh(health), actor=cast.officer)] * RACERS))
    assert NoIncident.objects.filter(taken_back_at=None).count() == 1


def test_a_word_of_none_never_stands_beside_a_report_of_the_same_moment(cast, health):
    for _n in range(4):
        race(
            lambda: confirm_none(fresh(health), actor=cast.officer),
            lambda: make_incident(cast, fresh(health)),
        )
        assert Incident.objects.exists()
        assert not NoIncident.objects.filter(taken_back_at=None).exists()
        Incident.objects.update(assignment=None)
