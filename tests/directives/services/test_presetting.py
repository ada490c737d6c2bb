"""The opening questions: what others run is answered, what somebody began is left alone."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from alertdesk.lib import clock
from directives.models import AnswerRevision, AnswerStatus, RequiredAction, State
from directives.services.answering import add_evidence, save_answer
from directives.services.errors import DomainError, NotAllowed
from directives.services.presetting import Opening, Portal, opening_is_open, preset_actions, preset_answers
from directives.services.submitting import submit_report
from tests.cast import ISSUED_AT, answer_everything, make_cast

pytestmark = pytest.mark.django_db
Kind = RequiredAction.Kind
NAME = "Trung tâm Công nghệ thông tin và Truyền thông"
SMALL = Opening(runs_systems=False, systems_operator=NAME, portal=Portal.OTHER, portal_operator=NAME, has_units=False)
ALL_OWN = Opening(runs_systems=True, systems_operator="", portal=Portal.OWN, portal_operator="", has_units=True)


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


def said(assignment):
    """Return status and note of every answer by kind."""
    return {a.action.kind: (a.status, a.note) for a in assignment.answers.select_related("action")}


def test_what_others_run_is_entered_with_their_name(cast, health):
    chosen = preset_answers(health, actor=cast.officer, opening=SMALL)
    run_by = (AnswerStatus.NOT_APPLICABLE, f"Không áp dụng – do {NAME} vận hành.")
    assert said(health) == {
        Kind.SYSTEMS: run_by,
        Kind.VULNERABILITIES: (AnswerStatus.NOT_STARTED, ""),
        Kind.PORTALS: run_by,
        Kind.LAYERS_AND_DUTY: run_by,
        Kind.CASCADE: (AnswerStatus.NOT_APPLICABLE, "Không áp dụng – cơ quan không có đơn vị trực thuộc."),
    }
    assert {answer.action_id for answer in chosen} == preset_actions(health)
    revisions = AnswerRevision.objects.filter(answer__assignment=health)
    assert {(row.origin, row.saved_by) for row in revisions} == {("preset", cast.officer)}
    health.refresh_from_db()
    assert health.state == State.IN_PROGRESS


def test_the_reply_is_worded_in_vietnamese_for_a_reader_of_english(cast, health):
    with override("en"):
        preset_answers(health, actor=cast.officer, opening=SMALL)
    assert said(health)[Kind.SYSTEMS][1].startswith("Không áp dụng")


def test_an_agency_that_runs_everything_itself_has_nothing_entered(cast, health):
    assert preset_answers(health, actor=cast.officer, opening=ALL_OWN) == []
    assert not AnswerRevision.objects.filter(answer__assignment=health).exists()
    health.refresh_from_db()
    assert health.state == State.SENT


def test_without_a_name_the_duty_is_still_asked(cast, health):
    preset_answers(health, actor=cast.officer, opening=replace(SMALL, systems_operator="", portal=Portal.NONE))
    statuses = {kind: status for kind, (status, _note) in said(health).items()}
    assert statuses[Kind.LAYERS_AND_DUTY] == AnswerStatus.NOT_STARTED
    assert statuses[Kind.SYSTEMS] == statuses[Kind.PORTALS] == AnswerStatus.NOT_APPLICABLE


def test_an_answer_someone_has_begun_is_left_alone(cast, health):
    systems, portals = (health.answers.get(action__kind=kind) for kind in (Kind.SYSTEMS, Kind.PORTALS))
    save_answer(systems, actor=cast.officer, version=0, status="in_progress", note="Đang làm.")
    add_evidence(portals, SimpleUploadedFile("cam-ket.pdf", b"%PDF-1.7\nx\n%%EOF\n"), actor=cast.officer)
    preset_answers(health, actor=cast.officer, opening=SMALL)
    assert said(health)[Kind.SYSTEMS] == (AnswerStatus.IN_PROGRESS, "Đang làm.")
    assert said(health)[Kind.PORTALS] == (AnswerStatus.NOT_STARTED, "")
    assert said(health)[Kind.CASCADE][0] == AnswerStatus.NOT_APPLICABLE


def test_answering_again_opens_what_was_entered_and_repeats_nothing(cast, health):
    preset_answers(health, actor=cast.officer, opening=SMALL)
    preset_answers(health, actor=cast.officer, opening=SMALL)
    cascade = health.answers.get(action__kind=Kind.CASCADE)
    assert cascade.revisions.count() == 1
    preset_answers(health, actor=cast.officer, opening=ALL_OWN)
    assert set(said(health).values()) == {(AnswerStatus.NOT_STARTED, "")}
    assert preset_actions(health) == frozenset()
    assert cascade.revisions.count() == 2


def test_a_changed_preset_is_the_agencys_own(cast, health):
    preset_answers(health, actor=cast.officer, opening=SMALL)
    portals = health.answers.get(action__kind=Kind.PORTALS)
    save_answer(portals, actor=cast.officer, version=portals.version, status="done", note="Tự đăng bài, đã kiểm tra.")
    assert portals.action_id not in preset_actions(health)
    preset_answers(health, actor=cast.officer, opening=ALL_OWN)
    assert said(health)[Kind.PORTALS] == (AnswerStatus.DONE, "Tự đăng bài, đã kiểm tra.")


def test_the_questions_stay_open_until_something_else_is_written(cast, health):
    assert opening_is_open(health)
    preset_answers(health, actor=cast.officer, opening=SMALL)
    health.refresh_from_db()
    assert opening_is_open(health)
    weak = health.answers.get(action__kind=Kind.VULNERABILITIES)
    save_answer(weak, actor=cast.officer, version=0, status="done", note="Đã cập nhật.")
    assert not opening_is_open(health)


def test_a_stranger_and_a_sent_report_are_refused(cast, health):
    with pytest.raises(NotAllowed):
        preset_answers(health, actor=cast.town_officer, opening=SMALL)
    answer_everything(health, cast.officer)
    health.refresh_from_db()
    submit_report(health, actor=cast.officer)
    with pytest.raises(DomainError):
        preset_answers(health, actor=cast.officer, opening=SMALL)
