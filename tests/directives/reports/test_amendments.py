"""Amendments as they are read, and what checklist, board and home make of a report they opened again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alertdesk.lib import clock
from directives.models import Assignment, Verdict
from directives.reports.amendments import amendments_of, amendments_of_action, reopened_in
from directives.reports.board import board
from directives.reports.checklist import NextStep, checklist
from directives.reports.home import my_work
from directives.services.amending import Wanted, amend_directive
from directives.services.answering import save_answer
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_cast
from tests.directives.services.test_amending import NEW

LATER = ISSUED_AT + timedelta(hours=5)


@pytest.fixture
def cast(db):
    with clock.frozen(ISSUED_AT):
        yield make_cast()


def amend(directive, cast, fields=None, actions=None, added=()):
    directive.refresh_from_db()
    wanted = Wanted(fields or {}, actions or {}, tuple(added))
    return amend_directive(directive, actor=cast.staff, version=directive.version, wanted=wanted, reason="Lý do.")


def sent(assignment, actor):
    answer_everything(assignment, actor)
    return submit_report(Assignment.objects.get(pk=assignment.pk), actor=actor)


def decide(submission, actor, more=()):
    verdicts = {
        item.pk: (Verdict.MORE, "Nêu rõ.") if item.action.position in more else (Verdict.OK, "")
        for item in submission.items.all()
    }
    return finish_review(submission, actor=actor, verdicts=verdicts)


def said(difference):
    return [(piece.kind, piece.text) for piece in difference.pieces]


def test_each_amendment_is_read_newest_first_with_its_differences(cast):
    directive = cast.issue()[0].directive
    second = directive.actions.get(position=2)
    later = DEADLINE + timedelta(days=7)
    amend(directive, cast, {"deadline": later, "contacts": [{"name": "Tổ trực", "phones": ["0256.1"], "emails": []}]})
    changes = {"text": "Thực hiện ngay nội dung 2.", "due_at": DEADLINE, "evidence_rule": "required"}
    amend(directive, cast, actions={second.pk: changes}, added=[NEW])
    newest, first = amendments_of(directive)
    assert (newest.number, first.number, newest.has_added, first.has_added) == (2, 1, True, False)
    assert said(first.differences[0]) == [("del", "17:00 28/04/2023"), ("ins", "17:00 05/05/2023")]
    assert [text for kind, text in said(first.differences[1]) if kind == "ins"] == ["Tổ trực", "0256.1"]
    text, evidence, due, added = newest.differences
    assert ("ins", "ngay ") in said(text)
    assert said(evidence) == [("del", "Không bắt buộc"), ("ins", "Bắt buộc")]
    assert said(due) == [("del", "theo thời hạn chung của công văn"), ("ins", "17:00 28/04/2023")]
    assert said(added) == [("ins", f"{NEW['title']}\n{NEW['text']}")]
    assert [[d.position for d in a.differences] for a in amendments_of_action(directive, 2)] == [[2, 2, 2]]
    assert amendments_of_action(directive, 1) == ()


def test_an_accepted_report_opened_again_shows_what_was_enough_and_what_is_new(cast):
    health = cast.issue()[0]
    decide(sent(health, cast.officer), cast.staff)
    amend(health.directive, cast, added=[NEW])
    read = checklist(health, now=LATER)
    assert [item.cell for item in read.items] == ["ok"] * 5 + ["not_started"]
    assert [item.position for item in read.added_open] == [6]
    assert (read.is_amended, read.next_step, read.asked_for) == (True, NextStep.COMPLETE, ())
    row = next(row for row in board(health.directive, now=LATER).rows if row.assignment_id == health.pk)
    assert (row.done, row.total, row.is_amended) == (5, 6, True)
    assert reopened_in(health.directive) == {health.pk}
    assert [line.is_amended for line in my_work(cast.officer, now=LATER)] == [True]


def test_what_the_desk_had_asked_for_before_stays_asked_for(cast):
    health = cast.issue()[0]
    decide(sent(health, cast.officer), cast.staff, more=[2])
    amend(health.directive, cast, added=[NEW])
    read = checklist(health, now=LATER)
    assert (read.is_amended, [item.position for item in read.asked_for]) == (False, [2])
    assert [item.position for item in read.added_open] == [6]
    assert reopened_in(health.directive) == frozenset()
    assert board(health.directive, now=LATER).amended == 0


def test_a_later_round_is_an_ordinary_one(cast):
    health = cast.issue()[0]
    decide(sent(health, cast.officer), cast.staff)
    amend(health.directive, cast, added=[NEW])
    answer = health.answers.get(action__position=6)
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Xong.", total=1, done=1)
    assert not checklist(health, now=LATER).is_amended
    again = submit_report(Assignment.objects.get(pk=health.pk), actor=cast.officer)
    assert {item.cell for item in checklist(health, now=LATER).items} == {"submitted"}
    decide(again, cast.staff, more=[6])
    assert [item.position for item in checklist(health, now=LATER).asked_for] == [6]
    assert reopened_in(health.directive) == frozenset()


def test_the_board_reads_amendments_in_no_further_query(cast):
    directive = cast.issue()[0].directive
    before = queries_of(directive)
    amend(directive, cast, added=[NEW, NEW, NEW])
    assert queries_of(directive) == before


def queries_of(directive):
    with CaptureQueriesContext(connection) as queries:
        board(directive, now=LATER)
    return len(queries)
