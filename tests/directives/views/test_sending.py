import pytest
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import State, Verdict
from directives.services.answering import save_answer
from directives.services.issued_papers import record_issue, reply_paper
from directives.services.recording import record_report
from directives.services.reviewing import finish_review, save_review
from directives.services.submitting import ask_approval, submit_report
from tests.cast import ISSUED_AT, answer_everything
from tests.directives.views.uploads import pdf, program


def url(row, name):
    return reverse(f"directives:{name}", args=[row.pk])


@pytest.fixture
def ready(cast, assignments):
    """The health department's complete report, which needs no approval."""
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    return assignments[0]


@pytest.fixture
def town(cast, assignments):
    """The town's complete report, which its head approves."""
    answer_everything(assignments[1], cast.town_officer)
    assignments[1].refresh_from_db()
    return assignments[1]


def test_sending_ends_on_a_receipt_with_the_reference(as_user, cast, ready):
    page = as_user(cast.officer).post(url(ready, "submit"), follow=True)
    ready.refresh_from_db()
    text = page.content.decode()
    assert ready.state == State.SUBMITTED
    assert page.request["PATH_INFO"] == url(ready.submission, "submission")
    assert ready.submission.reference in text
    assert "xem xét từng nội dung" in text


def test_sending_twice_answers_409_with_the_present_state(as_user, cast, ready):
    client = as_user(cast.officer)
    client.post(url(ready, "submit"))
    page = client.post(url(ready, "submit"))
    assert page.status_code == 409
    assert "Đã gửi, chờ xem xét" in page.content.decode()
    assert ready.submissions.count() == 1


def test_an_unfinished_report_is_not_sent_and_says_what_is_missing(as_user, cast, ready):
    third = ready.answers.get(action__position=3)
    save_answer(third, actor=cast.officer, version=third.version, status="in_progress")
    page = as_user(cast.officer).post(url(ready, "submit"))
    assert page.status_code == 422
    assert str(third.action) in page.content.decode()
    assert not ready.submissions.exists()


def test_an_officer_who_needs_approval_cannot_send_alone(as_user, cast, town):
    page = as_user(cast.town_officer).post(url(town, "submit"), {"signed_number": "12/UBND-VX"})
    assert page.status_code == 422
    assert 'value="12/UBND-VX"' in page.content.decode()
    assert not town.submissions.exists()


@pytest.mark.parametrize(
    "data", [{"signed_reply": pdf("tra-loi.pdf")}, {"signed_number": "12/UBND-VX", "signed_on": "26/4/2023"}]
)
def test_the_signed_reply_sends_without_waiting(as_user, cast, town, data):
    page = as_user(cast.town_officer).post(url(town, "submit"), data)
    assert page.status_code == 302
    town.refresh_from_db()
    assert town.state == State.SUBMITTED


def test_a_program_is_no_signed_reply(as_user, cast, town):
    page = as_user(cast.town_officer).post(url(town, "submit"), {"signed_reply": program()})
    assert page.status_code == 422
    assert "“bao-cao.pdf”" in page.content.decode()
    assert not town.submissions.exists()


def test_the_head_reads_approves_and_sends(as_user, cast, town):
    as_user(cast.town_officer).post(url(town, "ask_approval"))
    text = as_user(cast.head).get(url(town, "check")).content.decode()
    assert "Đã thực hiện." in text
    assert "Duyệt và gửi" in text
    assert as_user(cast.head).post(url(town, "submit")).status_code == 302
    town.refresh_from_db()
    assert (town.state, town.submission.submitted_by) == (State.SUBMITTED, cast.head)


def test_the_head_asks_for_a_change_and_the_officer_reads_why(as_user, cast, town):
    ask_approval(town, actor=cast.town_officer)
    client = as_user(cast.head)
    assert client.post(url(town, "stop_approval"), {"note": " "}).status_code == 422
    assert client.post(url(town, "stop_approval"), {"note": "Đề nghị ghi rõ nội dung 2."}).status_code == 302
    text = as_user(cast.town_officer).get(url(town, "assignment")).content.decode()
    assert "Đề nghị ghi rõ nội dung 2." in text


def test_the_officer_takes_the_request_back_and_a_second_time_is_told(as_user, cast, town):
    ask_approval(town, actor=cast.town_officer)
    client = as_user(cast.town_officer)
    assert client.post(url(town, "stop_approval")).status_code == 302
    assert client.post(url(town, "stop_approval")).status_code == 409
    assert client.post(url(town, "ask_approval")).status_code == 302
    assert client.post(url(town, "ask_approval")).status_code == 409


def test_a_number_that_another_paper_bears_is_sent_with_a_warning(as_user, cast, ready):
    other = reply_paper(cast.issue(cast.health, subject="lần khác")[0])
    record_issue(other, actor=cast.officer, number="125/SYT-VP", dated_on=ISSUED_AT.date())
    given = {"signed_number": "125/SYT-VP", "signed_on": f"{ISSUED_AT:%d/%m/%Y}"}
    page = as_user(cast.officer).post(url(ready, "submit"), given, follow=True)
    assert "đã ghi cho văn bản khác trong năm" in page.content.decode()
    ready.refresh_from_db()
    assert ready.submission.signed_number == "125/SYT-VP"


def test_a_sent_report_is_taken_back_until_the_review_begins(as_user, cast, ready):
    submission = submit_report(ready, actor=cast.officer)
    client = as_user(cast.officer)
    assert client.post(url(ready, "take_back")).status_code == 302
    assert client.post(url(ready, "take_back")).status_code == 409
    ready.refresh_from_db()
    submission = submit_report(ready, actor=cast.officer)
    save_review(submission, actor=cast.staff, verdicts={})
    page = client.post(url(ready, "take_back"))
    assert page.status_code == 422
    assert "không rút lại được nữa" in client.get(url(submission, "submission")).content.decode()


def test_a_recorded_report_is_replaced_and_both_stay(as_user, cast, ready):
    items = [
        {"action": action, "status": "partly", "note": "Theo điện thoại."} for action in ready.directive.actions.all()
    ]
    recorded = record_report(ready, actor=cast.staff, channel="telephone", arrived_on=ISSUED_AT.date(), items=items)
    client = as_user(cast.officer)
    client.post(url(ready, "take_back"))
    client.post(url(ready, "submit"))
    text = client.get(url(ready, "assignment")).content.decode()
    assert recorded.reference in text
    assert f"{recorded.reference[:-1]}2" in text
    assert "Đã có báo cáo sau thay thế" in client.get(url(recorded, "submission")).content.decode()


def test_verdicts_show_only_once_the_review_is_finished(as_user, cast, ready):
    submission = submit_report(ready, actor=cast.officer)
    first, *rest = submission.items.all()
    verdicts = {first.pk: (Verdict.MORE, "Đề nghị nêu cấp độ.")}
    save_review(submission, actor=cast.staff, verdicts=verdicts)
    client = as_user(cast.officer)
    assert "Đề nghị nêu cấp độ." not in client.get(url(submission, "submission")).content.decode()
    finish_review(submission, actor=cast.staff, verdicts={**verdicts, **{i.pk: (Verdict.OK, "") for i in rest}})
    assert "Đề nghị nêu cấp độ." in client.get(url(submission, "submission")).content.decode()


def test_after_more_was_asked_something_must_change_before_sending_again(as_user, cast, ready):
    submission = submit_report(ready, actor=cast.officer)
    verdicts = {item.pk: (Verdict.MORE, "Đề nghị bổ sung.") for item in submission.items.all()}
    finish_review(submission, actor=cast.staff, verdicts=verdicts)
    client = as_user(cast.officer)
    assert "Đề nghị bổ sung ít nhất một nội dung" in client.get(url(ready, "check")).content.decode()
    assert client.post(url(ready, "submit")).status_code == 409
    with clock.frozen(ISSUED_AT.replace(hour=15)):
        answer = ready.answers.get(action__position=1)
        save_answer(answer, actor=cast.officer, version=answer.version, status="done", note="Đã bổ sung.")
        page = client.get(url(ready, "check"))
        assert [item.position for item in page.context["untouched"]] == [2, 3, 4, 5]
        assert client.post(url(ready, "submit")).status_code == 302


def test_the_signed_file_follows_later(as_user, cast, town):
    submission = submit_report(town, actor=cast.town_officer, signed_number="12/UBND-VX", signed_on=ISSUED_AT.date())
    client = as_user(cast.town_officer)
    assert "tệp bổ sung sau" in client.get(url(submission, "submission")).content.decode()
    assert client.post(url(submission, "signed_reply")).status_code == 422
    assert client.post(url(submission, "signed_reply"), {"upload": program()}).status_code == 422
    assert client.post(url(submission, "signed_reply"), {"upload": pdf("da-ky.pdf")}).status_code == 302
    reply = as_user(cast.staff).get(url(submission.files.get(), "submission_file"))
    assert reply["Content-Disposition"] == 'attachment; filename="da-ky.pdf"'
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_strangers_find_nothing_and_the_desk_does_not_act_for_the_agency(as_user, cast, ready):
    submission = submit_report(ready, actor=cast.officer, signed_reply=pdf())
    acts = [url(ready, name) for name in ("submit", "take_back", "ask_approval", "stop_approval")]
    acts.append(url(submission, "signed_reply"))
    reads = [url(submission, "submission"), url(submission.files.get(), "submission_file")]
    client = as_user(cast.town_officer)
    assert {client.post(act).status_code for act in acts} | {client.get(read).status_code for read in reads} == {404}
    assert {as_user(cast.staff).post(act).status_code for act in acts} == {403}
    assert {as_user(cast.leader).get(read).status_code for read in reads} == {200}
    assert {as_user(cast.officer).get(act).status_code for act in acts} == {405}
    assert {as_user(cast.officer).post(read).status_code for read in reads} == {405}
