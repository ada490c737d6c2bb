import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import Directive, DirectiveFile, State, Verdict
from directives.services.answering import save_answer
from directives.services.drafting import add_directive_file
from directives.services.issuing import issue_directive
from directives.services.recording import record_report
from directives.services.releasing import remove_recipient
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_directive
from tests.directives.views.uploads import pdf


def url(assignment, name="assignment"):
    return reverse(f"directives:{name}", args=[assignment.pk])


def sent(cast, assignment):
    """Send a complete report of the agency."""
    answer_everything(assignment, cast.officer)
    assignment.refresh_from_db()
    return submit_report(assignment, actor=cast.officer)


def ask_for_more(cast, submission, position, reason):
    """Ask for more about one action; the rest is sufficient."""
    verdicts = {item.pk: (Verdict.OK, "") for item in submission.items.all()}
    verdicts[submission.items.get(action__position=position).pk] = (Verdict.MORE, reason)
    return finish_review(submission, actor=cast.staff, verdicts=verdicts)


def test_the_officer_sees_the_facts_and_each_action_as_a_link(as_user, cast, assignments):
    text = as_user(cast.officer).get(url(assignments[0])).content.decode()
    assert "17:00 28/04/2023" in text
    assert "0/5" in text
    for position in range(1, 6):
        assert reverse("directives:answer", args=[assignments[0].pk, position]) in text


def test_who_issued_it_is_the_body_that_the_document_names(as_user, cast, assignments):
    Directive.objects.update(issuer_name="ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH")
    assert "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH" in as_user(cast.officer).get(url(assignments[0])).content.decode()


def test_a_report_no_longer_asked_for_counts_nothing_and_offers_nothing(as_user, cast, assignments):
    remove_recipient(assignments[0], actor=cast.staff)
    text = as_user(cast.officer).get(url(assignments[0])).content.decode()
    assert "<progress" not in text
    assert reverse("directives:no_incident", args=[assignments[0].pk]) not in text


def test_a_replaced_directive_leads_to_the_report_on_the_newer_one(as_user, cast, assignments):
    newer = make_directive(cast.desk, supersedes=assignments[0].directive, deadline=DEADLINE, number="530")
    issue_directive(newer, actor=cast.staff, agencies=[cast.health], deadline=DEADLINE)
    text = as_user(cast.officer).get(url(assignments[0])).content.decode()
    assert url(newer.assignments.get()) in text
    assert "đề nghị báo cáo theo 530/STTTT-BCVT&amp;CNTT" in text


def test_the_signed_original_comes_before_the_guidance(as_user, cast, assignments):
    directive = assignments[0].directive
    for name, kind in [("huong-dan.pdf", DirectiveFile.Kind.GUIDANCE), ("goc.pdf", DirectiveFile.Kind.SIGNED_ORIGINAL)]:
        add_directive_file(directive, pdf(name), actor=cast.staff, kind=kind)
    text = as_user(cast.officer).get(url(assignments[0])).content.decode()
    assert text.index("goc.pdf") < text.index("huong-dan.pdf") < text.index('class="tasks"')


def test_receipt_is_confirmed_with_the_agencys_own_number(as_user, cast, assignments):
    data = {"incoming_number": " 412 ", "incoming_on": "26/04/2023"}
    page = as_user(cast.officer).post(url(assignments[0], "acknowledge"), data)
    assert page.status_code == 302
    assignments[0].refresh_from_db()
    assert assignments[0].state == State.ACKNOWLEDGED
    assert assignments[0].incoming_number == "412"
    assert "số đến 412" in as_user(cast.officer).get(url(assignments[0])).content.decode()


def test_a_wrong_day_of_arrival_keeps_what_was_typed(as_user, cast, assignments):
    data = {"incoming_number": "412", "incoming_on": "27/04/2023"}
    page = as_user(cast.officer).post(url(assignments[0], "acknowledge"), data)
    assert page.status_code == 422
    assert 'value="412"' in page.content.decode()
    assert "Ngày này chưa đến." in page.content.decode()


def test_a_second_confirmation_answers_409_with_the_present_state(as_user, cast, assignments):
    as_user(cast.officer).post(url(assignments[0], "acknowledge"))
    page = as_user(cast.officer).post(url(assignments[0], "acknowledge"))
    assert page.status_code == 409
    assert "Đã tiếp nhận" in page.content.decode()


def test_the_desks_reasons_stand_first_until_the_answer_is_changed(as_user, cast, assignments):
    submission = sent(cast, assignments[0])
    ask_for_more(cast, submission, 2, "Đề nghị nêu số máy chưa cập nhật.")
    client = as_user(cast.officer)
    text = client.get(url(assignments[0])).content.decode()
    assert text.index("Đề nghị nêu số máy chưa cập nhật.") < text.index('class="tasks"')
    assert "Bổ sung nội dung 2" in text
    answer = assignments[0].answers.get(action__position=2)
    with clock.frozen(ISSUED_AT.replace(hour=15)):
        save_answer(answer, actor=cast.officer, version=answer.version, status="done", note="Còn 2 máy.")
        text = client.get(url(assignments[0])).content.decode()
    assert "Đề nghị nêu số máy chưa cập nhật." in text
    assert "Đã sửa sau đề nghị này." in text
    assert "Bổ sung nội dung 2" not in text


def test_a_recorded_report_names_who_recorded_it_and_can_be_replaced(as_user, cast, assignments):
    items = [{"action": action, "status": "done"} for action in assignments[0].directive.actions.all()]
    record_report(assignments[0], actor=cast.staff, channel="telephone", arrived_on=ISSUED_AT.date(), items=items)
    text = as_user(cast.officer).get(url(assignments[0])).content.decode()
    assert "Sở ghi nhận" in text
    assert str(cast.staff) in text
    assert "Thay bằng báo cáo của cơ quan" in text


@pytest.mark.parametrize("role", ["staff", "leader"])
def test_the_desk_and_leaders_read_without_the_agencys_forms(as_user, cast, assignments, role):
    text = as_user(getattr(cast, role)).get(url(assignments[0])).content.decode()
    assert url(assignments[0], "acknowledge") not in text
    assert reverse("directives:answer", args=[assignments[0].pk, 1]) not in text
    assert (url(assignments[0], "record") in text) == (role == "staff")
    assert (url(assignments[0], "calls") in text) == (role == "staff")


def test_another_agency_finds_nothing(as_user, cast, assignments):
    client = as_user(cast.town_officer)
    assert client.get(url(assignments[0])).status_code == 404
    assert client.post(url(assignments[0], "acknowledge")).status_code == 404
    assert client.get(url(assignments[0], "check")).status_code == 404


def test_the_desk_cannot_confirm_receipt_for_the_agency(as_user, cast, assignments):
    assert as_user(cast.staff).post(url(assignments[0], "acknowledge")).status_code == 403


@pytest.mark.parametrize(("name", "method"), [("assignment", "post"), ("acknowledge", "get"), ("check", "post")])
def test_the_wrong_method_is_refused(as_user, cast, assignments, name, method):
    assert getattr(as_user(cast.officer), method)(url(assignments[0], name)).status_code == 405


def test_the_check_page_links_what_is_missing(as_user, cast, assignments):
    answer_everything(assignments[0], cast.officer)
    third = assignments[0].answers.get(action__position=3)
    save_answer(third, actor=cast.officer, version=third.version, status="in_progress")
    page = as_user(cast.officer).get(url(assignments[0], "check"))
    assert [lack.position for lack in page.context["read"].missing] == [3]
    assert url(assignments[0], "submit") not in page.content.decode()


def test_more_actions_and_history_cost_no_more_queries(as_user, cast):
    few, many = cast.issue(actions=2)[0], cast.issue(actions=12)[0]
    client = as_user(cast.officer)
    counts = []
    for assignment in (few, many):
        submission = sent(cast, assignment)
        ask_for_more(cast, submission, 2, "Đề nghị bổ sung.")
        with clock.frozen(DEADLINE), CaptureQueriesContext(connection) as seen:
            assert client.get(url(assignment)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
