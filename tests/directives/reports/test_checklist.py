"""The checklist tells an officer what is asked, what is missing and what comes next."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import DirectiveFile, Evidence, RequiredAction, Verdict
from directives.reports.checklist import NextStep, checklist
from directives.services.answering import acknowledge, save_answer
from directives.services.recording import record_report
from directives.services.reviewing import finish_review, save_review
from directives.services.submitting import ask_approval, submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_cast

pytestmark = pytest.mark.django_db
NOW = DEADLINE - timedelta(hours=1)
FILE = {"size": 3, "sha256": "0" * 64, "content_type": "application/pdf"}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


def _steps_through(health, now=NOW):
    return checklist(health, now=now).next_step


def test_fresh_checklist_wants_a_receipt_and_a_result_for_every_action(health):
    seen = checklist(health, now=NOW)
    assert (seen.next_step, seen.complete, seen.total) == (NextStep.ACKNOWLEDGE, 0, 5)
    assert [m.position for m in seen.missing] == [1, 2, 3, 4, 5]


def test_figures_carry_the_labels_of_the_kind(cast, health):
    answer = health.answers.get(action__kind=RequiredAction.Kind.VULNERABILITIES)
    save_answer(answer, actor=cast.officer, version=0, status="done", total=120, done=115, extra=5)
    item = next(i for i in checklist(health, now=NOW).items if i.kind == RequiredAction.Kind.VULNERABILITIES)
    assert [(f.field, f.value) for f in item.figures] == [("total", 120), ("done", 115), ("extra", 5)]
    assert len({f.label for f in item.figures}) == 3


def test_next_step_follows_the_work(cast, health):
    acknowledge(health, actor=cast.officer)
    assert _steps_through(health) == NextStep.ANSWER
    health.refresh_from_db()
    answer_everything(health, cast.officer)
    assert _steps_through(health) == NextStep.CHECK
    submit_report(health, actor=cast.officer)
    assert _steps_through(health) == NextStep.WAIT


def test_next_step_is_the_heads_where_the_agency_wants_approval(cast):
    town = cast.issue()[1]
    answer_everything(town, cast.town_officer)
    town.refresh_from_db()
    ask_approval(town, actor=cast.town_officer)
    assert _steps_through(town) == NextStep.APPROVE


def test_required_evidence_is_missing_until_a_kept_file_stands_behind_it(cast, health):
    health.directive.actions.filter(position=1).update(evidence_rule="required")
    answer_everything(health, cast.officer)
    assert [m.position for m in checklist(health, now=NOW).missing] == [1]
    answer = health.answers.get(action__position=1)
    kept = Evidence.objects.create(answer=answer, name="biên bản.pdf", file=ContentFile(b"%PDF", "x"), **FILE)
    seen = checklist(health, now=NOW)
    assert (seen.missing, [e.name for e in seen.items[0].evidence]) == ((), ["biên bản.pdf"])
    Evidence.objects.filter(pk=kept.pk).update(removed_at=NOW, removed_by=cast.officer)
    assert checklist(health, now=NOW).items[0].evidence == ()


def test_reasons_for_more_are_shown_once_decided(cast, health):
    answer_everything(health, cast.officer)
    sent = submit_report(health, actor=cast.officer)
    verdicts = {item.pk: (Verdict.OK, "") for item in sent.items.all()}
    verdicts[sent.items.get(action__position=2).pk] = (Verdict.MORE, "Nêu số máy.")
    save_review(sent, actor=cast.second_staff, verdicts=verdicts, note="Cảm ơn.")
    assert checklist(health, now=NOW).asked_for == ()
    finish_review(sent, actor=cast.second_staff, verdicts=verdicts, note="Cảm ơn.")
    seen = checklist(health, now=NOW)
    assert [(i.position, i.reason) for i in seen.asked_for] == [(2, "Nêu số máy.")]
    assert (seen.next_step, seen.review_note) == (NextStep.COMPLETE, "Cảm ơn.")


def test_sent_report_shows_what_was_sent_not_what_the_agency_keeps(cast, health):
    items = [{"action": a, "status": "partly", "note": "Qua điện thoại"} for a in health.directive.actions.all()]
    record_report(health, actor=cast.staff, channel="telephone", arrived_on=ISSUED_AT.date(), items=items)
    seen = checklist(health, now=NOW)
    assert {(i.status, i.note) for i in seen.items} == {("partly", "Qua điện thoại")}
    assert seen.missing == ()


def test_files_go_to_their_action_or_to_the_whole_directive(health):
    action = health.directive.actions.get(position=2)
    for name, owner in (("goc.pdf", None), ("huong-dan.pdf", action)):
        DirectiveFile.objects.create(
            directive=health.directive, action=owner, name=name, file=ContentFile(b"%PDF", "x"), **FILE
        )
    seen = checklist(health, now=NOW)
    assert [f.name for f in seen.files] == ["goc.pdf"]
    assert [f.name for f in seen.items[1].files] == ["huong-dan.pdf"]


def test_overdue_checklist_says_by_how_many_days(health):
    seen = checklist(health, now=DEADLINE + timedelta(days=2))
    assert (seen.late, seen.days_late, all(i.late for i in seen.items)) == (True, 2, True)


def test_checklist_takes_the_same_queries_for_one_and_seven_actions(cast, django_assert_num_queries):
    short, long = cast.issue(actions=1)[0], cast.issue(actions=7)[0]
    answer_everything(short, cast.officer)
    answer_everything(long, cast.officer)
    with CaptureQueriesContext(connection) as few:
        checklist(short, now=NOW)
    with django_assert_num_queries(len(few)):
        checklist(long, now=NOW)
