"""The planner alone: no database, a window, a moment, and what the address has had."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from alertdesk.lib.clock import end_of_day, local
from directives.models import OWING, State
from directives.reminders.occasions import may_reach
from directives.reminders.planning import Case, Told, plan

ADDRESS = "syt@binhdinh.example"
ISSUED = local(2023, 4, 26, 9)
DUE = local(2023, 4, 28, 17)


def case(*, issued=ISSUED, due=DUE, state=State.ACKNOWLEDGED, told=None, **fields) -> Case:
    told = told or Told(first_at=issued)
    values = {"assignment_id": 1, "cycle": 1, "state_since": issued, "begun_at": issued, **fields}
    return Case(state=state, due_at=due, told={ADDRESS: told}, **values)


def planned(case: Case, now: datetime, overrides=None) -> list[tuple[str, date]]:
    return [(notice.kind, notice.occasion) for notice in plan([case], now, overrides or {})]


def diary(case: Case, start: datetime, end: datetime, step=timedelta(minutes=10)) -> list[tuple[str, str]]:
    """Sweep every ten minutes and write down what goes out when."""
    found, now = [], start
    while now <= end:
        for notice in plan([case], now):
            found.append((notice.kind, f"{now:%d/%m %H:%M}"))
            told = case.told[ADDRESS]
            is_first = notice.kind in ("arrival", "returned")
            told = replace(told, first_at=now) if is_first else replace(told, last_at=now)
            case = replace(case, told={ADDRESS: told})
        now += step
    return found


def test_the_directive_of_2023_reminds_at_half_time_on_the_day_and_two_hours_before_then_after_the_holiday():
    told = diary(case(state=State.SENT, told=Told()), ISSUED, local(2023, 5, 5, 12))
    assert told == [
        ("arrival", "26/04 09:00"),
        ("half_way", "27/04 14:00"),
        ("due", "28/04 07:30"),
        ("last_hours", "28/04 15:00"),
        ("overdue", "04/05 07:30"),
        ("overdue", "05/05 07:30"),
    ]


def test_a_long_window_reminds_at_seven_three_and_one_working_days():
    long = case(issued=local(2023, 4, 10, 9), due=local(2023, 5, 5, 17))
    assert diary(long, local(2023, 4, 10, 9), local(2023, 5, 8, 12)) == [
        ("before", "21/04 07:30"),
        ("before", "27/04 07:30"),
        ("before", "04/05 07:30"),
        ("due", "05/05 07:30"),
        ("overdue", "08/05 07:30"),
    ]


def test_occasions_that_would_follow_each_other_closely_are_one():
    morning = case(issued=local(2023, 4, 26, 8), due=local(2023, 4, 28, 10))  # last whole morning: 27/4, half-way: 9:00
    assert diary(morning, local(2023, 4, 26, 8), local(2023, 4, 28, 10)) == [
        ("half_way", "27/04 09:00"),
        ("last_hours", "28/04 08:00"),
    ]


def test_the_last_working_morning_is_the_last_whole_one_before_the_deadline():
    saturday = case(issued=local(2023, 4, 19, 14), due=local(2023, 4, 22, 9))
    assert diary(saturday, local(2023, 4, 19, 14), local(2023, 4, 22, 9)) == [
        ("half_way", "20/04 15:50"),
        ("last_morning", "21/04 07:30"),
        ("last_hours", "22/04 07:30"),
    ]


def test_a_bare_date_counts_its_last_two_hours_from_the_close_of_the_office():
    bare = case(due=end_of_day(date(2023, 4, 28)), told=Told(ISSUED, local(2023, 4, 28, 7, 30)))
    assert planned(bare, local(2023, 4, 28, 15, 20)) == []
    assert planned(bare, local(2023, 4, 28, 15, 30)) == [("last_hours", date(2023, 4, 28))]


def test_occasions_before_the_issue_never_happen():
    short = case(issued=local(2023, 4, 26, 9), due=local(2023, 5, 8, 17))  # 7 working days before it: 24/4
    assert diary(short, ISSUED, local(2023, 5, 4, 7, 20)) == [("before", "28/04 07:30")]
    assert planned(case(issued=local(2023, 4, 28, 8)), local(2023, 4, 28, 8, 10)) == []


def test_nothing_follows_within_four_working_hours_of_the_first_telling():
    late = case(issued=local(2023, 4, 28, 10), told=Told(local(2023, 4, 28, 10)))
    assert planned(late, local(2023, 4, 28, 15, 30)) == []  # the two hours before fall into the calm
    early = case(issued=local(2023, 4, 28, 8), told=Told(local(2023, 4, 28, 8)))
    assert planned(early, local(2023, 4, 28, 15)) == [("last_hours", date(2023, 4, 28))]


def test_after_an_outage_only_the_most_urgent_goes_out():
    long = case(issued=local(2023, 4, 10, 9), due=local(2023, 5, 5, 17))
    assert planned(long, local(2023, 5, 4, 9)) == [("before", date(2023, 5, 4))]
    assert planned(long, local(2023, 5, 22, 9)) == [("overdue", date(2023, 5, 22))]


def test_an_occasion_missed_until_after_the_deadline_is_not_made_up():
    assert planned(case(), local(2023, 4, 28, 17, 5)) == []


def test_a_clock_set_back_makes_no_second_reminder():
    told = Told(ISSUED, local(2023, 4, 28, 7, 31))
    assert planned(case(told=told), local(2023, 4, 28, 7, 30)) == []
    assert planned(case(told=told), local(2023, 4, 27, 15)) == []


@pytest.mark.parametrize("state", [s for s in State if s not in OWING])
def test_who_owes_nothing_is_told_nothing(state):
    assert planned(case(state=state, told=Told()), local(2023, 4, 28, 9)) == []
    assert planned(case(state=state), local(2023, 5, 4, 9)) == []


@pytest.mark.parametrize("state", OWING)
def test_who_owes_is_reminded_in_every_owing_state(state):
    assert planned(case(state=state), local(2023, 5, 4, 9)) == [("overdue", date(2023, 5, 4))]


def test_a_returned_report_is_told_at_once_even_at_night():
    back = case(state=State.RETURNED, cycle=2, state_since=local(2023, 4, 28, 21), told=Told())
    assert planned(back, local(2023, 4, 28, 21, 1)) == [("returned", date(2023, 4, 28))]


def test_an_acknowledged_directive_needs_no_arrival_notice():
    assert planned(case(told=Told()), ISSUED + timedelta(minutes=1)) == []


def test_an_address_added_later_is_told_of_the_arrival_and_the_others_not_again():
    both = replace(case(state=State.SENT), told={ADDRESS: Told(ISSUED), "moi@syt.example": Told()})
    notices = list(plan([both], local(2023, 4, 27, 9)))
    assert [(n.kind, n.address, n.occasion) for n in notices] == [("arrival", "moi@syt.example", date(2023, 4, 26))]


def test_other_reminders_wait_for_office_hours_and_the_deadlines_day_does_not():
    assert planned(case(), local(2023, 5, 4, 7, 29)) == []
    assert planned(case(), local(2023, 4, 30, 9)) == []
    assert planned(case(), local(2023, 5, 4, 18)) == []
    on_sunday = case(issued=local(2023, 4, 12, 9), due=local(2023, 4, 23, 17))
    assert planned(on_sunday, local(2023, 4, 23, 7, 29)) == []
    assert planned(on_sunday, local(2023, 4, 23, 9)) == [("due", date(2023, 4, 23))]
    assert may_reach("due", end_of_day(date(2023, 4, 28)), local(2023, 4, 28, 20))


def test_a_day_declared_worked_brings_the_overdue_reminder_forward():
    overrides = {date(2023, 5, 3): True}
    assert planned(case(), local(2023, 5, 3, 8), overrides) == [("overdue", date(2023, 5, 3))]
