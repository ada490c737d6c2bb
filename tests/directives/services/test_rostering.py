"""The duty roster: written whole, looked after while people check in, counted into the report."""

from datetime import date, time, timedelta

import pytest

from agencies.models import DutyPerson, Event
from alertdesk.lib import clock
from alertdesk.lib.duty import findings
from directives.models import Directive, RequiredAction, Shift, State, duty_window
from directives.services.answering import save_answer
from directives.services.closing import close_directive
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.releasing import remove_recipient
from directives.services.rostering import MOST_SHIFTS, check_in, fill_roster, put_roster, seen_roster, set_duty_days
from directives.services.submitting import submit_report
from tests.cast import ISSUED_AT, answer_everything, make_cast

pytestmark = pytest.mark.django_db
FIRST, LAST = clock.local(2023, 4, 29), clock.local(2023, 5, 4)
AN, BINH = ("Nguyễn Văn An", "0905.111.111"), ("Trần Thị Bình", "0905.222.222")


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


def shift(start=0, hours=12, who=AN, **fields):
    name, telephone = who
    begin = FIRST + timedelta(hours=start)
    given = {"post": "Trực giám sát", "starts_at": begin, "ends_at": begin + timedelta(hours=hours)}
    return Shift(**{"name": name, "telephone": telephone} | given | fields)


def put(assignment, actor, *shifts, seen=None):
    put_roster(assignment, actor=actor, seen=seen_roster(assignment) if seen is None else seen, shifts=shifts)
    return list(assignment.shifts.all())


def fill(assignment, actor, people=(AN, BINH), **fields):
    fill_roster(
        assignment, actor=actor, people=list(people), **{"post": "Trực", "hours": 12, "change_at": time(7)} | fields
    )
    return list(assignment.shifts.all())


def extra_of(assignment):
    return assignment.answers.get(action__kind=RequiredAction.Kind.LAYERS_AND_DUTY).extra


def test_the_days_of_duty_are_the_holiday_near_the_deadline_unless_the_desk_sets_others(cast, health):
    window = duty_window(health.directive)
    assert (window.starts_at, window.ends_at) == (FIRST, LAST)
    set_duty_days(health.directive, actor=cast.staff, first=date(2023, 4, 28), last=date(2023, 4, 28))
    window = duty_window(health.directive)
    assert (window.starts_at, window.ends_at) == (clock.local(2023, 4, 28), FIRST)
    set_duty_days(health.directive, actor=cast.staff, first=None, last=None)
    assert duty_window(health.directive).first == date(2023, 4, 29)


def test_only_the_desk_sets_the_days_and_only_in_order(cast, health):
    days = {"first": date(2023, 4, 29), "last": date(2023, 5, 3)}
    for stranger in (cast.officer, cast.leader):
        with pytest.raises(NotAllowed):
            set_duty_days(health.directive, actor=stranger, **days)
    for wrong in ({"last": date(2023, 4, 28)}, {"last": date(2023, 6, 28)}, {"last": None}):
        with pytest.raises(DomainError):
            set_duty_days(health.directive, actor=cast.staff, **days | wrong)
    assert Directive.objects.get().duty_from is None


def test_a_deadline_far_from_any_holiday_asks_for_no_roster_until_days_are_set(cast):
    at = clock.local(2023, 7, 3, 9)
    with clock.frozen(at):
        (health, _town) = cast.issue(at=at, deadline=clock.local(2023, 7, 14, 17))
        assert duty_window(health.directive) is None
        with pytest.raises(DomainError, match="ngày trực"):
            fill(health, cast.officer)


@pytest.mark.parametrize("hours", [8, 12, 24])
def test_two_names_fill_the_whole_holiday_without_findings(cast, health, hours):
    shifts = fill(health, cast.officer, hours=hours)
    watches = [one.watch for one in shifts]
    assert findings(watches, starts_at=FIRST, ends_at=LAST, posts=["Trực"]) == []
    assert (shifts[0].starts_at, shifts[-1].ends_at) == (FIRST, LAST)


def test_filling_meets_an_empty_roster_only_and_needs_a_name(cast, health):
    with pytest.raises(Incomplete):
        fill(health, cast.officer, people=())
    fill(health, cast.officer)
    with pytest.raises(Overtaken):
        fill(health, cast.officer)


def test_whoever_is_named_comes_into_the_register_once(cast, health):
    known = DutyPerson.objects.create(
        agency=cast.health,
        name="nguyễn văn an",
        telephone="0905111111",
        created_by=cast.officer,
        changed_by=cast.officer,
    )
    first, second = put(health, cast.officer, shift(0), shift(12, who=BINH, position="Chuyên viên"))
    assert first.person == known
    assert (second.person.name, second.person.position) == ("Trần Thị Bình", "Chuyên viên")
    put(health, cast.officer, shift(0, who=BINH), shift(12, who=AN))
    assert DutyPerson.objects.count() == 2


def test_the_number_of_people_goes_into_the_answer_and_what_is_sent(cast, health):
    fill(health, cast.officer)
    assert extra_of(health) == 2
    answer_everything(health, cast.officer)
    assert extra_of(health) == 2
    health.refresh_from_db()
    submission = submit_report(health, actor=cast.officer)
    item = submission.items.get(action__kind=RequiredAction.Kind.LAYERS_AND_DUTY)
    assert item.extra == 2
    health.refresh_from_db()
    put(health, cast.officer, shift(0, 120))
    item.refresh_from_db()
    assert (extra_of(health), item.extra) == (1, 2)


def test_without_a_roster_the_number_stays_as_typed(cast, health):
    answer = health.answers.get(action__kind=RequiredAction.Kind.LAYERS_AND_DUTY)
    save_answer(answer, actor=cast.officer, version=answer.version, status="done", total=1, done=1, extra=7)
    assert extra_of(health) == 7
    put(health, cast.officer, shift())
    assert extra_of(health) == 1


def test_a_roster_read_before_anothers_save_is_not_written(cast, health):
    stale = seen_roster(health)
    kept = put(health, cast.officer, shift())
    with pytest.raises(Overtaken):
        put(health, cast.officer, shift(who=BINH), seen=stale)
    assert list(health.shifts.all()) == kept


def test_a_shift_that_stays_keeps_its_row_its_link_and_its_confirmation(cast, health):
    first, _second = put(health, cast.officer, shift(0), shift(12, who=BINH))
    with clock.frozen(FIRST):
        check_in(first)
    again, third = put(health, cast.officer, shift(0, 10, telephone="0905.333.333"), shift(10, 14, who=BINH))
    assert (again.pk, again.telephone) == (first.pk, "0905.333.333")
    assert again.checked_in_at == FIRST
    assert third.checked_in_at is None


def test_a_confirmed_shift_cannot_vanish(cast, health):
    (first,) = put(health, cast.officer, shift())
    with clock.frozen(FIRST):
        check_in(first)
        with pytest.raises(DomainError, match="xác nhận"):
            put(health, cast.officer, shift(who=BINH))
    assert list(health.shifts.all()) == [first]


@pytest.mark.parametrize(
    "wrong",
    [
        [shift(hours=0)],
        [shift(hours=-3)],
        [shift(start=-48)],
        [shift(start=121)],
        [shift(who=("", "0905"))],
        [shift(who=("An", ""))],
        [shift(post="")],
        [shift(who=("A" * 101, "0905"))],
        [shift(), shift(hours=8)],
        [shift(start=n / 10, hours=1) for n in range(MOST_SHIFTS + 1)],
    ],
)
def test_what_is_no_roster_is_refused_whole(cast, health, wrong):
    kept = put(health, cast.officer, shift(50))
    with pytest.raises(DomainError):
        put(health, cast.officer, shift(60, who=BINH), *wrong)
    assert list(health.shifts.all()) == kept
    assert DutyPerson.objects.count() == 1


def test_only_the_agencys_own_people_write(cast, health):
    for stranger in (cast.staff, cast.leader, cast.town_officer, cast.admin):
        with pytest.raises(NotAllowed):
            put(health, stranger, shift())
        with pytest.raises(NotAllowed):
            fill(health, stranger)


def test_a_roster_changes_after_the_report_and_not_after_the_end(cast, health):
    answer_everything(health, cast.officer)
    health.refresh_from_db()
    submit_report(health, actor=cast.officer)
    put(health, cast.officer, shift())
    close_directive(Directive.objects.get(), actor=cast.staff)
    health.refresh_from_db()
    with pytest.raises(DomainError, match="không còn"):
        put(health, cast.officer, shift(who=BINH))


def test_a_released_agency_owes_no_roster(cast, health):
    remove_recipient(health, actor=cast.staff)
    health.refresh_from_db()
    assert health.state == State.WITHDRAWN
    with pytest.raises(DomainError, match="không còn"):
        put(health, cast.officer, shift())


def test_who_checks_in_twice_stays_with_the_first_moment(cast, health):
    (one,) = put(health, cast.officer, shift())
    with clock.frozen(FIRST - timedelta(minutes=30)):
        check_in(one)
    with clock.frozen(LAST):
        assert check_in(one).checked_in_at == FIRST - timedelta(minutes=30)
    assert Event.objects.filter(act="check_in").count() == 1


@pytest.mark.parametrize("minutes", [-31, 12 * 60, 12 * 60 + 1])
def test_nobody_checks_in_too_early_or_after_the_shift(cast, health, minutes):
    (one,) = put(health, cast.officer, shift())
    with clock.frozen(FIRST + timedelta(minutes=minutes)), pytest.raises(DomainError):
        check_in(one)
    one.refresh_from_db()
    assert one.checked_in_at is None


def test_a_check_in_is_missed_half_an_hour_after_the_beginning(cast, health):
    (one,) = put(health, cast.officer, shift())
    for minutes, missed in ((0, False), (29, False), (30, True)):
        now = FIRST + timedelta(minutes=minutes)
        assert one.is_missed(now) is missed
        assert Shift.objects.missed(now).exists() is missed
    with clock.frozen(FIRST):
        assert not check_in(one).is_missed(LAST)
    assert not Shift.objects.missed(LAST).exists()


def test_the_trail_holds_no_typed_words(cast, health):
    put(health, cast.officer, shift())
    event = Event.objects.get(act="put_roster")
    assert event.data == {"shifts": 1, "people": 1}
    assert event.subject_id == health.pk
