"""Passing a directive on to units: who may, to whom, until when, and what reaches the units afterwards."""

from datetime import timedelta

import pytest

from agencies.models import Agency, Event
from alertdesk.lib import clock
from directives.models import Assignment, ExtensionRequest, Notice, State, Verdict
from directives.reports.review_queue import waiting
from directives.services.amending import Wanted, amend_directive
from directives.services.answering import acknowledge
from directives.services.cascading import pass_on
from directives.services.closing import close_directive, reopen_directive
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.extending import ask_extension, grant_extension
from directives.services.issuing import add_recipient
from directives.services.releasing import recall_directive, remove_recipient
from directives.services.remarking import settle, write_remark
from directives.services.reviewing import finish_review, reopen_accepted
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_agency, make_cast
from tests.directives.units import FOR_UNITS, make_unit, passed_on, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def unit(cast):
    return make_unit(cast.town, 1)[0]


@pytest.fixture
def unit_officer(unit):
    return unit.memberships.get().user


def ok(submission):
    return {item.pk: (Verdict.OK, "") for item in submission.items.all()}


def test_a_unit_gets_an_assignment_of_its_own_with_an_empty_answer_per_action(cast, unit):
    (child,) = passed_on(cast, unit)
    assert (child.agency, child.responsible_agency, child.state) == (unit, unit, State.SENT)
    assert child.parent.agency == cast.town
    assert child.due_at == FOR_UNITS
    assert child.answers.count() == 5
    assert Event.objects.get(act="pass_on").agency == unit


def test_the_head_passes_on_too(cast, unit):
    assert passed_on(cast, unit, actor=cast.head)


@pytest.mark.parametrize("who", ["staff", "leader", "officer", "admin"])
def test_nobody_else_passes_on(cast, unit, who):
    with pytest.raises(NotAllowed):
        passed_on(cast, unit, actor=getattr(cast, who))


def test_the_units_own_officer_does_not_pass_on_to_the_unit(cast, unit, unit_officer):
    with pytest.raises(NotAllowed):
        passed_on(cast, unit, actor=unit_officer)


def test_only_units_of_ones_own_with_somebody_who_answers(cast, unit):
    empty = make_agency("UBND xã vắng", kind=Agency.Kind.COMMUNE, parent=cast.town)
    foreign = make_unit(cast.health, 7, kind=Agency.Kind.UNIT)[0]
    left = make_unit(cast.town, 8)[0]
    left.memberships.update(valid_to="2023-04-01")
    gone = make_unit(cast.town, 9)[0]
    gone.memberships.get().user.__class__.objects.filter(memberships__agency=gone).update(is_active=False)
    for stranger in (empty, foreign, left, gone, cast.health):
        with pytest.raises(Incomplete) as refusal:
            passed_on(cast, unit, stranger)
        assert str(stranger) in str(refusal.value.missing[0])
    assert not Assignment.objects.filter(parent__isnull=False).exists()


def test_the_deadline_lies_ahead_and_not_after_the_agencys_own(cast, unit):
    town = cast.issue()[1]
    for wrong in (ISSUED_AT, DEADLINE + timedelta(minutes=1)):
        with pytest.raises(Incomplete):
            pass_on(town, actor=cast.head, units=[unit], deadline=wrong)
    assert pass_on(town, actor=cast.head, units=[unit], deadline=DEADLINE)


def test_the_own_deadline_of_the_action_that_asks_for_passing_on_is_the_limit(cast, unit):
    town = cast.issue()[1]
    earlier = clock.local(2023, 4, 27, 12)
    town.directive.actions.filter(kind="cascade").update(due_at=earlier)
    with pytest.raises(Incomplete):
        pass_on(town, actor=cast.head, units=[unit], deadline=FOR_UNITS)
    assert pass_on(town, actor=cast.head, units=[unit], deadline=earlier)


def test_no_unit_is_an_error(cast):
    with pytest.raises(Incomplete):
        passed_on(cast)


def test_a_unit_addressed_directly_keeps_its_row(cast, unit):
    other = make_unit(cast.town, 2)[0]
    _health, town, direct = cast.issue(cast.health, cast.town, unit)
    (child,) = passed_on(cast, unit, other, parent=town)
    assert child.agency == other
    direct.refresh_from_db()
    assert direct.parent is None


def test_passing_on_again_makes_nothing_and_says_so(cast, unit):
    (child,) = passed_on(cast, unit)
    with pytest.raises(Overtaken):
        passed_on(cast, unit, parent=child.parent)


def test_a_report_that_is_not_owed_passes_nothing_on(cast, unit):
    town = cast.issue()[1]
    answer_everything(town, cast.head)
    town.refresh_from_db()
    submit_report(town, actor=cast.head)
    with pytest.raises(DomainError):
        passed_on(cast, unit, parent=town)


def test_a_directive_that_has_ended_passes_nothing_on(cast, unit):
    town = cast.issue()[1]
    close_directive(town.directive, actor=cast.staff)
    with pytest.raises(DomainError):
        passed_on(cast, unit, parent=town)


def test_the_agency_reviews_its_units_report_and_the_desk_does_not(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    submission = report(child, unit_officer)
    assert list(waiting(cast.head)) == [submission]
    for user in (cast.staff, cast.officer, unit_officer):
        assert not waiting(user).exists()
        with pytest.raises(NotAllowed):
            finish_review(submission, actor=user, verdicts=ok(submission))
    assert finish_review(submission, actor=cast.town_officer, verdicts=ok(submission)).state == State.ACCEPTED


def test_who_sent_a_units_report_does_not_review_it(cast, unit):
    (child,) = passed_on(cast, unit)
    submission = report(child, cast.town_officer)
    with pytest.raises(NotAllowed):
        finish_review(submission, actor=cast.town_officer, verdicts=ok(submission))
    assert finish_review(submission, actor=cast.head, verdicts=ok(submission)).state == State.ACCEPTED


def test_the_agency_opens_an_acknowledged_report_of_its_unit_again(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    submission = report(child, unit_officer)
    finish_review(submission, actor=cast.head, verdicts=ok(submission))
    child.refresh_from_db()
    item = submission.items.first()
    with pytest.raises(NotAllowed):
        reopen_accepted(child, actor=cast.staff, item=item, reason="Thiếu số liệu.")
    assert reopen_accepted(child, actor=cast.head, item=item, reason="Thiếu số liệu.").state == State.RETURNED


def test_a_unit_asks_its_agency_for_more_time_and_gets_no_more_than_that_has(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    asked = ask_extension(child, actor=unit_officer, until=DEADLINE, reason="Chờ số liệu.")
    with pytest.raises(NotAllowed):
        grant_extension(asked, actor=cast.staff, until=DEADLINE)
    with pytest.raises(DomainError, match="Quy Nhơn"):
        grant_extension(asked, actor=cast.head, until=DEADLINE + timedelta(hours=1))
    assert ExtensionRequest.objects.waiting().count() == 1
    grant_extension(asked, actor=cast.head, until=DEADLINE)
    child.refresh_from_db()
    assert child.due_at == DEADLINE


def test_a_unit_and_its_agency_write_to_each_other(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    action = child.directive.actions.first()
    question = write_remark(child, action, actor=unit_officer, text="Có mẫu không?")
    with pytest.raises(NotAllowed):
        settle(question, actor=cast.staff)
    with pytest.raises(NotAllowed):
        write_remark(child, action, actor=cast.staff, text="Xin chào.")
    assert write_remark(child, action, actor=cast.head, text="Có, gửi kèm.").by_desk
    assert Notice.objects.filter(assignment=child, kind=Notice.Kind.REPLY).exists()


def test_recall_and_close_reach_the_units_and_count_the_agencies(cast, unit):
    (child,) = passed_on(cast, unit)
    directive = child.directive
    assert close_directive(directive, actor=cast.staff) == 2
    child.refresh_from_db()
    assert child.state == State.LAPSED
    directive.refresh_from_db()
    assert reopen_directive(directive, actor=cast.staff, reason="Đóng nhầm.") == 2
    directive.refresh_from_db()
    assert recall_directive(directive, actor=cast.staff) == 2
    child.refresh_from_db()
    assert child.state == State.WITHDRAWN


def test_releasing_an_agency_releases_its_units_down_to_the_last(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    school = make_unit(unit, 20, kind=Agency.Kind.UNIT)[0]
    (grandchild,) = pass_on(child, actor=unit_officer, units=[school], deadline=FOR_UNITS)
    remove_recipient(child.parent, actor=cast.staff)
    for row in (child, grandchild):
        row.refresh_from_db()
        assert row.state == State.WITHDRAWN
        assert Notice.objects.filter(assignment=row, kind=Notice.Kind.RECALLED).exists()


def test_an_agency_lets_its_unit_go_and_may_ask_it_again(cast, unit):
    (child,) = passed_on(cast, unit)
    with pytest.raises(NotAllowed):
        remove_recipient(child, actor=cast.staff)
    assert remove_recipient(child, actor=cast.head).state == State.WITHDRAWN
    (again,) = passed_on(cast, unit, parent=child.parent)
    assert (again.pk, again.state, again.due_at) == (child.pk, State.SENT, FOR_UNITS)


def test_an_amendment_reaches_the_units_and_leaves_their_earlier_deadline(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    report(child, unit_officer)
    later = DEADLINE + timedelta(days=6)
    added = {"title": "Rà soát VPN", "text": "Rà soát.", "kind": "general", "evidence_rule": "none", "due_at": None}
    directive = child.directive
    directive.refresh_from_db()
    wanted = Wanted(fields={"deadline": later}, actions={}, added=(added,))
    amend_directive(directive, actor=cast.staff, version=directive.version, wanted=wanted, reason="Bổ sung.")
    child.refresh_from_db()
    assert (child.state, child.due_at) == (State.RETURNED, FOR_UNITS)
    assert child.answers.count() == 6


def test_an_earlier_deadline_of_the_directive_goes_for_the_units(cast, unit):
    (child,) = passed_on(cast, unit)
    earlier = FOR_UNITS - timedelta(hours=5)
    directive = child.directive
    wanted = Wanted(fields={"deadline": earlier}, actions={})
    amend_directive(directive, actor=cast.staff, version=directive.version, wanted=wanted, reason="Sớm hơn.")
    child.refresh_from_db()
    assert child.due_at == earlier


def test_the_deadline_for_a_unit_goes_for_every_action(cast, unit):
    (child,) = passed_on(cast, unit)
    child.directive.actions.update(due_at=DEADLINE)
    actions = list(child.directive.actions.all())
    assert child.first_due_at(actions) == FOR_UNITS
    late = FOR_UNITS + timedelta(minutes=1)
    assert list(Assignment.objects.overdue(late)) == [child]
    assert child.is_overdue(actions, late)


def test_a_unit_that_the_desk_addresses_afterwards_becomes_its_own_recipient(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    acknowledge(child, actor=unit_officer)
    direct = add_recipient(child.directive, unit, actor=cast.staff)
    assert (direct.pk, direct.parent, direct.due_at) == (child.pk, None, DEADLINE)
    assert direct.state == State.ACKNOWLEDGED
    with pytest.raises(DomainError):
        add_recipient(child.directive, unit, actor=cast.staff)


def test_who_passed_it_on_reads_and_reviews_also_where_the_unit_has_moved(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    Agency.objects.filter(pk=unit.pk).update(parent=cast.province)
    submission = report(child, unit_officer)
    assert Assignment.objects.visible_to(cast.head).filter(pk=child.pk).exists()
    assert finish_review(submission, actor=cast.head, verdicts=ok(submission)).state == State.ACCEPTED


def test_closing_ones_own_report_leaves_the_units_to_report(cast, unit, unit_officer):
    (child,) = passed_on(cast, unit)
    answer_everything(child.parent, cast.head)
    submit_report(Assignment.objects.get(pk=child.parent_id), actor=cast.head)
    assert report(child, unit_officer)
