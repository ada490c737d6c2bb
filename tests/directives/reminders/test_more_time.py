"""After a decision on more time: one message with the news, no second arrival, and reminders by the new deadline."""

from datetime import timedelta

import pytest

from alertdesk.lib import clock
from directives.models import Assignment, Delivery, Notice, State
from directives.services.extending import ask_extension, extend_unasked, grant_extension, refuse_extension
from tests.cast import DEADLINE, ISSUED_AT

from .conftest import sweep_at

LATER = clock.local(2023, 5, 10, 17)
REASON = "Chờ số liệu của các đơn vị trực thuộc."
GRANTED_AT = (2023, 4, 27, 10)


@pytest.fixture
def health(cast, way_out):
    """The health department's assignment; it has had its arrival and wants more time since the next morning."""
    health = cast.issue(cast.health)[0]
    sweep_at(2023, 4, 26, 9, 5)
    with clock.frozen(clock.local(2023, 4, 27, 9)):
        ask_extension(health, actor=cast.officer, until=LATER, reason=REASON)
    return Assignment.objects.get()


def decide(health, cast, act, **said):
    with clock.frozen(clock.local(*GRANTED_AT)):
        act(health.extensions.get(), actor=cast.staff, **said)


def kinds(cycle):
    return set(Notice.objects.filter(cycle=cycle).values_list("kind", flat=True))


def news(way_out):
    return [message for message in way_out.sent if "[Gia hạn]" in message.subject]


def test_a_grant_is_told_once_with_both_words_and_the_new_deadline(cast, health, way_out):
    decide(health, cast, grant_extension, until=LATER, note="Không gia hạn thêm.")
    sweep_at(2023, 4, 27, 10, 5)
    sweep_at(2023, 4, 27, 10, 30)
    assert {message.to[0] for message in news(way_out)} == {"syt@binhdinh.example", "vanthu@syt.example"}
    body = news(way_out)[0].body
    assert "17:00 10/05/2023" in body
    assert "Không gia hạn thêm." in body


def test_a_refusal_is_told_with_its_reason_and_the_deadline_stays(cast, health, way_out):
    decide(health, cast, refuse_extension, note="Đề nghị báo cáo đúng hạn.")
    sweep_at(2023, 4, 27, 10, 5)
    body = news(way_out)[0].body
    assert "Đề nghị báo cáo đúng hạn." in body
    assert "17:00 28/04/2023" in body


def test_a_grant_right_after_a_refusal_is_told_as_a_grant(cast, health, way_out):
    decide(health, cast, refuse_extension, note="Đề nghị báo cáo đúng hạn.")
    health.refresh_from_db()
    with clock.frozen(clock.local(*GRANTED_AT)):
        second = ask_extension(health, actor=cast.officer, until=LATER, reason=REASON)
        grant_extension(second, actor=cast.staff, until=LATER)
    sweep_at(2023, 4, 27, 10, 5)
    assert "Đồng ý gia hạn" in news(way_out)[-1].body
    assert "Đề nghị báo cáo đúng hạn." not in news(way_out)[-1].body


def test_more_time_given_unasked_is_told_with_its_reason(cast, way_out):
    health = cast.issue(cast.health)[0]
    with clock.frozen(clock.local(*GRANTED_AT)):
        extend_unasked(health, actor=cast.staff, until=LATER, reason="Bão số 1.")
    sweep_at(2023, 4, 27, 10, 5)
    assert "Bão số 1." in news(way_out)[0].body


def test_after_a_grant_no_second_arrival_comes_and_reminders_follow_the_new_window(cast, health):
    decide(health, cast, grant_extension, until=LATER)
    for day in (27, 28, 29):
        sweep_at(2023, 4, day, 16)
    # The old deadline's day and the days after it bring nothing but the question for the roster.
    assert kinds(cycle=2) == {Notice.Kind.EXTENSION, Notice.Kind.ROSTER, Notice.Kind.ALSO_OPEN}
    occasions = {}
    for day in (4, 5, 8, 9, 10, 11):
        before = Notice.objects.count()
        sweep_at(2023, 5, day, 16)
        occasions[day] = set(Notice.objects.order_by("id")[before:].values_list("kind", flat=True))
    assert occasions == {4: {"post_holiday"}, 5: {"before"}, 8: set(), 9: {"before"}, 10: {"due"}, 11: {"overdue"}}


def test_an_agency_asked_for_more_is_told_of_its_new_deadline_and_not_asked_again(cast, health):
    Assignment.objects.update(state=State.RETURNED, cycle=2, state_since=clock.local(2023, 4, 27, 9))
    sweep_at(2023, 4, 27, 9, 30)
    decide(health, cast, grant_extension, until=LATER)
    sweep_at(2023, 4, 27, 16)
    assert (kinds(cycle=2), kinds(cycle=3)) == ({Notice.Kind.RETURNED}, {Notice.Kind.EXTENSION})


def test_lateness_goes_by_the_new_deadline(cast, health):
    decide(health, cast, grant_extension, until=LATER)
    assert not Assignment.objects.overdue(DEADLINE + timedelta(seconds=1)).exists()
    assert not Assignment.objects.overdue(LATER).exists()
    assert Assignment.objects.overdue(LATER + timedelta(seconds=1)).exists()


def test_what_still_waited_for_the_old_deadline_is_not_sent(cast, health, way_out):
    with clock.frozen(ISSUED_AT):
        Delivery.objects.update(state=Delivery.State.PENDING, next_try_at=None)
    decide(health, cast, grant_extension, until=LATER)
    way_out.sent.clear()
    sweep_at(2023, 4, 27, 10, 5)
    assert all("[Gia hạn]" in message.subject for message in way_out.sent)
