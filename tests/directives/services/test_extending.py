"""More time: every row of the table of extensions happens, every other change is refused, and the deadline follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Event
from alertdesk.lib import clock
from directives.models import (
    EXTENSION_TRANSITIONS,
    OWING,
    Assignment,
    Directive,
    DirectiveState,
    ExtensionRequest,
    ExtensionState,
    Notice,
    RequiredAction,
    State,
)
from directives.services import extending
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from tests.cast import DEADLINE, ISSUED_AT, make_cast

pytestmark = pytest.mark.django_db
LATER = clock.local(2023, 5, 4, 17)
REASON = "Chờ số liệu của các đơn vị trực thuộc."
NOTE = "Đề nghị báo cáo đúng hạn theo chỉ đạo của UBND tỉnh."


@pytest.fixture(autouse=True)
def on_the_day_of_issue():
    with clock.frozen(ISSUED_AT):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


@pytest.fixture
def asked(cast, health):
    return extending.ask_extension(health, actor=cast.officer, until=LATER, reason=REASON)


def fresh(assignment):
    return Assignment.objects.get(pk=assignment.pk)


def carry_out(verb, request, cast):
    acts = {
        "grant": lambda: extending.grant_extension(request, actor=cast.staff, until=LATER),
        "refuse": lambda: extending.refuse_extension(request, actor=cast.staff, note=NOTE),
        "withdraw_request": lambda: extending.withdraw_request(request, actor=cast.officer),
    }
    return acts[verb]()


def put(request, state):
    """Let a request be in a state, with what the database wants of it."""
    ExtensionRequest.objects.filter(pk=request.pk).update(state=state, granted_until=LATER, decision_note=NOTE)


@pytest.mark.parametrize("verb", EXTENSION_TRANSITIONS)
@pytest.mark.parametrize("state", ExtensionState)
def test_a_verb_moves_a_request_only_from_the_states_of_the_table(cast, asked, verb, state):
    put(asked, state)
    source, to = EXTENSION_TRANSITIONS[verb]
    if state == source:
        assert carry_out(verb, asked, cast).state == to
        assert Event.objects.filter(act=verb, subject_type="extensionrequest", subject_id=asked.pk).count() == 1
        return
    with pytest.raises(Overtaken):
        carry_out(verb, asked, cast)
    assert ExtensionRequest.objects.get().state == state
    assert (fresh(asked.assignment).due_at, Notice.objects.count()) == (DEADLINE, 0)
    assert not Event.objects.filter(act=verb).exists()


@pytest.mark.parametrize("state", State)
def test_only_where_a_report_is_owed_more_time_is_asked_for_granted_refused_or_given(cast, asked, state):
    health = asked.assignment
    Assignment.objects.filter(pk=health.pk).update(state=state)
    acts = [lambda: carry_out("grant", asked, cast), lambda: carry_out("refuse", asked, cast)]
    if state in OWING:
        assert not fresh_request(asked).is_moot
        assert acts[0]().state == ExtensionState.GRANTED
        return
    assert fresh_request(asked).is_moot
    assert not ExtensionRequest.objects.waiting().exists()
    give = dict(until=LATER, reason=REASON)
    acts += [lambda: extending.ask_extension(health, actor=cast.officer, **give)]
    acts += [lambda: extending.extend_unasked(health, actor=cast.staff, **give)]
    for act in acts:
        with pytest.raises(DomainError, match="Sở Y tế"):
            act()
    assert fresh(health).due_at == DEADLINE
    assert extending.withdraw_request(asked, actor=cast.officer).state == ExtensionState.WITHDRAWN


def fresh_request(request):
    return ExtensionRequest.objects.get(pk=request.pk)


@pytest.mark.parametrize("state", [s for s in DirectiveState if s != DirectiveState.ISSUED])
def test_a_directive_that_has_ended_gives_no_more_time(cast, asked, state):
    Directive.objects.update(state=state)
    for verb in ("grant", "refuse"):
        with pytest.raises(DomainError):
            carry_out(verb, asked, cast)
    with pytest.raises(DomainError):
        extending.extend_unasked(asked.assignment, actor=cast.staff, until=LATER, reason=REASON)
    assert fresh_request(asked).is_moot


def test_a_request_keeps_what_stood_and_what_is_asked_for_and_changes_nothing(cast, asked):
    kept = (asked.state, asked.due_before, asked.wanted_until, asked.reason, asked.asked_by, asked.asked_at)
    assert kept == (ExtensionState.ASKED, DEADLINE, LATER, REASON, cast.officer, ISSUED_AT)
    health = fresh(asked.assignment)
    assert (health.due_at, health.is_extended, health.cycle, health.version) == (DEADLINE, False, 1, 1)
    assert not Notice.objects.exists()


def test_granting_moves_the_deadline_begins_a_new_cycle_and_tells_the_agency(cast, asked):
    until = LATER - timedelta(days=1)
    granted = extending.grant_extension(asked, actor=cast.staff, until=until, note="Đến hết ngày làm việc đầu tiên.")
    health = fresh(asked.assignment)
    assert (health.due_at, health.is_extended, health.cycle, health.version) == (until, True, 2, 2)
    assert (health.state, health.state_since) == (State.SENT, ISSUED_AT)
    assert (granted.due_before, granted.granted_until, granted.wanted_until) == (DEADLINE, until, LATER)
    assert (granted.decided_by, granted.decided_at) == (cast.staff, ISSUED_AT)
    told = Notice.objects.values_list("kind", "cycle", "address")
    assert set(told) == {("extension", 2, "syt@binhdinh.example"), ("extension", 2, "vanthu@syt.example")}


def test_refusing_leaves_the_deadline_and_tells_the_agency_why(cast, asked):
    with pytest.raises(Incomplete):
        extending.refuse_extension(asked, actor=cast.staff, note="  ")
    assert extending.refuse_extension(asked, actor=cast.staff, note=NOTE).decision_note == NOTE
    health = fresh(asked.assignment)
    assert (health.due_at, health.is_extended, health.cycle, health.version) == (DEADLINE, False, 1, 1)
    assert set(Notice.objects.values_list("kind", "cycle")) == {("extension", 1)}


def test_after_an_answer_the_agency_may_ask_again(cast, asked):
    carry_out("refuse", asked, cast)
    again = extending.ask_extension(asked.assignment, actor=cast.officer, until=LATER, reason=REASON)
    carry_out("grant", again, cast)
    further = extending.ask_extension(
        asked.assignment, actor=cast.officer, until=LATER + timedelta(days=1), reason=REASON
    )
    assert further.due_before == LATER


def test_a_second_request_is_refused_in_words_and_by_the_database(cast, asked):
    with pytest.raises(Overtaken, match="chưa được trả lời"):
        extending.ask_extension(asked.assignment, actor=cast.officer, until=LATER, reason=REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionRequest.objects.create(assignment=asked.assignment, reason=REASON, due_before=DEADLINE)
    assert ExtensionRequest.objects.count() == 1


def test_the_database_takes_no_grant_that_is_not_later_and_no_refusal_without_a_reason(asked):
    rows = ExtensionRequest.objects.filter(pk=asked.pk)
    for wrong in ({"state": "granted", "granted_until": DEADLINE}, {"state": "refused"}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


@pytest.mark.parametrize("until", [DEADLINE, DEADLINE - timedelta(hours=1)])
def test_a_deadline_that_is_not_later_is_refused_everywhere(cast, asked, until):
    town = Assignment.objects.exclude(pk=asked.assignment_id).get()
    for act in (
        lambda: extending.ask_extension(town, actor=cast.town_officer, until=until, reason=REASON),
        lambda: extending.grant_extension(asked, actor=cast.staff, until=until),
        lambda: extending.extend_unasked(town, actor=cast.staff, until=until, reason=REASON),
    ):
        with pytest.raises(DomainError, match="phải sau hạn hiện tại"):
            act()


def test_a_new_deadline_lies_in_the_future_also_for_who_is_late(cast, health):
    with clock.frozen(LATER):
        with pytest.raises(DomainError, match="đã qua"):
            extending.ask_extension(health, actor=cast.officer, until=LATER - timedelta(days=1), reason=REASON)
        late = extending.ask_extension(health, actor=cast.officer, until=LATER + timedelta(days=1), reason=REASON)
    assert late.due_before == DEADLINE


def test_where_every_action_has_its_own_later_deadline_more_time_reaches_beyond_the_first_of_them(cast, health):
    RequiredAction.objects.update(due_at=LATER)
    with pytest.raises(DomainError, match="phải sau hạn hiện tại"):
        extending.extend_unasked(health, actor=cast.staff, until=LATER, reason=REASON)
    extending.extend_unasked(health, actor=cast.staff, until=LATER + timedelta(days=1), reason=REASON)
    assert fresh(health).first_due_at(RequiredAction.objects.all()) == LATER + timedelta(days=1)


def test_a_reason_is_needed(cast, health):
    with pytest.raises(Incomplete):
        extending.ask_extension(health, actor=cast.officer, until=LATER, reason=" ")
    with pytest.raises(Incomplete):
        extending.extend_unasked(health, actor=cast.staff, until=LATER, reason="")


def test_more_time_given_unasked_is_kept_like_a_grant_and_told_with_its_reason(cast, health):
    given = extending.extend_unasked(health, actor=cast.staff, until=LATER, reason=REASON)
    assert (given.state, given.asked_by, given.due_before, given.granted_until) == ("granted", None, DEADLINE, LATER)
    assert (fresh(health).due_at, fresh(health).cycle) == (LATER, 2)
    assert Event.objects.get(act="extend_unasked").subject_id == given.pk
    assert Notice.objects.filter(kind="extension", cycle=2, channel="email").count() == 2


def test_who_has_asked_is_answered_and_not_given_more_time_unasked(cast, asked):
    with pytest.raises(DomainError, match="trả lời đề nghị đó"):
        extending.extend_unasked(asked.assignment, actor=cast.staff, until=LATER, reason=REASON)


def test_several_agencies_get_more_time_together_or_none_of_them(cast):
    rows = cast.issue()
    assert extending.extend_all(rows, actor=cast.staff, until=LATER, reason=REASON) == 2
    assert set(Assignment.objects.values_list("due_at", flat=True)) == {LATER}
    extending.ask_extension(rows[1], actor=cast.town_officer, until=LATER + timedelta(days=1), reason=REASON)
    with pytest.raises(DomainError, match="Quy Nhơn"):
        extending.extend_all(rows, actor=cast.staff, until=LATER + timedelta(days=2), reason=REASON)
    assert set(Assignment.objects.values_list("due_at", flat=True)) == {LATER}


def test_each_side_does_only_its_own(cast, health, asked):
    town = Assignment.objects.exclude(pk=health.pk).get()
    for who in (cast.staff, cast.leader, cast.town_officer, cast.admin):
        with pytest.raises(NotAllowed):
            extending.withdraw_request(asked, actor=who)
    for who in (cast.staff, cast.leader, cast.officer, cast.admin):
        with pytest.raises(NotAllowed):
            extending.ask_extension(town, actor=who, until=LATER, reason=REASON)
    for who in (cast.officer, cast.leader, cast.admin):
        for act in (
            lambda who=who: extending.grant_extension(asked, actor=who, until=LATER),
            lambda who=who: extending.refuse_extension(asked, actor=who, note=NOTE),
            lambda who=who: extending.extend_unasked(town, actor=who, until=LATER, reason=REASON),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert ExtensionRequest.objects.get().state == ExtensionState.ASKED


def test_the_head_asks_too_while_the_report_waits_for_approval(cast):
    town = cast.issue()[1]
    Assignment.objects.filter(pk=town.pk).update(state=State.AWAITING_APPROVAL)
    extending.ask_extension(town, actor=cast.head, until=LATER, reason=REASON)
    assert ExtensionRequest.objects.waiting().count() == 1


def test_the_trail_holds_ids_and_no_words(cast, asked):
    carry_out("grant", asked, cast)
    events = Event.objects.filter(subject_type="extensionrequest")
    assert [(event.act, event.actor, event.data) for event in events] == [
        ("ask_extension", cast.officer, {}),
        ("grant", cast.staff, {}),
    ]
