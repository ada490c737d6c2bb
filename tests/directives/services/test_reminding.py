"""The desk reminds a selection: each agency at most once a day, and nobody who need not be."""

from collections import Counter

import pytest

from agencies.models import Agency, Event
from alertdesk.lib import clock
from directives.models import Assignment, Delivery, Directive, DirectiveState, Notice, State
from directives.reminders.outbox import enqueue
from directives.reminders.sweep import sweep
from directives.services.errors import NotAllowed
from directives.services.reminding import LeftOut, remind_now, sort_out
from directives.services.submitting import submit_report
from tests.cast import ISSUED_AT, answer_everything, make_cast
from tests.directives.services.test_races import race

Kind = Notice.Kind
MORNING = clock.local(2023, 4, 28, 9)


@pytest.fixture
def cast(db):
    with clock.frozen(ISSUED_AT):
        return make_cast()


@pytest.fixture
def rows(cast):
    """The health department's and the town's assignment, on the morning of the deadline."""
    rows = cast.issue()
    with clock.frozen(MORNING):
        yield rows


def reminded(selection) -> list[str]:
    return [due.assignment.agency_name for due in selection.due]


def reasons(selection) -> dict[str, str]:
    return {assignment.agency_name: reason for assignment, reason in selection.left_out}


def test_each_address_of_an_owing_agency_gets_one_message(cast, rows):
    selection = remind_now(rows, actor=cast.staff)
    assert reminded(selection) == ["Sở Y tế", "UBND thành phố Quy Nhơn"]
    written = Notice.objects.filter(kind=Kind.MANUAL).values_list("assignment", "address", "occasion")
    today = clock.today()
    assert set(written) == {
        (rows[0].pk, "syt@binhdinh.example", today),
        (rows[0].pk, "vanthu@syt.example", today),
        (rows[1].pk, "quynhon@binhdinh.example", today),
        (rows[1].pk, "vanthu@quynhon.example", today),
    }
    by_channel = Counter(Delivery.objects.values_list("channel", flat=True))
    assert by_channel == {"email": 4, "in_app": 2}  # the officers can sign in, the mailboxes cannot


def test_the_trail_names_who_reminded_whom(cast, rows):
    remind_now(rows[:1], actor=cast.staff)
    event = Event.objects.get(act="remind")
    assert (event.actor, event.subject_type, event.subject_id) == (cast.staff, "assignment", rows[0].pk)
    assert event.agency == cast.health


def test_an_agency_is_reminded_once_a_day_and_again_the_next(cast, rows):
    remind_now(rows[:1], actor=cast.staff)
    again = remind_now(rows, actor=cast.second_staff)
    assert (reminded(again), reasons(again)) == (["UBND thành phố Quy Nhơn"], {"Sở Y tế": LeftOut.TODAY})
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=clock.now())
    with clock.frozen(clock.local(2023, 4, 29, 9)):
        assert len(reminded(remind_now(rows, actor=cast.staff))) == 2


@pytest.mark.parametrize("state", ["pending", "sending", "sent"])
def test_who_had_a_planned_or_sent_reminder_today_is_left_out(cast, rows, state):
    enqueue(rows[0], Kind.DUE, "syt@binhdinh.example")
    Delivery.objects.update(state=state)
    assert reasons(sort_out(rows)) == {"Sở Y tế": LeftOut.TODAY}


def test_a_message_still_waiting_since_yesterday_counts_as_a_reminder_of_today(cast, rows):
    with clock.frozen(clock.local(2023, 4, 27, 16)):
        enqueue(rows[0], Kind.BEFORE, "syt@binhdinh.example")
    assert reasons(sort_out(rows)) == {"Sở Y tế": LeftOut.TODAY}
    Delivery.objects.update(state="sent", sent_at=clock.local(2023, 4, 27, 17))
    assert reasons(sort_out(rows)) == {}


@pytest.mark.parametrize("state", ["dead", "cancelled"])
def test_a_message_that_reached_nobody_does_not_count(cast, rows, state):
    enqueue(rows[0], Kind.DUE, "syt@binhdinh.example")
    Delivery.objects.update(state=state)
    assert reasons(sort_out(rows)) == {}


def test_an_invitation_is_no_reminder(cast, rows):
    enqueue(rows[0], Kind.INVITATION, "syt@binhdinh.example")
    assert reasons(sort_out(rows)) == {}


def test_who_owes_nothing_or_has_no_address_is_left_out_by_name(cast, rows):
    answer_everything(rows[0], cast.officer)
    submit_report(Assignment.objects.get(pk=rows[0].pk), actor=cast.officer)
    Agency.objects.filter(pk=cast.town.pk).update(mailbox="")
    cast.town_officer.memberships.update(valid_to="2023-04-01")
    selection = remind_now(rows, actor=cast.staff)
    assert reasons(selection) == {
        "Sở Y tế": LeftOut.OWES_NOTHING,
        "UBND thành phố Quy Nhơn": LeftOut.NO_ADDRESS,
    }
    assert not Notice.objects.exists()


def test_nobody_is_reminded_of_a_directive_that_was_closed(cast, rows):
    Directive.objects.update(state=DirectiveState.CLOSED)
    assert set(reasons(sort_out(Assignment.objects.select_related("directive"))).values()) == {LeftOut.OWES_NOTHING}


def test_only_staff_of_the_issuing_desk_remind(cast, rows):
    for person in (cast.leader, cast.officer, cast.admin):
        with pytest.raises(NotAllowed):
            remind_now(rows, actor=person)
    assert not Notice.objects.exists()


def test_the_head_hears_of_a_report_that_waits_for_approval(cast, rows):
    Assignment.objects.filter(pk=rows[1].pk).update(state=State.AWAITING_APPROVAL)
    remind_now([rows[1]], actor=cast.staff)
    assert Notice.objects.filter(address="chutich@quynhon.example").exists()


def test_the_key_of_a_notice_refuses_a_second_reminder_of_the_day(cast, rows):
    assert enqueue(rows[0], Kind.MANUAL, "syt@binhdinh.example")
    assert not enqueue(rows[0], Kind.MANUAL, "syt@binhdinh.example")
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 1)


def test_the_planner_does_not_repeat_an_occasion_that_the_desk_was_faster_than(cast, rows):
    with clock.frozen(clock.local(2023, 4, 26, 10)):
        sweep()
    with clock.frozen(clock.local(2023, 4, 28, 8)):  # the morning's occasion has come, no sweep has run yet
        remind_now(rows, actor=cast.staff)
        sweep()
    kinds = set(Notice.objects.filter(planned_at__date="2023-04-28").values_list("kind", flat=True))
    assert kinds == {Kind.MANUAL}


def test_a_reminder_by_hand_goes_out_in_the_evening_too(cast, rows):
    with clock.frozen(clock.local(2023, 4, 27, 21)):
        remind_now(rows[:1], actor=cast.staff)
        sweep()
    assert set(Delivery.objects.filter(notices__kind=Kind.MANUAL).values_list("state", flat=True)) == {"sent"}


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_two_people_who_remind_at_once_send_one_message(cast):
    rows = cast.issue()
    acts = [lambda actor=actor: remind_now(rows, actor=actor) for actor in (cast.staff, cast.second_staff) * 3]
    results = race(*acts)
    assert sorted(len(selection.due) for selection in results) == [0, 0, 0, 0, 0, 2]
    assert (Notice.objects.count(), Delivery.objects.count()) == (6, 6)
