"""Two of the desk act on one directive at the same moment, on PostgreSQL: one wins, the other is told clearly."""

import pytest
from django.db import connection

from agencies.models import Event
from alertdesk.lib import clock
from directives.models import OWING, Assignment, Directive, DirectiveState, State, Verdict
from directives.services.cloning import clone_directive, draft_replacement
from directives.services.closing import close_directive, reopen_directive
from directives.services.errors import DomainError
from directives.services.issuing import add_recipient, issue_directive
from directives.services.releasing import recall_directive, remove_recipient
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_agency, make_cast, make_directive

from .test_races import race, winners

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    assert connection.vendor == "postgresql"
    with clock.frozen(ISSUED_AT):
        yield make_cast()


def fresh(directive):
    return Directive.objects.get(pk=directive.pk)


def one_wins(results):
    """Hold that one act was done and that the other was refused in a whole sentence."""
    assert len(winners(results)) == 1
    (refusal,) = [result for result in results if isinstance(result, DomainError)]
    assert len(str(refusal)) > 30


def close(directive, who):
    return lambda: close_directive(fresh(directive), actor=who)


def recall(directive, who):
    return lambda: recall_directive(fresh(directive), actor=who)


def issue(draft, who, *agencies):
    return lambda: issue_directive(fresh(draft), actor=who, agencies=list(agencies), deadline=DEADLINE)


@pytest.mark.parametrize("acts", [(close, close), (recall, recall), (close, recall)], ids=["close", "recall", "both"])
def test_of_two_who_end_a_directive_one_wins(cast, acts):
    directive = cast.issue()[0].directive
    one_wins(race(acts[0](directive, cast.staff), acts[1](directive, cast.second_staff)))
    assert Event.objects.filter(act__in=["close", "recall"]).count() == 1
    ended = {DirectiveState.CLOSED: State.LAPSED, DirectiveState.RECALLED: State.WITHDRAWN}[fresh(directive).state]
    assert set(directive.assignments.values_list("state", flat=True)) == {ended}


def test_of_two_issuing_one_wins(cast):
    draft = make_directive(cast.desk)
    one_wins(race(issue(draft, cast.staff, cast.health), issue(draft, cast.second_staff, cast.health)))
    assert draft.assignments.count() == 1


def test_of_two_opening_again_one_wins(cast):
    directive = cast.issue()[0].directive
    close_directive(directive, actor=cast.staff)
    acts = [
        lambda who=who: reopen_directive(fresh(directive), actor=who, reason="Còn cơ quan chưa gửi.")
        for who in (cast.staff, cast.second_staff)
    ]
    one_wins(race(*acts))
    assert Event.objects.filter(act="reopen").count() == 1


def test_a_replacement_is_issued_or_the_old_one_closed_and_never_both(cast):
    old = cast.issue()[0].directive
    newer = make_directive(cast.desk, supersedes=old)
    one_wins(race(issue(newer, cast.staff, cast.health), close(old, cast.second_staff)))
    states = fresh(old).state, fresh(newer).state
    assert states in {
        (DirectiveState.SUPERSEDED, DirectiveState.ISSUED),
        (DirectiveState.CLOSED, DirectiveState.DRAFT),
    }


def test_of_two_replacements_one_wins(cast):
    old = cast.issue()[0].directive
    drafts = [make_directive(cast.desk, supersedes=old) for _each in range(2)]
    one_wins(race(*[issue(draft, cast.staff, cast.health) for draft in drafts]))
    assert sorted(fresh(draft).state for draft in drafts) == [DirectiveState.DRAFT, DirectiveState.ISSUED]


@pytest.mark.parametrize("end", [close, recall])
def test_nobody_owes_an_answer_to_a_directive_that_ends_while_an_agency_is_added(cast, end):
    directive = cast.issue()[0].directive
    other = make_agency("Sở Nội vụ", parent=cast.province)
    race(lambda: add_recipient(fresh(directive), other, actor=cast.staff), end(directive, cast.second_staff))
    assert not directive.assignments.filter(state__in=OWING).exists()


@pytest.mark.parametrize("end", [close, recall])
def test_nobody_owes_an_answer_to_a_directive_that_ends_while_more_is_asked_for(cast, end):
    health = cast.issue()[0]
    answer_everything(health, cast.officer)
    submission = submit_report(Assignment.objects.get(pk=health.pk), actor=cast.officer)
    verdicts = {item.pk: (Verdict.MORE, "Đề nghị nêu rõ.") for item in submission.items.all()}
    race(
        lambda: finish_review(submission, actor=cast.staff, verdicts=verdicts),
        end(health.directive, cast.second_staff),
    )
    assert not health.directive.assignments.filter(state__in=OWING).exists()


def test_of_two_who_draft_from_one_directive_one_wins(cast):
    old = cast.issue()[0].directive
    staff = (cast.staff, cast.second_staff)
    later = DEADLINE.replace(month=8)
    one_wins(race(*[lambda w=w: clone_directive(fresh(old), actor=w, deadline=later, words={}) for w in staff]))
    one_wins(race(*[lambda w=w: draft_replacement(fresh(old), actor=w) for w in staff]))
    assert (old.next_ones.filter(supersedes=None).count(), old.superseded_by.count()) == (1, 1)


def test_of_two_adding_a_released_agency_again_one_wins(cast):
    health = cast.issue()[0]
    remove_recipient(health, actor=cast.staff)
    acts = [
        lambda who=who: add_recipient(fresh(health.directive), cast.health, actor=who)
        for who in (cast.staff, cast.second_staff)
    ]
    one_wins(race(*acts))
    assert Assignment.objects.get(pk=health.pk).cycle == 2
