"""The table of limits: which rules bind what was detected on which day, and what their clocks say to the minute."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from alertdesk.lib import clock
from directives.models.incident_limits import LIMITS, Clock, clocks_of, limits_on

MINUTE = timedelta(minutes=1)
T0 = clock.local(2023, 4, 28, 21, 10)
OLD = {"notice_2017", "beyond_2017", "closing_2017"}
NEW = {"order_2026", "serious_2026", "cause_2026"}


def incident(**fields):
    plain = {
        "detected_at": T0,
        "beyond_capacity_at": None,
        "ended_at": None,
        "closed_at": None,
        "is_serious": False,
        "threatens_order": False,
        "has_personal_data": False,
    }
    return SimpleNamespace(**plain | fields)


def codes(detected_at, **fields):
    return {one.limit.code for one in clocks_of(incident(detected_at=detected_at, **fields), [])}


def clock_for(code, *notices, **fields) -> Clock:
    (found,) = [one for one in clocks_of(incident(**fields), notices) if one.limit.code == code]
    return found


@pytest.mark.parametrize(
    ("day", "bound"),
    [
        (date(2023, 4, 28), OLD),
        (date(2023, 6, 30), OLD),
        (date(2023, 7, 1), OLD | {"data_2023"}),
        (date(2025, 12, 31), OLD | {"data_2023"}),
        (date(2026, 1, 1), OLD | {"data_2026"}),
        (date(2026, 8, 18), OLD | {"data_2026"}),
        (date(2026, 8, 19), NEW | {"data_2026"}),
        (date(2030, 1, 1), NEW | {"data_2026"}),
    ],
)
def test_the_day_decides_which_rules_bind(day, bound):
    assert {limit.code for limit in limits_on(day)} == bound


def test_the_day_is_the_one_in_vietnam():
    eve = clock.local(2026, 8, 18, 23, 59)
    assert "notice_2017" in codes(eve, is_serious=True)
    assert codes(eve + MINUTE, is_serious=True) == {"serious_2026", "cause_2026"}


def test_every_row_names_its_source_and_its_addressee_and_has_a_code_of_its_own():
    assert all(limit.source and limit.addressee and limit.duty for limit in LIMITS)
    assert len({limit.code for limit in LIMITS}) == len(LIMITS)


def test_a_duty_depends_on_what_the_incident_is():
    then = clock.local(2026, 9, 1, 8)
    assert codes(then) == set()
    assert codes(then, threatens_order=True) == {"order_2026"}
    assert codes(then, is_serious=True) == {"serious_2026", "cause_2026"}
    assert codes(then, has_personal_data=True) == {"data_2026"}
    assert codes(T0, has_personal_data=True, is_serious=True, threatens_order=True) == OLD


@pytest.mark.parametrize(
    ("code", "detected_at", "fields", "within"),
    [
        ("notice_2017", T0, {}, timedelta(days=5)),
        ("data_2023", clock.local(2023, 9, 1, 8, 5), {"has_personal_data": True}, timedelta(hours=72)),
        ("data_2026", clock.local(2026, 4, 29, 8, 5), {"has_personal_data": True}, timedelta(hours=72)),
        ("serious_2026", clock.local(2026, 9, 1, 8, 5), {"is_serious": True}, timedelta(hours=24)),
        ("cause_2026", clock.local(2026, 9, 1, 8, 5), {"is_serious": True}, timedelta(hours=72)),
    ],
)
def test_a_clock_runs_to_the_minute(code, detected_at, fields, within):
    one = clock_for(code, detected_at=detected_at, **fields)
    assert one.due_at == detected_at + within
    assert not one.is_late(one.due_at)
    assert one.is_late(one.due_at + MINUTE)
    on_time = clock_for(code, (code, one.due_at), detected_at=detected_at, **fields)
    assert not on_time.is_late(one.due_at + timedelta(days=30))
    assert clock_for(code, (code, one.due_at + MINUTE), detected_at=detected_at, **fields).is_late(T0)


@pytest.mark.parametrize(
    ("code", "detected_at", "trigger"),
    [
        ("beyond_2017", T0, {"beyond_capacity_at": T0 + MINUTE}),
        ("order_2026", clock.local(2026, 9, 1, 8), {"threatens_order": True}),
    ],
)
def test_at_once_is_late_while_it_is_due_and_never_afterwards(code, detected_at, trigger):
    one = clock_for(code, detected_at=detected_at, **trigger)
    assert one.is_running
    assert one.is_late(one.due_at + MINUTE)
    given = one.due_at + timedelta(hours=2)
    assert not clock_for(code, (code, given), detected_at=detected_at, **trigger).is_late(given)


def test_a_clock_whose_moment_has_not_come_does_not_run():
    for code in ("beyond_2017", "closing_2017"):
        one = clock_for(code)
        assert (one.due_at, one.is_running, one.is_late(T0 + timedelta(days=99))) == (None, False, False)


def test_the_closing_report_meets_its_own_limit():
    ended = T0 + timedelta(days=1)
    running = clock_for("closing_2017", ended_at=ended)
    assert running.due_at == ended + timedelta(days=5)
    assert running.is_running
    assert not running.may_be_noted
    closed = clock_for("closing_2017", ended_at=ended, closed_at=ended + timedelta(days=5, minutes=1))
    assert closed.is_late(T0)
