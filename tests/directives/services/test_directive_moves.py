"""The life of a directive: every row of its table happens, every other change is refused and changes nothing."""

import pytest

from agencies.models import Event
from alertdesk.lib import clock
from directives.models import DIRECTIVE_TRANSITIONS, OWING, Directive, DirectiveState, Notice, State
from directives.services.closing import close_directive, reopen_directive
from directives.services.directive_moves import move_directive
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.issuing import add_recipient, issue_directive
from directives.services.releasing import recall_directive, remove_recipient
from tests.cast import DEADLINE, ISSUED_AT, make_agency, make_cast, make_directive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day_of_issue():
    with clock.frozen(ISSUED_AT):
        yield


@pytest.fixture
def cast():
    return make_cast()


def issue(directive, actor, *agencies):
    return issue_directive(directive, actor=actor, agencies=list(agencies), deadline=DEADLINE)


# How people carry out each verb of the table; superseding happens through the issue of the newer directive.
VERBS = {
    "issue": lambda directive, cast: issue(directive, cast.staff, cast.health),
    "close": lambda directive, cast: close_directive(directive, actor=cast.staff),
    "reopen": lambda directive, cast: reopen_directive(directive, actor=cast.staff, reason="Đóng nhầm."),
    "recall": lambda directive, cast: recall_directive(directive, actor=cast.staff),
    "supersede": lambda directive, cast: issue(
        make_directive(cast.desk, supersedes=directive), cast.staff, cast.health
    ),
}


def in_state(cast, state):
    """Return a directive in a state, with its recipients once it has been issued."""
    if state == DirectiveState.DRAFT:
        return make_directive(cast.desk)
    directive = cast.issue()[0].directive
    Directive.objects.filter(pk=directive.pk).update(state=state)
    directive.assignments.update(lapsed_from=State.SENT)
    if state == DirectiveState.CLOSED:
        directive.assignments.update(state=State.LAPSED)
    return Directive.objects.get(pk=directive.pk)


def everything(directive):
    """Return what a refusal must leave alone."""
    row = Directive.objects.filter(pk=directive.pk).values().get()
    return (
        row,
        list(directive.assignments.values_list("pk", "state", "version")),
        Event.objects.count(),
        Notice.objects.count(),
    )


def test_every_row_of_the_table_is_carried_out_by_somebody():
    assert set(VERBS) == set(DIRECTIVE_TRANSITIONS)


@pytest.mark.parametrize("verb", DIRECTIVE_TRANSITIONS)
@pytest.mark.parametrize("state", DirectiveState)
def test_a_verb_moves_only_from_the_state_of_the_table(cast, verb, state):
    directive = in_state(cast, state)
    source, to = DIRECTIVE_TRANSITIONS[verb]
    if state == source:
        VERBS[verb](directive, cast)
        directive.refresh_from_db()
        assert directive.state == to
        assert Event.objects.filter(act=verb, subject_type="directive", subject_id=directive.pk).exists()
        return
    before = everything(directive)
    with pytest.raises(DomainError) as refusal:
        VERBS[verb](Directive.objects.get(pk=directive.pk), cast)
    assert len(str(refusal.value)) > 30
    assert everything(directive) == before


@pytest.mark.parametrize("verb", DIRECTIVE_TRANSITIONS)
@pytest.mark.parametrize("state", DirectiveState)
def test_the_one_place_refuses_what_the_table_does_not_have_and_names_the_state(cast, verb, state):
    directive = in_state(cast, state)
    if state == DIRECTIVE_TRANSITIONS[verb][0]:
        assert move_directive(directive, verb, actor=cast.staff, deadline=DEADLINE).state != state
        return
    before = everything(directive)
    with pytest.raises(Overtaken, match=str(state.label)):
        move_directive(directive, verb, actor=cast.staff)
    assert everything(directive) == before


def test_another_version_is_overtaken(cast):
    directive = cast.issue()[0].directive
    with pytest.raises(Overtaken):
        move_directive(directive, "close", actor=cast.staff, version=directive.version - 1)


@pytest.mark.parametrize("who", ["leader", "officer", "admin"])
@pytest.mark.parametrize("verb", DIRECTIVE_TRANSITIONS)
def test_nobody_but_the_desk_moves_a_directive(cast, verb, who):
    directive = in_state(cast, DIRECTIVE_TRANSITIONS[verb][0])
    with pytest.raises(NotAllowed):
        move_directive(directive, verb, actor=getattr(cast, who))


def told(assignment):
    return set(assignment.notices.filter(kind=Notice.Kind.RECALLED).values_list("address", flat=True))


def test_recalling_tells_everyone_released(cast):
    health, town = cast.issue()
    recall_directive(health.directive, actor=cast.staff)
    assert told(health) == {"syt@binhdinh.example", "vanthu@syt.example"}
    assert told(town)


def test_closing_tells_nobody(cast):
    health, _town = cast.issue()
    close_directive(health.directive, actor=cast.staff)
    assert not Notice.objects.exists()


def test_releasing_one_agency_tells_it_alone(cast):
    health, town = cast.issue()
    remove_recipient(health, actor=cast.staff)
    assert told(health)
    assert not told(town)


def test_a_newer_directive_ends_the_one_it_replaces_with_its_own_issue(cast):
    health, town = cast.issue()
    town.answers.update(note="đã viết")
    newer = make_directive(cast.desk, supersedes=health.directive, number="77")
    issue(newer, cast.staff, cast.health)
    old = Directive.objects.get(pk=health.directive_id)
    assert (old.state, old.version) == (DirectiveState.SUPERSEDED, 3)
    assert set(old.assignments.values_list("state", flat=True)) == {State.WITHDRAWN}
    assert told(health)
    assert told(town)
    assert town.answers.filter(note="đã viết").exists()
    event = Event.objects.get(act="supersede")
    assert (event.subject_id, event.data["by"]) == (old.pk, newer.pk)


def test_what_was_accepted_stays_accepted_when_its_directive_is_replaced(cast):
    health, town = cast.issue()
    health.directive.assignments.filter(pk=health.pk).update(state=State.ACCEPTED)
    issue(make_directive(cast.desk, supersedes=health.directive), cast.staff, cast.health)
    health.refresh_from_db()
    assert health.state == State.ACCEPTED
    assert not told(health)
    assert told(town)


@pytest.mark.parametrize(
    "state", [DirectiveState.CLOSED, DirectiveState.RECALLED, DirectiveState.SUPERSEDED, DirectiveState.DRAFT]
)
def test_only_what_is_in_force_is_replaced_else_nothing_is_issued(cast, state):
    old = in_state(cast, state)
    newer = make_directive(cast.desk, supersedes=old)
    with pytest.raises(Incomplete, match=str(state.label)):
        issue(newer, cast.staff, cast.health)
    newer.refresh_from_db()
    assert (newer.state, newer.assignments.count()) == (DirectiveState.DRAFT, 0)
    assert not Event.objects.filter(act="issue", subject_id=newer.pk).exists()


def test_another_bodys_directive_is_not_replaced(cast):
    old = cast.issue()[0].directive
    other = make_agency("Sở Nội vụ", parent=cast.province)
    Directive.objects.filter(pk=old.pk).update(issuer=other)
    newer = make_directive(cast.desk, supersedes=Directive.objects.get(pk=old.pk))
    with pytest.raises(DomainError):
        issue(newer, cast.staff, cast.health)
    old.refresh_from_db()
    assert old.state == DirectiveState.ISSUED


def test_an_agency_that_was_released_is_asked_again_and_keeps_what_it_wrote(cast):
    health, _town = cast.issue()
    health.answers.filter(action__position=1).update(status="done", note="đã rà soát")
    remove_recipient(health, actor=cast.staff)
    again = add_recipient(health.directive, cast.health, actor=cast.staff)
    assert (again.pk, again.state, again.cycle) == (health.pk, State.SENT, 2)
    assert again.due_at == health.directive.deadline
    assert again.answers.get(action__position=1).note == "đã rà soát"
    assert again.answers.count() == 5
    remove_recipient(again, actor=cast.staff)
    assert again.notices.filter(kind=Notice.Kind.RECALLED, cycle=2).exists(), "a second release is told again"


def test_an_agency_asked_again_answers_also_what_was_added_meanwhile(cast):
    health, _town = cast.issue()
    remove_recipient(health, actor=cast.staff)
    health.directive.actions.create(position=6, title="Thêm", text="Nội dung thêm.")
    again = add_recipient(health.directive, cast.health, actor=cast.staff)
    assert again.answers.count() == 6


@pytest.mark.parametrize("state", [state for state in State if state != State.WITHDRAWN])
def test_an_agency_that_has_the_directive_is_not_added_again(cast, state):
    health, _town = cast.issue()
    health.directive.assignments.filter(pk=health.pk).update(state=state)
    with pytest.raises(DomainError, match="đã có phiếu báo cáo"):
        add_recipient(health.directive, cast.health, actor=cast.staff)
    health.refresh_from_db()
    assert (health.state, health.cycle) == (state, 1)


@pytest.mark.parametrize("end", [close_directive, recall_directive])
def test_a_directive_that_ended_meanwhile_takes_nobody_on(cast, end):
    health, _town = cast.issue()
    seen = Directive.objects.get(pk=health.directive_id)
    remove_recipient(health, actor=cast.staff)
    end(Directive.objects.get(pk=seen.pk), actor=cast.second_staff)
    for agency in (cast.health, make_agency("Sở Nội vụ", parent=cast.province)):
        with pytest.raises(DomainError):
            add_recipient(seen, agency, actor=cast.staff)
    assert not seen.assignments.filter(state__in=OWING).exists()
