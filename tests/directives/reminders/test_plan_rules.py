"""Whatever the window, the plan and the moments of the sweeps: what the planner promises holds."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alertdesk.lib import working_days as office
from alertdesk.lib.clock import ZONE
from directives.models import Notice, State
from directives.reminders.duty_planning import Duty, Turn, plan_duty
from directives.reminders.occasions import ON_PURPOSE, PROMPT, Rules, may_reach, occasions, schedule
from directives.reminders.planning import REMINDING, Case, Planned, Told, plan

Kind = Notice.Kind
ADDRESSES = ("mot@x.example", "hai@x.example")
DAYS = st.dates(date(2023, 4, 3), date(2023, 5, 31))
HOURS = st.times(time(0), time(23, 59))
MOMENTS = st.builds(lambda day, hour: datetime.combine(day, hour, ZONE), DAYS, HOURS)
HOLIDAY = (date(2023, 4, 29), date(2023, 5, 3))
RULES = st.builds(
    Rules,
    days_before=st.lists(st.integers(1, 12), max_size=4, unique=True).map(lambda d: tuple(sorted(d, reverse=True))),
    on_the_day=st.booleans(),
    overdue_every=st.sampled_from([0, 1, 2, 3, 5]),
    skipped=st.frozensets(DAYS, max_size=3),
    holiday=st.sampled_from([None, HOLIDAY]),
)
OVERRIDES = st.dictionaries(DAYS, st.booleans(), max_size=4)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def windows(draw, number: int = 1):
    """A case of a window that closes 4 hours to 40 days after it opened."""
    begun = draw(MOMENTS)
    due = begun + timedelta(minutes=draw(st.integers(240, 40 * 24 * 60)))
    return Case(
        assignment_id=number,
        cycle=1,
        state=State.ACKNOWLEDGED,
        state_since=begun,
        begun_at=begun,
        due_at=due,
        told={address: Told(first_at=begun) for address in ADDRESSES},
        rules=draw(RULES),
    )


def swept(cases: list[Case], moments: list[datetime], overrides) -> list[tuple[datetime, Planned]]:
    """Sweep at each moment, remember what was told, and return all of it with its moment."""
    found, keys = [], set()
    told = {(case.assignment_id, address): one for case in cases for address, one in case.told.items()}
    for now in sorted(moments):
        today = now.astimezone(ZONE).date()
        had = {p.address for at, p in found if at.astimezone(ZONE).date() == today and p.kind in REMINDING}
        now_cases = [
            replace(case, told={address: told[case.assignment_id, address] for address in case.told}) for case in cases
        ]
        for planned in list(plan(now_cases, now, overrides, reminded=had)):
            key = (planned.assignment_id, planned.cycle, planned.kind, planned.occasion, planned.address)
            assert key not in keys, "the planner does not lean on the database to be told twice"
            keys.add(key)
            found.append((now, planned))
            told[planned.assignment_id, planned.address] = replace(
                told[planned.assignment_id, planned.address], last_at=now
            )
    return found


SWEEPS = st.lists(MOMENTS, min_size=1, max_size=25)


@quick
@given(windows(), SWEEPS, OVERRIDES)
def test_the_calendar_reminds_in_no_holiday_on_no_day_left_out_and_in_office_hours_but_for_the_last_day(
    case, sweeps, overrides
):
    for now, planned in swept([case], sweeps, overrides):
        here = now.astimezone(ZONE)
        assert planned.kind in REMINDING
        assert not office.is_in_holiday(here.date(), overrides)
        assert here.date() not in case.rules.skipped
        assert office.is_office_time(now, overrides) or here.date() == case.due_at.astimezone(ZONE).date()
        assert planned.occasion <= here.date()


@quick
@given(windows(1), windows(2), SWEEPS, OVERRIDES)
def test_an_address_has_one_reminder_a_day_that_lists_all_but_for_the_hours_before_a_deadline(
    one, other, sweeps, overrides
):
    days: dict[tuple[str, date], dict[datetime, set[Planned]]] = {}
    for now, planned in swept([one, other], sweeps, overrides):
        of_day = days.setdefault((planned.address, now.astimezone(ZONE).date()), {})
        of_day.setdefault(now, set()).add(planned)
    deadlines = {case.due_at.astimezone(ZONE).date() for case in (one, other)}
    for (_address, day), messages in days.items():
        assert len(messages) == 1 or day in deadlines
        for told in messages.values():
            assert {planned.assignment_id for planned in told} == {1, 2}, "whatever is open comes along"


@quick
@given(windows(), OVERRIDES)
def test_sweeping_all_the_time_sends_what_the_plan_shows_and_nothing_else(case, overrides):
    case = replace(case, told={ADDRESSES[0]: Told()})  # as if nobody had been told: no calm after the first message
    until = case.due_at.astimezone(ZONE).date() + timedelta(days=12)
    shown = schedule(case.begun_at, case.due_at, until, overrides, case.rules)
    end = office.at(until, office.CLOSING)
    moments = {case.begun_at, *(one.moment for one in shown)}
    moments |= {at for one in shown for at in (one.moment + timedelta(minutes=1), one.moment + timedelta(hours=3))}
    sent = [(p.kind, now) for now, p in swept([case], [m for m in moments if m <= end], overrides)]
    on_last_day = case.due_at.astimezone(ZONE).date()
    first_of_day: dict[date, datetime] = {}
    for one in shown:
        first_of_day.setdefault(one.day, one.moment)
    expected = [(o.kind, o.moment) for o in shown if o.day == on_last_day or o.moment == first_of_day[o.day]]
    assert sent == expected


@quick
@given(windows(), MOMENTS, OVERRIDES)
def test_after_any_outage_only_one_reminder_follows(case, now, overrides):
    planned = list(plan([case], now, overrides))
    assert len(planned) in (0, len(ADDRESSES))
    come = [o for o in occasions(case.begun_at, case.due_at, now, overrides, case.rules) if o.moment <= now]
    assert all((p.kind, p.occasion) == (come[-1].kind, come[-1].day) for p in planned)


@quick
@given(MOMENTS, MOMENTS, OVERRIDES)
def test_what_a_person_does_on_purpose_goes_out_at_any_hour_and_answers_in_no_holiday(now, due, overrides):
    assert all(may_reach(kind, due, now, overrides) for kind in ON_PURPOSE)
    before_work = now.time() < office.OPENING and office.is_in_holiday(now.date() - timedelta(days=1), overrides)
    waits = office.is_in_holiday(now.date(), overrides) or before_work
    assert all(may_reach(kind, due, now, overrides) is not waits for kind in PROMPT)


@st.composite
def duties(draw):
    starts = draw(MOMENTS)
    turn = Turn(starts, starts + timedelta(hours=draw(st.integers(1, 24))), "truc@x.example")
    return Duty(1, 1, draw(RULES), draw(st.booleans()), ADDRESSES, (turn,))


@quick
@given(duties(), MOMENTS, OVERRIDES)
def test_check_ins_go_out_only_in_the_holiday_and_the_roster_is_asked_for_only_before_it(duty, now, overrides):
    for planned in plan_duty([duty], now, overrides):
        day = now.astimezone(ZONE).date()
        assert planned.occasion == day
        assert duty.rules.holiday
        assert day not in duty.rules.skipped
        if planned.kind == Kind.CHECK_IN:
            assert HOLIDAY[0] <= day <= HOLIDAY[1]
            assert duty.turns[0].ends_at > now
        else:
            assert duty.lacks_roster
            assert day < HOLIDAY[0]
            assert office.is_office_time(now, overrides)


@quick
@given(duties(), MOMENTS, OVERRIDES)
def test_what_was_said_of_duty_today_is_not_said_again(duty, now, overrides):
    first = list(plan_duty([duty], now, overrides))
    told = frozenset((planned.kind, planned.address) for planned in first)
    assert list(plan_duty([replace(duty, told=told)], now, overrides)) == []
