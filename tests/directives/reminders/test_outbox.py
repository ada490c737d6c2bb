"""The outbox's rows: who is written to, once per occasion, one delivery per address."""

from datetime import timedelta

import pytest

from agencies.models import Membership, Role
from alertdesk.lib import clock
from directives.models import Assignment, CalendarOverride, Delivery, Notice, RequiredAction, State
from directives.reminders.addresses import addresses_of, without_address
from directives.reminders.cases import read_cases
from directives.reminders.outbox import enqueue, requeue, write
from directives.reminders.planning import Planned
from tests.cast import make_agency, make_user

from .conftest import sweep_at

DAY = clock.local(2023, 4, 28).date()
HEALTH = {"syt@binhdinh.example", "vanthu@syt.example"}


def addresses(assignment) -> set[str]:
    return set(addresses_of([assignment], DAY)[assignment.pk])


def test_mailbox_and_active_officers_are_written_to_once_in_lower_case(cast):
    (assignment,) = cast.issue(cast.health)
    cast.health.mailbox = "SYT@binhdinh.example"
    cast.health.save()
    make_user("nghi@syt.example", Role.OFFICER, cast.health, is_active=False)
    gone = make_user("chuyen@syt.example", Role.OFFICER, cast.health)
    Membership.objects.filter(user=gone).update(valid_to=DAY - timedelta(days=1))
    make_user("syt@binhdinh.example", Role.OFFICER, cast.health)
    assert addresses(assignment) == HEALTH


def test_the_head_is_written_to_only_while_the_report_waits_for_the_head(cast):
    (assignment,) = cast.issue(cast.town)
    assert cast.head.email not in addresses(assignment)
    assignment.state = State.AWAITING_APPROVAL
    assert cast.head.email in addresses(assignment)


def test_work_taken_over_is_asked_of_the_agency_responsible_now(cast):
    (assignment,) = cast.issue(cast.health)
    assignment.responsible_agency = cast.town
    assert addresses(assignment) == {"quynhon@binhdinh.example", "vanthu@quynhon.example"}


def test_an_agency_that_cannot_be_written_to_is_listed(cast, way_out):
    silent = make_agency("Chi cục Kiểm lâm")
    _reachable, unreachable = cast.issue(cast.health, silent)
    assert sweep_at(2023, 4, 26, 9)["without_address"] == 1
    assert without_address(DAY) == [unreachable]
    assert without_address(DAY, directive=cast.issue(cast.town)[0].directive) == []


def test_issue_tells_every_address_at_once_and_a_second_sweep_tells_nobody(cast, way_out):
    cast.issue(cast.health)
    assert sweep_at(2023, 4, 26, 9)["planned"] == 2
    assert {message.to[0] for message in way_out.sent} == HEALTH
    assert sweep_at(2023, 4, 26, 9)["planned"] == 0
    assert len(way_out.sent) == 2


def test_one_delivery_carries_all_that_an_address_is_due(cast, way_out):
    cast.issue(cast.health)
    cast.issue(cast.health)
    assert sweep_at(2023, 4, 26, 9)["planned"] == 4
    assert Delivery.objects.count() == len(way_out.sent) == 2
    assert [d.notices.count() for d in Delivery.objects.all()] == [2, 2]


def test_the_same_occasion_written_twice_is_one_notice_and_leaves_no_empty_delivery(cast):
    (assignment,) = cast.issue(cast.health)
    notice = Planned(assignment.pk, 1, Notice.Kind.DUE, DAY, "syt@binhdinh.example")
    assert write([notice], clock.local(2023, 4, 28, 8)) == 1
    assert write([notice], clock.local(2023, 4, 28, 9)) == 0
    assert Notice.objects.count() == Delivery.objects.count() == 1


def test_a_new_cycle_frees_the_key_of_the_same_day(cast, way_out):
    cast.issue(cast.health)
    Assignment.objects.update(state=State.ACKNOWLEDGED)
    assert sweep_at(2023, 4, 28, 8)["planned"] == 4
    back_at = clock.local(2023, 4, 28, 8, 30)
    Assignment.objects.update(state=State.RETURNED, cycle=2, state_since=back_at)
    assert sweep_at(2023, 4, 28, 8, 30)["planned"] == 2
    Assignment.objects.update(state=State.IN_PROGRESS)
    assert sweep_at(2023, 4, 28, 15)["planned"] == 2
    kinds = (
        Notice.objects.filter(address="syt@binhdinh.example")
        .exclude(kind="roster")
        .values_list("cycle", "kind", "occasion")
    )
    assert list(kinds) == [(1, "due", DAY), (2, "returned", DAY), (2, "last_hours", DAY)]


def test_each_action_may_bring_its_own_earlier_deadline(cast):
    (assignment,) = cast.issue(cast.health)
    early = clock.local(2023, 4, 27, 17)
    RequiredAction.objects.filter(directive=assignment.directive, position=2).update(due_at=early)
    cases, _without = read_cases(clock.local(2023, 4, 27, 9))
    assert cases[0].due_at == early


@pytest.mark.parametrize("state", ["closed", "recalled"])
def test_a_directive_that_is_over_reminds_nobody(cast, way_out, state):
    (assignment,) = cast.issue(cast.health)
    type(assignment.directive).objects.update(state=state)
    assert sweep_at(2023, 5, 4, 9)["planned"] == 0


def test_the_offices_calendar_reaches_the_planner(cast, way_out):
    cast.issue(cast.health)
    sweep_at(2023, 4, 26, 9)
    CalendarOverride.objects.create(day=clock.local(2023, 5, 3).date(), is_working=True)
    assert sweep_at(2023, 5, 3, 9)["planned"] == 2
    assert set(Notice.objects.order_by("-id").values_list("kind", flat=True)[:2]) == {"overdue"}


def test_reading_costs_the_same_queries_for_one_and_for_many(cast, django_assert_num_queries):
    now = clock.local(2023, 4, 26, 9)
    cast.issue(cast.health)
    with django_assert_num_queries(8):
        read_cases(now)
    cast.issue(*[make_agency(f"Sở {number}", mailbox=f"so{number}@binhdinh.example") for number in range(19)])
    with django_assert_num_queries(8):
        assert len(read_cases(now)[0]) == 20


def test_an_invitation_is_written_once_a_day(cast):
    (assignment,) = cast.issue(cast.health)
    now = clock.local(2023, 4, 26, 10)
    assert enqueue(assignment, Notice.Kind.INVITATION, "SYT@binhdinh.example", now=now)
    assert not enqueue(assignment, Notice.Kind.INVITATION, "syt@binhdinh.example", now=now)
    assert enqueue(assignment, Notice.Kind.INVITATION, "syt@binhdinh.example", occasion=DAY, now=now)


def test_a_refused_delivery_can_be_given_a_fresh_start(cast):
    (assignment,) = cast.issue(cast.health)
    enqueue(assignment, Notice.Kind.INVITATION, "syt@binhdinh.example")
    delivery = Delivery.objects.get()
    assert not requeue(delivery)
    Delivery.objects.update(state=Delivery.State.DEAD, tries=3)
    assert requeue(delivery)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (Delivery.State.PENDING, 0)
