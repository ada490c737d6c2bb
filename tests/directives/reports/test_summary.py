"""The summary's counts agree with one another and leave out agencies no longer required."""

from datetime import timedelta

import pytest

from directives.models import Assignment, State, Verdict
from directives.reports.reply import reply
from directives.reports.summary import summary
from directives.services.answering import save_answer
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_agency, make_cast

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + timedelta(days=1)


@pytest.fixture
def cast():
    return make_cast()


def _send(cast, assignment):
    answer_everything(assignment, cast.officer)
    answer = assignment.answers.get(action__position=2)
    save_answer(answer, actor=cast.officer, version=answer.version, status="nil", note="Không có", total=9, done=7)
    return submit_report(assignment, actor=cast.officer)


def test_actions_groups_and_agencies_add_up_to_the_numbers(cast):
    health, town = cast.issue()
    _send(cast, health)
    read = summary(health.directive, now=AFTER)
    assert (read.numbers.agencies, read.numbers.reported, read.numbers.overdue) == (2, 1, 1)
    assert all(a.done + a.partly + a.nil + a.not_applicable + a.unanswered == 2 for a in read.actions)
    assert (read.actions[0].total, read.actions[1].nil, read.actions[1].total_done) == (4, 1, 7)
    assert sum(group.agencies for group in read.groups) == 2
    assert [line.name for line in read.owing] == [town.agency_name]


def test_answers_being_written_are_not_counted_as_results(cast):
    health, _town = cast.issue()
    answer_everything(health, cast.officer)
    read = summary(health.directive, now=AFTER)
    assert [a.unanswered for a in read.actions] == [2] * 5
    assert [a.with_figures for a in read.actions] == [0] * 5


def test_agency_asked_for_more_owes_again_and_shows_where(cast):
    health, _town = cast.issue()
    sent = _send(cast, health)
    verdicts = {item.pk: (Verdict.OK, "") for item in sent.items.all()}
    verdicts[sent.items.get(action__position=2).pk] = (Verdict.MORE, "Nêu số máy.")
    finish_review(sent, actor=cast.second_staff, verdicts=verdicts)
    read = summary(health.directive, now=AFTER)
    (line,) = read.supplementing
    assert health.agency_name not in [x.name for x in read.owing]
    assert (line.state, line.statuses) == (State.RETURNED, ("", "more", "", "", ""))


def test_withdrawn_agency_is_left_out(cast):
    _health, town = cast.issue()
    Assignment.objects.filter(pk=town.pk).update(state=State.WITHDRAWN)
    assert [line.name for line in summary(town.directive, now=AFTER).agencies] == ["Sở Y tế"]


def test_agencies_stand_by_kind_then_in_vietnamese_order(cast):
    others = [make_agency(name, parent=cast.province) for name in ("Sở Xây dựng", "Sở Du lịch", "Sở Y tế 2")]
    directive = cast.issue(cast.town, *others)[0].directive
    names = [line.name for line in summary(directive, now=AFTER).agencies]
    assert names == ["Sở Du lịch", "Sở Xây dựng", "Sở Y tế 2", "UBND thành phố Quy Nhơn"]


def test_reply_speaks_from_the_answers_until_they_are_sent(cast):
    health, _town = cast.issue()
    answer = health.answers.get(action__position=1)
    save_answer(answer, actor=cast.officer, version=0, status="partly", note="Đang làm", total=5, done=2)
    item = reply(health).items[0]
    assert (item.status, item.note, item.total, item.done) == ("partly", "Đang làm", 5, 2)
    health.answers.filter(action__position=3).delete()
    assert reply(health).items[2].status == "not_started"
