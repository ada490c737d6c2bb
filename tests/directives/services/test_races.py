"""Real parallel acts on PostgreSQL: one winner, the others are told, nothing is done twice."""

import threading

import pytest
from django.db import connection, connections

from alertdesk.lib import clock
from directives.models import Assignment, Directive, State
from directives.services.answering import save_answer
from directives.services.autosaving import autosave_answer
from directives.services.errors import DomainError
from directives.services.issuing import issue_directive
from directives.services.presetting import Opening, preset_answers
from directives.services.submitting import submit_report
from directives.services.transitions import move
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_cast, make_directive

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
RACERS = 6


def race(*acts):
    """Start every act at the same moment on its own connection; return what each gave or raised."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait()
            with clock.frozen(ISSUED_AT):
                results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def winners(results):
    unexpected = [r for r in results if isinstance(r, Exception) and not isinstance(r, DomainError)]
    assert not unexpected
    return [r for r in results if not isinstance(r, Exception)]


@pytest.fixture
def cast():
    assert connection.vendor == "postgresql"
    with clock.frozen(ISSUED_AT):
        yield make_cast()


def fresh(assignment):
    return Assignment.objects.get(pk=assignment.pk)


def test_of_many_sending_at_once_one_wins(cast):
    health = cast.issue()[0]
    answer_everything(health, cast.officer)
    results = race(*[lambda: submit_report(fresh(health), actor=cast.officer)] * RACERS)
    assert len(winners(results)) == 1
    assert health.submissions.count() == 1


def test_of_many_moves_on_one_reading_one_wins(cast):
    health = cast.issue()[0]
    copies = [fresh(health) for _ in range(RACERS)]
    results = race(*[lambda copy=copy: move(copy, "acknowledge", actor=cast.officer) for copy in copies])
    assert len(winners(results)) == 1


def test_without_the_guard_many_would_win(cast):
    """The control: the harness does race, so the guard is what leaves one winner."""
    health = cast.issue()[0]
    copies = [fresh(health) for _ in range(RACERS)]

    def naive(copy):
        if copy.state == State.SENT:
            copy.state = State.ACKNOWLEDGED
            copy.save()
            return copy
        raise DomainError("too late")

    assert len(winners(race(*[lambda copy=copy: naive(copy) for copy in copies]))) > 1


def test_of_many_saves_on_one_version_one_wins(cast):
    answer = cast.issue()[0].answers.first()
    acts = [
        lambda n=n: save_answer(answer, actor=cast.officer, version=0, status="in_progress", note=f"bản {n}")
        for n in range(RACERS)
    ]
    assert len(winners(race(*acts))) == 1
    assert answer.revisions.count() == 1


def test_an_answer_saved_while_the_report_is_sent_is_either_in_it_or_refused(cast):
    health = cast.issue()[0]
    answer_everything(health, cast.officer)
    answer = health.answers.first()
    version = answer.version
    race(
        lambda: submit_report(fresh(health), actor=cast.officer),
        lambda: save_answer(answer, actor=cast.officer, version=version, status="done", note="sửa phút chót"),
    )
    answer.refresh_from_db()
    assert health.submissions.get().items.get(action=answer.action).note == answer.note


def test_of_two_staff_issuing_one_wins(cast):
    draft = make_directive(cast.desk)
    agencies = [cast.health, cast.town]
    results = race(
        *[
            lambda who=who: issue_directive(
                Directive.objects.get(pk=draft.pk), actor=who, agencies=agencies, deadline=DEADLINE
            )
            for who in (cast.staff, cast.second_staff)
        ]
    )
    assert len(winners(results)) == 1
    assert draft.assignments.count() == 2


def test_an_answer_begun_while_the_opening_is_answered_is_kept(cast):
    health = cast.issue()[0]
    systems = health.answers.get(action__kind="systems")
    opening = Opening(
        runs_systems=False, systems_operator="Trung tâm", portal="none", portal_operator="", has_units=False
    )
    race(
        lambda: preset_answers(fresh(health), actor=cast.officer, opening=opening),
        lambda: save_answer(systems, actor=cast.officer, version=0, status="done", note="tự làm"),
    )
    systems.refresh_from_db()
    notes = {row.note for row in systems.revisions.all()}
    # Either was first; the person's words are never replaced by the preset.
    assert systems.note == "tự làm" or notes == {"Không áp dụng – do Trung tâm vận hành."}


def test_of_many_autosaves_on_one_version_one_wins_and_one_revision_is_made(cast):
    answer = cast.issue()[0].answers.first()
    acts = [
        lambda n=n: autosave_answer(answer, actor=cast.officer, version=0, status="in_progress", note=f"bản {n}")
        for n in range(RACERS)
    ]
    assert len(winners(race(*acts))) == 1
    answer.refresh_from_db()
    assert answer.revisions.get().note == answer.note
