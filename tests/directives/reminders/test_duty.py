"""Duty: the roster is asked for before the holiday, people on duty on its mornings, and nothing else goes out then."""

from datetime import timedelta

import pytest

from agencies.models import DutyPerson
from alertdesk.lib import clock
from alertdesk.lib.duty import rotation
from directives.models import Assignment, Delivery, Notice, Shift, State, duty_window
from directives.services.extending import ask_extension, grant_extension
from directives.services.rostering import check_in
from directives.services.submitting import submit_report
from tests.cast import answer_everything

from .conftest import make_due, sweep_at
from .test_messages import MAILBOX, mail_at, subject_of, words

Kind = Notice.Kind
EVE = (2023, 4, 28, 7, 30)
HOLIDAY = [(2023, 4, 29), (2023, 4, 30), (2023, 5, 1), (2023, 5, 2), (2023, 5, 3)]


@pytest.fixture
def health(cast, way_out):
    (assignment,) = cast.issue(cast.health, number="512")
    sweep_at(2023, 4, 26, 9)
    way_out.sent.clear()
    return assignment


def put_shifts(assignment, *, leave_out=(), person=None):
    """Fill the holiday with shifts of 12 hours from 07:00, but for some of them."""
    window = duty_window(assignment.directive)
    turns = rotation(
        window.starts_at, window.ends_at, length=timedelta(hours=12), change_at=clock.local(2023, 1, 1, 7).time()
    )
    rows = [
        Shift(
            assignment=assignment,
            post="Trực an toàn thông tin",
            name=f"Nguyễn Văn {'AB'[number % 2]}",
            telephone="0905.123.456",
            starts_at=start,
            ends_at=end,
            person=person,
        )
        for number, (start, end) in enumerate(turns)
        if number not in leave_out
    ]
    return Shift.objects.bulk_create(rows)


def kinds(address=MAILBOX):
    return list(Notice.objects.filter(address=address).order_by("id").values_list("kind", flat=True))


def test_on_the_last_working_day_before_the_holiday_a_missing_roster_is_asked_for_with_all_that_is_open(
    health, way_out
):
    Assignment.objects.update(state=State.ACKNOWLEDGED)
    mail = mail_at(way_out, *EVE)
    for body in (words(mail), words(mail, "html")):
        assert "Lịch trực:" in body
        assert "Chưa có lịch trực từ ngày 29/04/2023 đến ngày 03/05/2023" in body
        assert "Thời hạn" in body
    assert {Kind.DUE, Kind.ROSTER} <= set(kinds())


def test_hours_without_anybody_are_named_also_after_the_report_was_sent(cast, health, way_out):
    put_shifts(health, leave_out=(3,))
    answer_everything(health, cast.officer)
    submit_report(Assignment.objects.get(pk=health.pk), actor=cast.officer)
    mail = mail_at(way_out, *EVE)
    assert subject_of(mail) == "[Lịch trực] Đề nghị hoàn thành lịch trực kỳ nghỉ: Công văn số 512/STTTT-BCVT&CNTT"
    assert "Chưa có người trực từ 07:00 30/04 đến 19:00 30/04" in words(mail)
    assert "Thời hạn" not in words(mail)
    assert kinds()[-1] == Kind.ROSTER


def test_a_whole_roster_and_a_report_sent_without_one_are_not_asked_for(cast, health, way_out):
    put_shifts(health)
    Assignment.objects.update(state=State.ACKNOWLEDGED)
    sweep_at(*EVE)
    assert Kind.ROSTER not in kinds()
    Shift.objects.all().delete()
    Assignment.objects.update(state=State.SUBMITTED, cycle=2)
    sweep_at(2023, 4, 28, 9)
    assert Kind.ROSTER not in kinds()


def test_a_roster_completed_before_the_message_left_is_no_longer_asked_for(cast, health, way_out, monkeypatch):
    Assignment.objects.update(state=State.SUBMITTED)
    shifts = put_shifts(health)
    third = shifts.pop(3)
    third.delete()
    monkeypatch.setattr("directives.reminders.sweep.deliver", lambda *args: {})
    sweep_at(*EVE)
    monkeypatch.undo()
    assert kinds()[-1] == Kind.ROSTER
    Shift.objects.filter(pk=shifts[2].pk).update(ends_at=third.ends_at)
    assert sweep_at(2023, 4, 28, 8)["cancelled"] == 2


def test_on_every_morning_of_the_holiday_the_mailbox_gets_the_links_of_the_day_and_nothing_else_goes_out(
    health, way_out
):
    put_shifts(health)
    Assignment.objects.update(state=State.ACKNOWLEDGED, due_at=clock.local(2023, 4, 28, 17))
    sweep_at(2023, 4, 28, 15)
    before = Notice.objects.count()
    for day in HOLIDAY:
        mail = mail_at(way_out, *day, 7)
        assert subject_of(mail) == f"[Trực] Đề nghị xác nhận có mặt trực ngày {day[2]:02d}/{day[1]:02d}/2023"
        assert len(way_out.sent) == 1
        assert sweep_at(*day, 12)["planned"] == 0
    assert set(Notice.objects.order_by("id")[before:].values_list("kind", flat=True)) == {Kind.CHECK_IN}


def test_a_check_in_message_has_a_link_for_each_shift_and_no_family_name_or_telephone(health, way_out, client):
    put_shifts(health)
    mail = mail_at(way_out, *HOLIDAY[1], 7)
    text = words(mail)
    links = [word for word in text.split() if "/check-in/" in word]
    assert len(links) == 2  # the night's shift is over at 07:00; the day's and the evening's are to come
    assert "0905" not in text + words(mail, "html")
    assert "Nguyễn" not in text
    assert "19:00 30/04 – 07:00 01/05: Trực an toàn thông tin" in text
    with clock.frozen(clock.local(*HOLIDAY[1], 7)):
        assert client.get("/check-in/" + links[0].split("/check-in/")[1]).status_code == 200
    kept = Delivery.objects.filter(notices__kind=Kind.CHECK_IN).latest("id")
    assert "/check-in/" not in kept.text + kept.html


def test_the_link_goes_to_the_person_on_duty_where_the_register_knows_an_address(cast, health, way_out):
    person = DutyPerson.objects.create(
        agency=cast.health,
        name="Nguyễn Văn A",
        telephone="0905.123.456",
        email="Truc@syt.example",
        created_by=cast.officer,
        changed_by=cast.officer,
    )
    put_shifts(health, person=person)
    sweep_at(*HOLIDAY[0], 7)
    assert [message.to for message in way_out.sent] == [["truc@syt.example"]]


def test_who_has_confirmed_is_not_asked_again(health, way_out):
    shifts = put_shifts(health)
    with clock.frozen(clock.local(*HOLIDAY[0], 6, 45)):
        for shift in shifts[:2]:
            check_in(shift)
    mail = mail_at(way_out, *HOLIDAY[0], 7)
    assert words(mail).count("/check-in/") == 1


def test_check_ins_end_when_the_directive_asks_for_nothing_any_more(health, way_out):
    put_shifts(health)
    Assignment.objects.update(state=State.WITHDRAWN)
    assert sweep_at(*HOLIDAY[0], 7)["planned"] == 0


def test_a_decision_made_in_the_holiday_comes_with_the_one_message_of_the_first_working_day(cast, health, way_out):
    cast.issue(cast.health, number="600", deadline=clock.local(2023, 5, 12, 17))
    sweep_at(2023, 4, 26, 9)
    Assignment.objects.update(state=State.ACKNOWLEDGED)
    sweep_at(2023, 4, 28, 15)
    with clock.frozen(clock.local(2023, 4, 28, 16)):
        until = clock.local(2023, 5, 12, 17)
        request = ask_extension(
            Assignment.objects.get(pk=health.pk), actor=cast.officer, until=until, reason="Bận trực."
        )
    way_out.sent.clear()
    with clock.frozen(clock.local(2023, 4, 30, 10)):
        grant_extension(request, actor=cast.staff, until=until)
    assert sweep_at(2023, 4, 30, 10)["held"] == 2
    make_due()
    assert sweep_at(2023, 5, 4, 0, 30)["held"] == 2, "the night after the holiday belongs to it"
    assert way_out.sent == []
    mail = mail_at(way_out, 2023, 5, 4, 7, 30)
    assert len(way_out.sent) == 2, "one for each address"
    assert "gia hạn" in words(mail).lower()
    assert "số 512/" in words(mail)
    assert "số 600/" in words(mail)
    assert sweep_at(2023, 5, 4, 10)["sent"] == 0


def test_what_is_asked_for_in_the_holiday_is_told_on_the_first_working_morning_and_not_in_the_night(
    cast, health, way_out
):
    Assignment.objects.update(state=State.RETURNED, cycle=2, state_since=clock.local(2023, 5, 1, 10))
    for moment in ((5, 1, 10), (5, 3, 22), (5, 4, 1)):
        assert sweep_at(2023, *moment)["planned"] == 0
    assert sweep_at(2023, 5, 4, 7, 30)["sent"] == 2
    assert kinds()[-1] == Kind.RETURNED
