"""The head of a late agency is written to by an act of the desk; by the calendar only where the site wants it."""

from datetime import timedelta

import pytest

from agencies.models import Agency, Event, Membership
from alertdesk.lib import clock
from directives.models import Assignment, Delivery, Notice
from directives.reminders.sweep import sweep
from directives.services.errors import NotAllowed
from directives.services.escalating import escalate, sort_out_late
from directives.services.reminding import LeftOut, remind_now
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import ISSUED_AT, answer_everything, make_cast
from tests.directives.services.test_races import race

NEXT_MORNING = clock.local(2023, 5, 4, 9)  # the first working day after the deadline
HEAD, MAILBOX = "chutich@quynhon.example", "quynhon@binhdinh.example"


@pytest.fixture
def cast(db):
    with clock.frozen(ISSUED_AT):
        return make_cast()


@pytest.fixture
def rows(cast):
    """The health department's, which has no head's account, and the town's, which has; both late."""
    rows = cast.issue()
    with clock.frozen(NEXT_MORNING):
        yield rows


def written():
    return set(Notice.objects.filter(kind="escalated").values_list("address", "channel"))


def left_out(selection):
    return {row.agency_name: reason for row, reason in selection.left_out}


def test_the_heads_account_is_written_to_else_the_mailbox(cast, rows):
    escalate(rows, actor=cast.staff)
    assert written() == {(HEAD, "email"), (HEAD, "in_app"), ("syt@binhdinh.example", "email")}


def test_the_message_addresses_the_head_and_asks_the_mailbox_to_put_it_before_the_head(cast, rows):
    escalate(rows, actor=cast.staff)
    sweep()
    mails = {
        mail.address: mail
        for mail in Delivery.objects.filter(notices__kind="escalated", channel="email", state="sent").distinct()
    }
    head, mailbox = mails[HEAD], mails["syt@binhdinh.example"]
    assert head.subject.startswith("[Gửi lãnh đạo cơ quan] ")
    assert "trân trọng thông tin đến lãnh đạo UBND thành phố Quy Nhơn" in head.text
    assert "trình lãnh đạo thư này" not in head.text
    assert "đề nghị văn thư trình lãnh đạo thư này" in mailbox.text


def test_the_head_of_an_agency_that_has_reported_is_told_that_more_was_asked_for(cast, rows):
    answer_everything(rows[0], cast.officer)
    submission = submit_report(Assignment.objects.get(pk=rows[0].pk), actor=cast.officer)
    items = list(submission.items.all())
    verdicts = {item.pk: ("ok", "") for item in items} | {items[0].pk: ("more", "Đề nghị nêu số liệu.")}
    finish_review(submission, actor=cast.staff, verdicts=verdicts)
    escalate([rows[0]], actor=cast.staff)
    sweep()
    told = Delivery.objects.get(notices__kind="escalated", channel="email")
    assert "chưa nhận được nội dung đề nghị bổ sung" in told.text


def test_each_is_written_down_with_who_did_it(cast, rows):
    escalate(rows, actor=cast.staff)
    events = Event.objects.filter(act="escalate", actor=cast.staff)
    assert set(events.values_list("subject_id", flat=True)) == {row.pk for row in rows}


def test_who_is_not_late_has_reported_or_was_told_today_is_left_out(cast, rows):
    answer_everything(rows[0], cast.officer)
    submit_report(Assignment.objects.get(pk=rows[0].pk), actor=cast.officer)
    escalate(rows, actor=cast.staff)
    assert left_out(sort_out_late(Assignment.objects.all())) == {
        "Sở Y tế": LeftOut.OWES_NOTHING,
        "UBND thành phố Quy Nhơn": LeftOut.HEAD_TODAY,
    }
    with clock.frozen(ISSUED_AT):
        assert left_out(sort_out_late([rows[1]])) == {"UBND thành phố Quy Nhơn": LeftOut.NOT_LATE}


def test_an_agency_with_neither_head_nor_mailbox_has_to_be_telephoned(cast, rows):
    Agency.objects.filter(pk=cast.health.pk).update(mailbox="")
    assert left_out(escalate([rows[0]], actor=cast.staff)) == {"Sở Y tế": LeftOut.NO_HEAD}


def test_a_head_whose_time_is_over_is_not_written_to(cast, rows):
    Membership.objects.filter(user=cast.head).update(valid_to="2023-05-01")
    escalate([rows[1]], actor=cast.staff)
    assert written() == {(MAILBOX, "email")}


def test_twice_on_one_day_writes_once_and_the_next_day_again(cast, rows):
    for _time in range(2):
        escalate([rows[1]], actor=cast.staff)
    assert Notice.objects.filter(kind="escalated", channel="email").count() == 1
    with clock.frozen(clock.local(2023, 5, 5, 9)):
        escalate([rows[1]], actor=cast.staff)
    assert Notice.objects.filter(kind="escalated", channel="email").count() == 2


def test_the_officers_may_still_be_reminded_that_day(cast, rows):
    escalate(rows, actor=cast.staff)
    assert len(remind_now(rows, actor=cast.staff).due) == 2


def test_a_later_reminder_to_the_same_mailbox_does_not_keep_the_heads_message_back(cast, rows):
    escalate([rows[0]], actor=cast.staff)
    with clock.frozen(NEXT_MORNING.replace(minute=5)):
        remind_now([rows[0]], actor=cast.staff)
        sweep()
    assert set(Delivery.objects.filter(notices__kind="escalated").values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("role", ["leader", "officer", "head"])
def test_only_the_desk_escalates(cast, rows, role):
    with pytest.raises(NotAllowed):
        escalate(rows, actor=getattr(cast, role))
    assert not written()


def test_by_itself_nothing_is_written_to_heads(cast, rows):
    with clock.frozen(clock.local(2023, 6, 1, 9)):
        sweep()
    assert not written()


def test_where_the_site_wants_it_heads_are_told_once_after_so_many_working_days(cast, rows, settings):
    settings.ESCALATE_AFTER_DAYS = 2
    sweep()  # 4/5: the first working day after the deadline
    assert not written()
    with clock.frozen(clock.local(2023, 5, 5, 7)):
        sweep()  # not yet office time
    assert not written()
    for day in (5, 8, 9):
        with clock.frozen(clock.local(2023, 5, day, 9)):
            sweep()
    assert written() == {(HEAD, "email"), (HEAD, "in_app"), ("syt@binhdinh.example", "email")}
    assert Notice.objects.filter(kind="escalated").count() == 3


def test_a_head_the_desk_has_told_is_not_told_by_the_calendar_again(cast, rows, settings):
    escalate(rows, actor=cast.staff)
    before = Notice.objects.filter(kind="escalated").count()
    settings.ESCALATE_AFTER_DAYS = 2
    with clock.frozen(clock.local(2023, 5, 8, 9)):
        sweep()
    assert Notice.objects.filter(kind="escalated").count() == before


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_two_people_who_write_at_once_write_once(cast):
    begin, deadline = ISSUED_AT - timedelta(days=9), ISSUED_AT - timedelta(days=2)
    rows = cast.issue(at=begin, deadline=deadline)  # late at the moment of the race
    acts = [lambda actor=actor: escalate(rows, actor=actor) for actor in (cast.staff, cast.second_staff) * 3]
    results = race(*acts)
    assert sorted(len(selection.due) for selection in results) == [0, 0, 0, 0, 0, 2]
    assert Notice.objects.filter(kind="escalated", channel="email").count() == 2
