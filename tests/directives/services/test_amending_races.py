"""Amending beside everything that moves the same assignments, on PostgreSQL: one order, no crash, nothing half done."""

from datetime import timedelta

import pytest
from django.db import connection

from alertdesk.lib import clock
from directives.models import Amendment, Assignment, Directive, DirectiveState, Notice, Review, State, Verdict
from directives.reminders.sweep import sweep
from directives.services.amending import Wanted, amend_directive
from directives.services.answering import save_answer
from directives.services.closing import close_directive
from directives.services.issuing import add_recipient
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_agency, make_cast

from .test_amending import NEW
from .test_races import race, winners

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
ROUNDS = 5  # either side may be first; a few rounds see both
ADDED = Wanted({"deadline": DEADLINE + timedelta(days=3)}, {}, (NEW,))


@pytest.fixture
def cast():
    assert connection.vendor == "postgresql"
    with clock.frozen(ISSUED_AT):
        yield make_cast()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def amending(directive, actor, wanted=ADDED):
    """Return the act of changing a directive as it stands now."""
    seen = fresh(directive)
    return lambda: amend_directive(seen, actor=actor, version=seen.version, wanted=wanted, reason="Theo chỉ đạo mới.")


def closing(directive, actor):
    seen = fresh(directive)
    return lambda: close_directive(seen, actor=actor)


def sent(cast, assignment):
    answer_everything(assignment, cast.officer)
    return submit_report(fresh(assignment), actor=cast.officer)


def whole(directive):
    """Check that every assignment has one answer an action, and its notice where a change was made."""
    count = directive.actions.count()
    assert {row.answers.count() for row in directive.assignments.all()} == {count}
    told = Notice.objects.filter(kind=Notice.Kind.AMENDED, assignment__directive=directive)
    assert told.values("assignment").distinct().count() == (2 if directive.amendments.exists() else 0)


def test_of_two_staff_amending_one_wins(cast):
    directive = cast.issue()[0].directive
    results = race(amending(directive, cast.staff), amending(directive, cast.second_staff))
    assert len(winners(results)) == 1
    assert (Amendment.objects.count(), fresh(directive).version) == (1, directive.version + 1)
    whole(directive)


def test_amending_and_closing_have_one_winner(cast):
    for _round in range(ROUNDS):
        directive = cast.issue()[0].directive
        results = race(amending(directive, cast.staff), closing(directive, cast.second_staff))
        assert len(winners(results)) == 1
        closed = fresh(directive).state == DirectiveState.CLOSED
        assert closed != directive.amendments.exists()
        assert directive.assignments.filter(state=State.LAPSED).count() == (2 if closed else 0)
        whole(directive)


def test_a_report_sent_while_an_action_is_added_is_refused_or_opened_again(cast):
    for _round in range(ROUNDS):
        health = cast.issue()[0]
        answer_everything(health, cast.officer)
        results = race(
            amending(health.directive, cast.staff), lambda row=health: submit_report(fresh(row), actor=cast.officer)
        )
        assert isinstance(winners(results)[0], Amendment)
        submission = health.submissions.first()
        assert fresh(health).state == (State.RETURNED if submission else State.IN_PROGRESS)
        assert submission is None or submission.items.count() == 5
        whole(health.directive)


def test_a_review_finished_while_an_action_is_added_counts_first_or_is_overtaken(cast):
    for _round in range(ROUNDS):
        health = cast.issue()[0]
        submission = sent(cast, health)
        verdicts = {item.pk: (Verdict.OK, "") for item in submission.items.all()}
        act = amending(health.directive, cast.staff)
        results = race(act, lambda s=submission, v=verdicts: finish_review(s, actor=cast.second_staff, verdicts=v))
        assert isinstance(winners(results)[0], Amendment)
        assert fresh(health).state == State.RETURNED
        decided = Review.objects.filter(submission=submission, decided_at__isnull=False).exists()
        assert len(winners(results)) == (2 if decided else 1)
        whole(health.directive)


def test_an_answer_saved_while_the_directive_is_changed_is_kept(cast):
    for _round in range(ROUNDS):
        health = cast.issue()[0]
        answer = health.answers.first()
        results = race(
            amending(health.directive, cast.staff),
            lambda a=answer: save_answer(a, actor=cast.officer, version=0, status="in_progress", note="đang làm"),
        )
        assert len(winners(results)) == 2
        assert (fresh(answer).note, fresh(health).state) == ("đang làm", State.IN_PROGRESS)


def test_a_recipient_added_meanwhile_has_every_action_and_the_new_deadline(cast):
    for number in range(ROUNDS):
        directive = cast.issue()[0].directive
        other = make_agency(f"Sở khác {number}", parent=cast.province)
        results = race(
            amending(directive, cast.staff),
            lambda d=directive, o=other: add_recipient(fresh(d), o, actor=cast.second_staff),
        )
        winners(results)
        row = Assignment.objects.get(directive=directive, agency=other)
        now = Directive.objects.get(pk=directive.pk)
        assert (row.answers.count(), row.due_at) == (now.actions.count(), now.deadline)


def test_a_sweep_meanwhile_stops_nobody(cast):
    for _round in range(ROUNDS):
        directive = cast.issue()[0].directive
        assert len(winners(race(amending(directive, cast.staff), sweep))) == 2
        whole(directive)
