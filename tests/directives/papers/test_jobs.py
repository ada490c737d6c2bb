"""A content is printed once; what cannot be printed is tried three times at most and then says so."""

import hashlib
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from agencies.models import Event
from alertdesk.lib import clock
from directives.models import PaperFile, PaperJob
from directives.papers import MissingGlyph, jobs, keeping, kinds, leases, render
from directives.services.answering import save_answer
from tests.cast import ISSUED_AT


@pytest.fixture
def assignment(cast):
    """The health department's assignment, on the morning of issue."""
    with clock.frozen(ISSUED_AT):
        yield cast.issue()[0]


@pytest.fixture
def prints(monkeypatch):
    """Count what is really printed; returns the list of printed contents."""
    printed, real = [], render.Content.print

    def counting(content):
        printed.append(content.key)
        return real(content)

    monkeypatch.setattr(render.Content, "print", counting)
    return printed


@pytest.fixture
def waiting(cast, assignment, settings):
    """A job that nobody has taken yet."""
    settings.PAPERS_IN_PROCESS = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "poke", lambda pk: None)
        yield jobs.ask("reply", assignment, actor=cast.officer)


def fails_with(error):
    def printing(content):
        raise error

    return printing


def test_the_same_content_is_printed_once_whoever_asks(cast, assignment, prints):
    first = jobs.ask("reply", assignment, actor=cast.officer)
    again = jobs.ask("reply", assignment, actor=cast.head)
    assert (first.pk, len(prints)) == (again.pk, 1)
    assert keeping.fetch(first, actor=cast.officer).startswith(b"%PDF")


def test_what_was_changed_is_printed_anew_and_both_stay_known(cast, assignment, prints):
    before = jobs.ask("reply", assignment, actor=cast.officer)
    save_answer(assignment.answers.first(), actor=cast.officer, version=0, status="done", note="Xong.")
    after = jobs.ask("reply", assignment, actor=cast.officer)
    assert before.sha256 != after.sha256
    assert before.paper == after.paper
    assert len(prints) == 2


def test_letter_and_report_are_two_contents_of_one_paper(cast, assignment):
    letter = jobs.ask("reply", assignment, actor=cast.officer)
    report = jobs.ask("reply", assignment, actor=cast.officer, form="report")
    assert letter.paper == report.paper
    assert letter.sha256 != report.sha256


def test_who_took_which_bytes_is_written_down_without_a_word_of_text(cast, assignment):
    file = jobs.ask("reply", assignment, actor=cast.officer)
    data = keeping.fetch(file, actor=cast.leader)
    event = Event.objects.get(act="fetch_paper")
    assert (event.actor, event.agency) == (cast.leader, cast.health)
    assert event.data == {"file": file.pk, "sha256": hashlib.sha256(data).hexdigest()}


def test_a_job_is_taken_by_one_printer_only(waiting):
    assert leases.claim(waiting.pk)
    assert leases.claim(waiting.pk) is None
    assert not jobs.work(waiting.pk)


def test_a_job_whose_printer_was_killed_is_printed_by_the_next(waiting):
    leases.claim(waiting.pk)
    PaperJob.objects.update(lease_until=Now() - timedelta(seconds=1))
    assert jobs.work_off() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries, waiting.file.format) == ("ready", 2, "pdf")


def test_a_message_that_comes_again_after_a_loss_takes_the_job_at_once(waiting):
    leases.claim(waiting.pk)
    assert jobs.work(waiting.pk, after_loss=True)
    waiting.refresh_from_db()
    assert waiting.state == "ready"


def test_a_printer_that_was_held_up_cannot_undo_what_another_did(waiting):
    slow = leases.claim(waiting.pk)
    jobs.work(waiting.pk, after_loss=True)
    leases.fail(slow, "broken")
    waiting.refresh_from_db()
    assert waiting.state == "ready"


def test_the_third_loss_is_the_last(waiting):
    for _loss in range(3):
        assert leases.claim(waiting.pk)
        PaperJob.objects.update(lease_until=Now() - timedelta(seconds=1))
    assert leases.claim(waiting.pk) is None
    jobs.tend()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem) == ("failed", "lost")


@pytest.mark.parametrize(
    ("error", "problem"), [(MemoryError(), "memory"), (jobs.TooLong(), "time"), (RuntimeError("x"), "broken")]
)
def test_printing_that_breaks_is_tried_three_times_and_says_why(waiting, monkeypatch, error, problem):
    monkeypatch.setattr(render.Content, "print", fails_with(error))
    assert jobs.work_off() == 3
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem, waiting.tries) == ("failed", problem, 3)


def test_letters_without_a_sign_are_not_tried_again(waiting, assignment, cast):
    save_answer(assignment.answers.first(), actor=cast.officer, version=0, status="done", note="Xong 🎉")
    jobs.work_off()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem, waiting.letters, waiting.tries) == ("failed", "glyphs", "🎉", 1)


def test_a_short_paper_that_cannot_be_printed_is_refused_each_time_it_is_asked_for(cast, assignment):
    save_answer(assignment.answers.first(), actor=cast.officer, version=0, status="done", note="Xong 🎉")
    for _attempt in range(2):
        with pytest.raises(MissingGlyph):
            jobs.ask("reply", assignment, actor=cast.officer)


def test_a_failed_job_can_be_tried_again(waiting, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(render.Content, "print", fails_with(RuntimeError("x")))
        jobs.work_off()
    waiting.refresh_from_db()
    jobs.try_again(waiting)
    jobs.work_off()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem, waiting.tries) == ("ready", "", 1)


def test_a_long_paper_is_not_even_read_when_it_is_asked_for(
    cast, assignment, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(kinds, "LONG_FROM", 1)
    read = []
    monkeypatch.setattr(jobs, "content_of", lambda *asked: read.append(asked))
    with django_assert_max_num_queries(12):
        job = jobs.ask("summary", assignment.directive, actor=cast.leader)
    assert isinstance(job, PaperJob)
    assert (job.state, read) == ("waiting", [])
    again = jobs.ask("summary", assignment.directive, actor=cast.staff)
    assert again == job, "asked for by two in one minute, it is read and printed once"


def test_bytes_that_nobody_fetches_are_cleared_away_and_come_back_alike(cast, assignment):
    file = jobs.ask("reply", assignment, actor=cast.officer)
    with clock.frozen(ISSUED_AT + timedelta(days=29)):
        assert keeping.clear_old() == 0
    with clock.frozen(ISSUED_AT + timedelta(days=31)):
        assert keeping.clear_old() == 1
    assert not PaperFile.objects.get().file
    anew = jobs.ask("reply", assignment, actor=cast.officer)
    assert (anew.pk, anew.sha256) == (file.pk, file.sha256)
    assert keeping.fetch(anew, actor=cast.officer).startswith(b"%PDF")


def test_a_signed_copy_is_never_cleared_away(cast, assignment):
    paper = keeping.paper_of("reply", assignment)
    copy = {"form": "signed", "format": "pdf", "name": "ky.pdf", "size": 1, "sha256": "0" * 64}
    PaperFile.objects.create(paper=paper, file="aa/bb", **copy)
    with clock.frozen(ISSUED_AT + timedelta(days=3000)):
        assert keeping.clear_old() == 0
