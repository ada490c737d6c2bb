"""An amendment is told at once and once: what the mail says, to whom, and what is not sent beside it."""

from datetime import date

import pytest

from alertdesk.lib import clock
from directives.models import Assignment, Notice, State, Verdict
from directives.services.amending import Wanted, amend_directive
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_user
from tests.directives.services.test_amending import NEW

from .conftest import sweep_at
from .test_messages import MAILBOX, mail_at, subject_of, words

Kind = Notice.Kind
THE_DAY_AFTER = (2023, 4, 27, 10)


@pytest.fixture
def assignment(cast):
    return cast.issue(cast.health)[0]


def amend_at(assignment, cast, *moment, fields=None, actions=None, added=(), **grounds):
    directive = assignment.directive
    directive.refresh_from_db()
    with clock.frozen(clock.local(*moment)):
        return amend_directive(
            directive,
            actor=cast.staff,
            version=directive.version,
            wanted=Wanted(fields or {}, actions or {}, tuple(added)),
            **{"reason": "Theo chỉ đạo mới."} | grounds,
        )


def kinds_of(assignment, address=MAILBOX):
    return list(Notice.objects.filter(assignment=assignment, address=address).values_list("kind", flat=True))


def take_to(assignment, cast, state):
    """Let the report be sent, and be decided on where `state` asks for it."""
    answer_everything(assignment, cast.officer)
    submission = submit_report(Assignment.objects.get(pk=assignment.pk), actor=cast.officer)
    if state != State.SUBMITTED:
        verdict = (Verdict.OK, "") if state == State.ACCEPTED else (Verdict.MORE, "Đề nghị nêu rõ.")
        finish_review(submission, actor=cast.staff, verdicts={item.pk: verdict for item in submission.items.all()})


def test_the_mail_says_by_what_document_why_until_when_and_what_was_touched(cast, assignment, way_out):
    sweep_at(2023, 4, 26, 9)
    first = assignment.directive.actions.first()
    amend_at(
        assignment,
        cast,
        *THE_DAY_AFTER,
        fields={"deadline": clock.local(2023, 5, 5, 17), "closing": "Trân trọng./."},
        actions={first.pk: {"text": "Thực hiện ngay nội dung 1."}},
        added=[NEW],
        document_number="20/STTTT-CNTT",
        document_on=date(2023, 4, 27),
    )
    mail = mail_at(way_out, *THE_DAY_AFTER)
    assert subject_of(mail).startswith("[Sửa đổi, bổ sung] Công văn số …/STTTT-BCVT&CNTT")
    for body in (words(mail), words(mail, "html")):
        for said in (
            "đã sửa đổi, bổ sung Công văn số",
            "Theo văn bản số 20/STTTT-CNTT (27/04/2023)",
            "Lý do: Theo chỉ đạo mới.",
            "Thời hạn mới: 17:00 05/05/2023",
            "Bổ sung: nội dung 6. Rà soát Log4j",
            "Sửa đổi: nội dung 1",
            "Sửa đổi: phần kết thúc",
        ):
            assert said in body
        assert "CVE-2021-44228" not in body, "the texts are read behind the login"
        assert "không phải gửi lại" not in body


def test_a_reason_that_names_a_weakness_is_read_behind_the_login(cast, assignment, way_out):
    amend_at(assignment, cast, *THE_DAY_AFTER, added=[NEW], reason="Do CVE-2021-44228 đang bị khai thác.")
    mail = mail_at(way_out, *THE_DAY_AFTER)
    assert "CVE-" not in words(mail)
    assert "đề nghị xem lý do trong phiếu báo cáo" in words(mail)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED])
def test_a_report_that_stands_is_neither_reminded_nor_asked_for_again(cast, assignment, way_out, state):
    with clock.frozen(clock.local(2023, 4, 26, 15)):
        take_to(assignment, cast, state)
    sweep_at(2023, 4, 26, 15)
    amend_at(assignment, cast, *THE_DAY_AFTER, fields={"closing": "Trân trọng./."})
    mail = mail_at(way_out, *THE_DAY_AFTER)
    for body in (words(mail), words(mail, "html")):
        assert "Báo cáo đã gửi vẫn giữ nguyên giá trị, không phải gửi lại." in body
        assert "Thời hạn:" not in body
        assert "chỉ còn" not in body
    assert sweep_at(2023, 4, 28, 8)["sent"] == 0


@pytest.mark.parametrize("state", [State.SENT, State.ACKNOWLEDGED, State.RETURNED, State.ACCEPTED, State.SUBMITTED])
def test_beside_the_news_nothing_else_is_sent(cast, assignment, way_out, state):
    sweep_at(2023, 4, 26, 9)
    with clock.frozen(clock.local(2023, 4, 26, 15)):
        if state in (State.SENT, State.ACKNOWLEDGED):
            Assignment.objects.update(state=state)
        else:
            take_to(assignment, cast, state)
    sweep_at(2023, 4, 26, 15)
    before = kinds_of(assignment)
    amend_at(assignment, cast, *THE_DAY_AFTER, added=[NEW])
    way_out.sent.clear()
    sweep_at(*THE_DAY_AFTER)
    sweep_at(2023, 4, 27, 11)
    assert kinds_of(assignment) == [*before, Kind.AMENDED]
    assert sorted(m.to[0] for m in way_out.sent) == sorted({m.to[0] for m in way_out.sent})


def test_an_arrival_that_never_went_out_gives_way_to_the_news(cast, assignment, way_out):
    amend_at(assignment, cast, 2023, 4, 26, 9, added=[NEW])
    sweep_at(2023, 4, 26, 9)
    sweep_at(2023, 4, 26, 10)
    assert kinds_of(assignment) == [Kind.AMENDED]


def test_after_the_news_reminders_go_on_by_the_new_deadline(cast, assignment, way_out):
    sweep_at(2023, 4, 26, 9)
    amend_at(assignment, cast, *THE_DAY_AFTER, fields={"deadline": clock.local(2023, 5, 5, 17)})
    sweep_at(*THE_DAY_AFTER)
    sweep_at(2023, 4, 28, 8)
    assert Kind.DUE not in kinds_of(assignment), "the old deadline's day"
    sweep_at(2023, 5, 5, 8)
    assert kinds_of(assignment)[-1] == Kind.DUE


def test_two_amendments_before_a_sweep_are_told_one_by_one(cast, assignment, way_out):
    amend_at(assignment, cast, *THE_DAY_AFTER, reason="Lý do thứ nhất.", added=[NEW])
    amend_at(assignment, cast, 2023, 4, 27, 10, 5, reason="Lý do thứ hai.", fields={"closing": "Trân trọng./."})
    way_out.sent.clear()
    sweep_at(2023, 4, 27, 10, 6)
    told = [m.body for m in way_out.sent if m.to == [MAILBOX]]
    assert ["Lý do thứ nhất." in body for body in told] == [True, False]
    assert ["Lý do thứ hai." in body for body in told] == [False, True]


def test_who_comes_later_to_a_report_opened_again_is_not_told_that_the_desk_asked_for_more(cast, assignment, way_out):
    with clock.frozen(clock.local(2023, 4, 26, 15)):
        take_to(assignment, cast, State.ACCEPTED)
    amend_at(assignment, cast, *THE_DAY_AFTER, added=[NEW])
    sweep_at(*THE_DAY_AFTER)
    cast.health.mailbox = "moi@syt.example"
    cast.health.save()
    make_user("canbomoi@syt.example", "officer", cast.health)
    way_out.sent.clear()
    sweep_at(2023, 4, 27, 11)
    for message in way_out.sent:
        assert "đã xem xét báo cáo" not in message.body
        assert "đã sửa đổi, bổ sung" in message.body
    assert way_out.sent


def test_an_address_with_several_reports_gets_one_message(cast, way_out):
    cast.town.mailbox = cast.health.mailbox
    cast.town.save()
    health, _town = cast.issue()
    amend_at(health, cast, *THE_DAY_AFTER, added=[NEW])
    way_out.sent.clear()
    sweep_at(*THE_DAY_AFTER)
    assert len([m for m in way_out.sent if m.to == [MAILBOX]]) == 1
    assert health.directive.deadline == DEADLINE
