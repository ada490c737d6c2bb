from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alertdesk.lib import clock
from directives.models import Verdict, Vulnerability
from directives.reports.checklist import checklist
from directives.reports.history import history, sent_items, submissions_of, untouched
from directives.services.amending import Wanted, amend_directive
from directives.services.answering import acknowledge, add_evidence, save_answer
from directives.services.issuing import add_recipient
from directives.services.reviewing import finish_review, save_review
from directives.services.submitting import submit_report
from directives.templatetags.desk import exploited
from tests.cast import ISSUED_AT, answer_everything, make_agency, make_cast
from tests.directives.services.test_amending import NEW
from tests.directives.units import make_unit, passed_on, report

LATER = ISSUED_AT.replace(hour=15)


@pytest.fixture
def returned(db):
    """The cast and a report of which the desk has asked more about actions 1 and 2."""
    with clock.frozen(ISSUED_AT):
        cast = make_cast()
        assignment, _other = cast.issue()
        acknowledge(assignment, actor=cast.officer)
        answer_everything(assignment, cast.officer)
        assignment.refresh_from_db()
        submission = submit_report(assignment, actor=cast.officer)
        items = list(submission.items.all())
        verdicts = {item.pk: (Verdict.OK, "") for item in items}
        verdicts |= {item.pk: (Verdict.MORE, "Đề nghị bổ sung.") for item in items[:2]}
        finish_review(submission, actor=cast.staff, verdicts=verdicts)
        assignment.refresh_from_db()
        yield cast, assignment


def positions(assignment):
    return [item.position for item in untouched(checklist(assignment, now=LATER))]


def test_what_happened_is_told_newest_first_with_who_did_it(returned):
    cast, assignment = returned
    lines = history(assignment)
    assert [line.who for line in lines] == [str(cast.staff), *[str(cast.officer)] * 3, ""]
    assert lines[-1].at == assignment.directive.issued_at


def test_an_item_counts_as_changed_by_a_save_or_by_a_file(returned):
    cast, assignment = returned
    assert positions(assignment) == [1, 2]
    first, second = assignment.answers.all()[:2]
    with clock.frozen(LATER):
        save_answer(first, actor=cast.officer, version=first.version, status="done", note="Đã bổ sung.")
        assert positions(assignment) == [2]
        add_evidence(second, SimpleUploadedFile("a.pdf", b"%PDF-1.7\nx\n%%EOF\n"), actor=cast.officer)
    assert positions(assignment) == []


def test_an_unfinished_review_shows_no_verdict(returned):
    cast, assignment = returned
    answer = assignment.answers.first()
    with clock.frozen(LATER):
        save_answer(answer, actor=cast.officer, version=answer.version, status="done", note="Đã bổ sung.")
        assignment.refresh_from_db()
        again = submit_report(assignment, actor=cast.officer)
        save_review(again, actor=cast.staff, verdicts={again.items.first().pk: (Verdict.MORE, "Còn thiếu.")})
    assert [item.verdict for item in sent_items(again)] == [""] * 5
    first, _second = submissions_of(assignment)[::-1]
    assert [item.reason for item in sent_items(first)][:3] == ["Đề nghị bổ sung.", "Đề nghị bổ sung.", ""]


def test_a_change_of_the_directive_is_told_with_its_reason_and_what_it_opened_again(returned):
    cast, assignment = returned
    answer = assignment.answers.first()
    with clock.frozen(LATER):
        save_answer(answer, actor=cast.officer, version=answer.version, status="done", note="Đã bổ sung.")
        assignment.refresh_from_db()
        submit_report(assignment, actor=cast.officer)
        directive = assignment.directive
        amend_directive(
            directive,
            actor=cast.staff,
            version=directive.version,
            wanted=Wanted({}, {}, (NEW,)),
            reason="Theo chỉ đạo mới.",
        )
        other = add_recipient(directive, make_agency("Sở Công Thương", parent=cast.province), actor=cast.staff)
    assignment.refresh_from_db()
    newest = history(assignment)[:2]
    assert {line.text for line in newest} == {
        "Công văn được sửa đổi, bổ sung",
        "Báo cáo được mở lại do công văn bổ sung nội dung yêu cầu",
    }
    assert "Theo chỉ đạo mới." in {line.detail for line in newest}
    assert positions(assignment) == [], "the desk found nothing insufficient in what is open again"
    assert "Công văn được sửa đổi, bổ sung" in {line.text for line in history(other)}


@pytest.mark.django_db
def test_of_a_unit_it_says_that_the_agency_above_asked_for_more():
    with clock.frozen(ISSUED_AT):
        cast = make_cast()
        unit, officer = make_unit(cast.town, 1)
        town = cast.issue(cast.town)[0]
        (child,) = passed_on(cast, unit, parent=town)
        submission = report(child, officer)
        verdicts = {item.pk: (Verdict.MORE, "Đề nghị bổ sung.") for item in submission.items.all()}
        finish_review(submission, actor=cast.town_officer, verdicts=verdicts)
    newest = history(child)[0]
    assert (newest.text, newest.who) == ("UBND thành phố Quy Nhơn đề nghị bổ sung", str(cast.town_officer))


def test_exploited_weaknesses_stand_out_above_the_list():
    known, later = date(2023, 4, 11), date(2023, 10, 4)
    days = {"CVE-2023-28252": known, "CVE-2023-28229": later, "CVE-2023-1": None}
    flaws = [Vulnerability(cve=cve, exploited_since=day) for cve, day in days.items()]
    with clock.frozen(ISSUED_AT):
        assert exploited(flaws) == flaws[:1]
