"""Autosaves: folded for ten minutes, never over another person's text, never against the rules."""

from datetime import timedelta

import pytest

from agencies.models import Event, Role
from alertdesk.lib import clock
from directives.models import AnswerRevision, State
from directives.services.answering import save_answer
from directives.services.autosaving import FOLDED_FOR, autosave_answer
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.submitting import submit_report
from tests.cast import ISSUED_AT, answer_everything, make_cast, make_user

pytestmark = pytest.mark.django_db
AUTOSAVED, SAVED = AnswerRevision.Origin.AUTOSAVED, AnswerRevision.Origin.SAVED


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def answer(cast):
    return cast.issue()[0].answers.first()


def typed(answer, actor, note, *, minutes=0, status="in_progress"):
    """Autosave what the person typed some minutes after the start."""
    with clock.frozen(ISSUED_AT + timedelta(minutes=minutes)):
        return autosave_answer(answer, actor=actor, version=answer.version, status=status, note=note)


def trail(answer):
    return [(row.origin, row.note) for row in answer.revisions.all()]


def test_the_first_autosave_starts_the_report_and_its_history(cast, answer):
    typed(answer, cast.officer, "Đang")
    assert trail(answer) == [(AUTOSAVED, "Đang")]
    answer.assignment.refresh_from_db()
    assert answer.assignment.state == State.IN_PROGRESS
    assert Event.objects.filter(act="answer", subject_id=answer.pk).count() == 1


def test_ten_minutes_of_ones_own_typing_are_one_revision(cast, answer):
    for minute, note in ((0, "Đ"), (3, "Đang rà"), (9, "Đang rà soát")):
        typed(answer, cast.officer, note, minutes=minute)
    assert trail(answer) == [(AUTOSAVED, "Đang rà soát")]
    assert answer.version == answer.revisions.get().version == 3
    typed(answer, cast.officer, "Đang rà soát 12 máy", minutes=FOLDED_FOR.seconds // 60)
    assert trail(answer) == [(AUTOSAVED, "Đang rà soát"), (AUTOSAVED, "Đang rà soát 12 máy")]
    assert Event.objects.filter(act="answer", subject_id=answer.pk).count() == 2


def test_nobody_elses_revision_is_folded_away(cast, answer):
    colleague = make_user("dongnghiep@syt.example", Role.OFFICER, cast.health)
    typed(answer, cast.officer, "của tôi")
    typed(answer, colleague, "của đồng nghiệp", minutes=1)
    typed(answer, cast.officer, "lại của tôi", minutes=2)
    assert [row.note for row in answer.revisions.all()] == ["của tôi", "của đồng nghiệp", "lại của tôi"]


def test_a_pressed_save_is_never_folded_away(cast, answer):
    typed(answer, cast.officer, "tự lưu")
    save_answer(answer, actor=cast.officer, version=answer.version, status="done", note="bấm lưu")
    typed(answer, cast.officer, "gõ tiếp", minutes=1, status="done")
    assert trail(answer) == [(AUTOSAVED, "tự lưu"), (SAVED, "bấm lưu"), (AUTOSAVED, "gõ tiếp")]


def test_an_old_page_does_not_save_over_a_newer_text(cast, answer):
    save_answer(answer, actor=cast.officer, version=0, status="done", note="mới")
    with pytest.raises(Overtaken):
        autosave_answer(answer, actor=cast.officer, version=0, status="done", note="từ trang cũ")
    answer.refresh_from_db()
    assert (answer.note, answer.revisions.count()) == ("mới", 1)


def test_the_same_text_again_changes_nothing_not_even_from_an_old_page(cast, answer):
    typed(answer, cast.officer, "như cũ")
    with clock.frozen(ISSUED_AT):
        autosave_answer(answer, actor=cast.officer, version=0, status="in_progress", note="như cũ")
    assert (answer.version, answer.revisions.count()) == (1, 1)


@pytest.mark.parametrize("said", [{"status": "nil"}, {"status": "done", "total": 3, "done": 4}])
def test_what_a_save_refuses_an_autosave_refuses(cast, answer, said):
    with pytest.raises(Incomplete):
        autosave_answer(answer, actor=cast.officer, version=0, **said)
    assert not answer.revisions.exists()


def test_a_stranger_and_a_sent_report_are_refused(cast, answer):
    with pytest.raises(NotAllowed):
        typed(answer, cast.town_officer, "người ngoài")
    answer_everything(answer.assignment, cast.officer)
    answer.assignment.refresh_from_db()
    submit_report(answer.assignment, actor=cast.officer)
    answer.refresh_from_db()
    with pytest.raises(DomainError):
        typed(answer, cast.officer, "đã gửi rồi")
