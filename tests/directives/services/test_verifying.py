"""Figures that the desk verified: only where they are sufficient, and only as long as they stay the same."""

import pytest
from django.db import IntegrityError, transaction

from alertdesk.lib import clock
from directives.models import ReviewItem, Verdict
from directives.reports.summary import summary
from directives.services.answering import save_answer
from directives.services.errors import Incomplete, Overtaken
from directives.services.reviewing import finish_review, reopen_accepted, save_review, verdicts_read
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_cast
from tests.directives.board_rows import board_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def submission(cast):
    health = cast.issue()[0]
    answer_everything(health, cast.officer)
    health.refresh_from_db()
    return submit_report(health, actor=cast.officer)


def review(cast, submission, *, verified, more=(), act=finish_review):
    """Decide on all items; `verified` and `more` name actions by number."""
    items = {item.action.position: item.pk for item in submission.items.select_related("action")}
    verdicts = {pk: (Verdict.MORE, "Nêu rõ.") if n in more else (Verdict.OK, "") for n, pk in items.items()}
    act(submission, actor=cast.staff, verdicts=verdicts, verified={items[n] for n in verified})
    submission.assignment.refresh_from_db()
    return submission.assignment


def verified_cells(assignment):
    return [cell.position for cell in board_row(assignment, now=DEADLINE).cells if cell.is_verified]


def test_verified_figures_are_marked_on_the_board_and_counted_in_the_summary(cast, submission):
    assignment = review(cast, submission, verified={1, 3})
    assert verified_cells(assignment) == [1, 3]
    counts = summary(assignment.directive, now=DEADLINE).actions
    assert [(count.with_figures, count.verified) for count in counts] == [(1, 1), (1, 0), (1, 1), (1, 0), (1, 0)]


@pytest.mark.parametrize("act", [save_review, finish_review])
def test_an_item_of_which_more_is_asked_is_not_verified(cast, submission, act):
    with pytest.raises(Incomplete):
        review(cast, submission, verified={2}, more={2}, act=act)
    assert not ReviewItem.objects.filter(is_verified=True).exists()


def test_what_gives_no_figure_is_not_verified(cast, submission):
    submission.items.filter(action__position=1).update(total=None, done=None)
    with pytest.raises(Incomplete):
        review(cast, submission, verified={1})


def test_the_database_itself_refuses_a_verified_item_that_is_not_sufficient(cast, submission):
    review(cast, submission, verified={1}, act=save_review)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.filter(is_verified=True).update(verdict=Verdict.MORE, reason="Nêu rõ.")


def test_figures_that_the_agency_changes_are_no_longer_verified(cast, submission):
    assignment = review(cast, submission, verified={1, 3}, more={2})
    for position, total in ((1, 5), (3, 4)):
        answer = assignment.answers.get(action__position=position)
        said = {"status": "done", "note": "Đã thực hiện.", "total": total, "done": 4}
        save_answer(answer, actor=cast.officer, version=answer.version, **said)
    assignment.refresh_from_db()
    assert verified_cells(assignment) == [3]


def test_asking_for_more_after_all_takes_the_mark_away(cast, submission):
    assignment = review(cast, submission, verified={1, 3})
    item = submission.items.get(action__position=1)
    reopen_accepted(assignment, actor=cast.staff, item=item, reason="Số liệu chưa khớp.")
    assignment.refresh_from_db()
    assert verified_cells(assignment) == [3]


def test_a_colleagues_tick_is_not_written_over_unread(cast, submission):
    review(cast, submission, verified=(), act=save_review)
    seen = verdicts_read(submission)
    review(cast, submission, verified={1}, act=save_review)
    everything = {item.pk: (Verdict.OK, "") for item in submission.items.all()}
    with clock.frozen(DEADLINE), pytest.raises(Overtaken):
        finish_review(submission, actor=cast.second_staff, verdicts=everything, seen=seen)
    assert ReviewItem.objects.filter(is_verified=True).count() == 1
