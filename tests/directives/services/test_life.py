"""The life of an assignment: every row of the transition table happens, every other change is refused."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Event
from alertdesk.lib import clock
from directives.models import TRANSITIONS, Assignment, DirectiveState, RecordedReport, State, Verdict
from directives.services import answering, closing, recording, releasing, reviewing, submitting
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.transitions import move
from tests.cast import ISSUED_AT, answer_everything, make_cast
from tests.pdfs import plain_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day_of_issue():
    with clock.frozen(ISSUED_AT):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


def submitted(assignment, actor):
    answer_everything(assignment, actor)
    return submitting.submit_report(fresh(assignment), actor=actor)


def fresh(assignment):
    return Assignment.objects.get(pk=assignment.pk)


def review(submission, actor, more=()):
    verdicts = {
        item.pk: (Verdict.MORE, "Đề nghị nêu rõ.") if item.action.position in more else (Verdict.OK, "")
        for item in submission.items.all()
    }
    return reviewing.finish_review(submission, actor=actor, verdicts=verdicts)


def statuses(assignment, status="done"):
    return [
        {"action": action, "status": status, "note": "qua điện thoại"} for action in assignment.directive.actions.all()
    ]


@pytest.mark.parametrize("verb", TRANSITIONS)
@pytest.mark.parametrize("state", State)
def test_a_verb_moves_only_from_the_states_of_the_table(health, cast, verb, state):
    Assignment.objects.filter(pk=health.pk).update(state=state, lapsed_from=State.IN_PROGRESS)
    assignment = fresh(health)
    if state in TRANSITIONS[verb].sources:
        moved = move(assignment, verb, actor=cast.staff)
        assert moved.state == (TRANSITIONS[verb].to or State.IN_PROGRESS)
        assert Event.objects.filter(act=verb, subject_id=health.pk).count() == 1
    else:
        with pytest.raises(Overtaken):
            move(assignment, verb, actor=cast.staff)
        assert fresh(health).state == state
        assert not Event.objects.filter(act=verb).exists()


def test_the_first_save_acknowledges_and_starts(health, cast):
    answer = health.answers.first()
    answering.save_answer(answer, actor=cast.officer, version=0, status="in_progress", note="Đang rà soát.")
    assert (fresh(health).state, fresh(health).acknowledged_by) == (State.IN_PROGRESS, cast.officer)
    assert answer.revisions.get().note == "Đang rà soát."


def test_the_second_of_two_saves_on_the_same_version_is_refused_and_changes_nothing(health, cast):
    answer = health.answers.first()
    answering.save_answer(answer, actor=cast.officer, version=0, status="in_progress", note="thứ nhất")
    with pytest.raises(Overtaken):
        answering.save_answer(answer, actor=cast.officer, version=0, status="in_progress", note="thứ hai")
    answer.refresh_from_db()
    assert (answer.note, answer.revisions.count()) == ("thứ nhất", 1)


def test_done_above_total_is_refused(health, cast):
    with pytest.raises(Incomplete):
        answering.save_answer(health.answers.first(), actor=cast.officer, version=0, status="done", total=3, done=4)


@pytest.mark.parametrize("status", ["nil", "not_applicable"])
def test_nil_and_not_applicable_need_a_reason(health, cast, status):
    with pytest.raises(Incomplete):
        answering.save_answer(health.answers.first(), actor=cast.officer, version=0, status=status, note="  ")


def test_an_unfinished_report_names_what_is_missing(health, cast):
    answering.save_answer(health.answers.first(), actor=cast.officer, version=0, status="done")
    with pytest.raises(Incomplete) as refusal:
        submitting.submit_report(fresh(health), actor=cast.officer)
    assert len(refusal.value.missing) == 4


def test_a_submission_freezes_the_answers_under_a_fingerprint(health, cast):
    submission = submitted(health, cast.officer)
    assert submission.sha256 == submitting.fingerprint(submission.snapshot)
    assert [item.status for item in submission.items.all()] == ["done"] * 5
    with pytest.raises(DomainError):
        answering.save_answer(health.answers.first(), actor=cast.officer, version=1, status="done", note="sửa")


def test_the_fingerprint_covers_the_files_behind_the_answers(health, cast):
    answer_everything(health, cast.officer)
    kept = answering.add_evidence(health.answers.first(), SimpleUploadedFile("a.txt", b"abc"), actor=cast.officer)
    submission = submitting.submit_report(fresh(health), actor=cast.officer)
    assert submission.snapshot["items"][0]["evidence"] == [{"name": "a.txt", "size": 3, "sha256": kept.sha256}]


def test_what_is_asked_for_comes_back_and_a_second_round_is_accepted(health, cast):
    first = submitted(health, cast.officer)
    assignment = review(first, cast.staff, more=(2,))
    assert (assignment.state, assignment.cycle) == (State.RETURNED, 2)
    second = submitted(assignment, cast.officer)
    assert second.round == 2
    assert review(second, cast.staff).state == State.ACCEPTED


def test_asking_for_more_without_a_reason_is_refused(health, cast):
    submission = submitted(health, cast.officer)
    with pytest.raises(Incomplete):
        reviewing.save_review(submission, actor=cast.staff, verdicts={submission.items.first().pk: (Verdict.MORE, " ")})


def test_a_report_cannot_be_taken_back_once_its_review_has_begun(health, cast):
    submission = submitted(health, cast.officer)
    reviewing.save_review(submission, actor=cast.staff, verdicts={submission.items.first().pk: (Verdict.OK, "")})
    with pytest.raises(DomainError):
        submitting.take_back(fresh(health), actor=cast.officer)
    assert fresh(health).state == State.SUBMITTED


def test_a_report_is_taken_back_while_nobody_reviews_it(health, cast):
    submitted(health, cast.officer)
    assert submitting.take_back(fresh(health), actor=cast.officer).state == State.IN_PROGRESS


def test_an_officer_whose_head_approves_cannot_send_alone(cast):
    town = cast.issue()[1]
    answer_everything(town, cast.town_officer)
    with pytest.raises(Incomplete):
        submitting.submit_report(fresh(town), actor=cast.town_officer)
    submitting.ask_approval(fresh(town), actor=cast.town_officer)
    with pytest.raises(DomainError):
        answering.save_answer(town.answers.first(), actor=cast.town_officer, version=1, status="done", note="sửa")
    assert submitting.submit_report(fresh(town), actor=cast.head).submitted_by == cast.head


def test_the_head_sends_the_answers_back_with_a_note(cast):
    town = cast.issue()[1]
    answer_everything(town, cast.town_officer)
    submitting.ask_approval(fresh(town), actor=cast.town_officer)
    with pytest.raises(Incomplete):
        submitting.stop_approval(fresh(town), actor=cast.head)
    back = submitting.stop_approval(fresh(town), actor=cast.head, note="Bổ sung số máy.")
    assert (back.state, back.approval_note) == (State.IN_PROGRESS, "Bổ sung số máy.")


def test_the_signed_reply_completes_the_submission_without_approval_in_the_system(cast):
    town = cast.issue()[1]
    answer_everything(town, cast.town_officer)
    paper = SimpleUploadedFile("cong-van.pdf", plain_pdf())
    submission = submitting.submit_report(fresh(town), actor=cast.town_officer, signed_reply=paper)
    assert submission.files.get().name == "cong-van.pdf"


def test_number_and_date_of_the_signed_reply_may_come_before_its_file(cast):
    town = cast.issue()[1]
    answer_everything(town, cast.town_officer)
    submission = submitting.submit_report(
        fresh(town), actor=cast.town_officer, signed_number="45/UBND-VP", signed_on=date(2023, 4, 27)
    )
    submitting.attach_signed_reply(submission, SimpleUploadedFile("ky.pdf", plain_pdf()), actor=cast.town_officer)
    assert submission.files.count() == 1


def test_a_report_by_telephone_counts_and_the_agency_may_replace_it(health, cast):
    submission = recording.record_report(
        fresh(health),
        actor=cast.staff,
        channel=RecordedReport.Channel.TELEPHONE,
        arrived_on=date(2023, 4, 27),
        items=statuses(health),
        arrival_number="1201",
    )
    assert (fresh(health).state, submission.recorded.arrival_number) == (State.SUBMITTED, "1201")
    assert not health.answers.exclude(status="not_started").exists()
    submitting.take_back(fresh(health), actor=cast.officer)
    own = submitted(health, cast.officer)
    assert [s.is_recorded for s in health.submissions.all()] == [True, False]
    assert fresh(health).submission == own


def test_a_recorded_report_needs_a_result_for_every_action(health, cast):
    with pytest.raises(Incomplete):
        recording.record_report(
            fresh(health), actor=cast.staff, channel="paper", arrived_on=date(2023, 4, 27), items=statuses(health)[:4]
        )
    assert not health.submissions.exists()


def test_who_recorded_a_report_does_not_review_it(health, cast):
    submission = recording.record_report(
        fresh(health), actor=cast.staff, channel="paper", arrived_on=date(2023, 4, 27), items=statuses(health)
    )
    with pytest.raises(NotAllowed):
        review(submission, cast.staff)
    assert review(submission, cast.second_staff).state == State.ACCEPTED


def test_a_report_of_an_ended_directive_is_acknowledged_and_never_owed_again(health, cast):
    submission = submitted(health, cast.officer)
    closing.close_directive(health.directive, actor=cast.staff)
    with pytest.raises(DomainError):
        submitting.take_back(fresh(health), actor=cast.officer)
    with pytest.raises(DomainError):
        review(submission, cast.second_staff, more=[2])
    assert fresh(health).state == State.SUBMITTED
    accepted = review(submission, cast.second_staff)
    assert accepted.state == State.ACCEPTED
    item = submission.items.first()
    with pytest.raises(DomainError):
        reviewing.reopen_accepted(accepted, actor=cast.second_staff, item=item, reason="Số liệu chưa khớp.")
    assert fresh(health).state == State.ACCEPTED


def test_closing_lapses_what_is_owed_and_reopening_restores_it(cast):
    health, town = cast.issue()
    submitted(health, cast.officer)
    answering.acknowledge(town, actor=cast.town_officer)
    directive = health.directive
    assert closing.close_directive(directive, actor=cast.staff) == 1
    assert (fresh(health).state, fresh(town).state) == (State.SUBMITTED, State.LAPSED)
    with pytest.raises(Incomplete):
        closing.reopen_directive(directive, actor=cast.staff, reason=" ")
    closing.reopen_directive(directive, actor=cast.staff, reason="Đóng nhầm.")
    assert (directive.state, fresh(town).state) == (DirectiveState.ISSUED, State.ACKNOWLEDGED)


def test_recalling_releases_everyone_but_the_accepted(cast):
    health, town = cast.issue()
    review(submitted(health, cast.officer), cast.staff)
    releasing.recall_directive(health.directive, actor=cast.staff)
    assert (fresh(health).state, fresh(town).state) == (State.ACCEPTED, State.WITHDRAWN)


def test_an_accepted_report_is_opened_again_with_a_reason(health, cast):
    submission = submitted(health, cast.officer)
    review(submission, cast.staff)
    item = submission.items.first()
    opened = reviewing.reopen_accepted(fresh(health), actor=cast.second_staff, item=item, reason="Số liệu chưa khớp.")
    assert opened.state == State.RETURNED
    assert item.verdicts.get().reason == "Số liệu chưa khớp."


@pytest.mark.parametrize("who", ["leader", "officer", "admin"])
def test_nobody_but_the_desk_reviews_records_or_closes(health, cast, who):
    submission = submitted(health, cast.officer)
    stranger = getattr(cast, who)
    with pytest.raises(NotAllowed):
        review(submission, stranger)
    with pytest.raises(NotAllowed):
        recording.record_report(fresh(health), actor=stranger, channel="paper", arrived_on=date(2023, 4, 27), items=[])
    with pytest.raises(NotAllowed):
        closing.close_directive(health.directive, actor=stranger)


def test_an_officer_writes_for_no_other_agency(health, cast):
    with pytest.raises(NotAllowed):
        answering.acknowledge(health, actor=cast.town_officer)
    with pytest.raises(NotAllowed):
        answering.save_answer(health.answers.first(), actor=cast.town_officer, version=0, status="done")


def test_what_the_head_has_not_read_is_not_sent(cast):
    town = cast.issue()[1]
    answer_everything(town, cast.town_officer)
    submitting.ask_approval(fresh(town), actor=cast.town_officer)
    seen = submitting.reading_of(fresh(town))
    submitting.stop_approval(fresh(town), actor=cast.town_officer)
    answer = town.answers.first()
    answering.save_answer(answer, actor=cast.town_officer, version=answer.version, status="done", note="khác")
    with pytest.raises(Overtaken):
        submitting.submit_report(fresh(town), actor=cast.head, seen=seen)
    assert not town.submissions.exists()
    submitting.submit_report(fresh(town), actor=cast.head, seen=submitting.reading_of(fresh(town)))


def test_a_file_added_after_reading_stops_the_sending(health, cast):
    answer_everything(health, cast.officer)
    seen = submitting.reading_of(fresh(health))
    paper = SimpleUploadedFile("them.pdf", plain_pdf())
    answering.add_evidence(health.answers.first(), paper, actor=cast.officer)
    with pytest.raises(Overtaken):
        submitting.submit_report(fresh(health), actor=cast.officer, seen=seen)


def test_a_colleagues_kept_verdict_is_not_written_over_unread(health, cast):
    submission = submitted(health, cast.officer)
    seen = reviewing.verdicts_read(submission)
    first = submission.items.first()
    reviewing.save_review(
        submission, actor=cast.staff, verdicts={first.pk: (Verdict.MORE, "Thiếu biên bản.")}, seen=seen
    )
    everything = {item.pk: (Verdict.OK, "") for item in submission.items.all()}
    with pytest.raises(Overtaken):
        reviewing.finish_review(submission, actor=cast.second_staff, verdicts=everything, seen=seen)
    assert first.verdicts.get().reason == "Thiếu biên bản."
    again = reviewing.verdicts_read(submission)
    assert (
        reviewing.finish_review(submission, actor=cast.second_staff, verdicts=everything, seen=again).state
        == State.ACCEPTED
    )
