import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directives.models import Answer, AnswerStatus, Evidence, RequiredAction, State, Vulnerability
from directives.services.answering import add_evidence, remove_evidence, save_answer
from directives.services.submitting import submit_report
from tests.cast import answer_everything
from tests.directives.views.uploads import pdf, program


@pytest.fixture
def answer(assignments):
    """The health department's answer about vulnerabilities, which asks for three counts."""
    return assignments[0].answers.get(action__kind=RequiredAction.Kind.VULNERABILITIES)


def url(answer):
    return reverse("directives:answer", args=[answer.assignment_id, answer.action.position])


def typed(answer, **changes):
    """Return a complete form as the browser sends it."""
    values = {"status": "partly", "note": "Còn 06 máy,\r\nxong trước 15/5.", "total": "1.200", "done": "112"}
    return {**values, "extra": "6", "version": answer.version, **changes}


def test_the_page_shows_the_demand_its_figures_and_the_exploited_weaknesses(as_user, cast, answer):
    Vulnerability.objects.create(action=answer.action, cve="CVE-2023-21674", exploited_since=date(2023, 1, 10))
    text = as_user(cast.officer).get(url(answer)).content.decode()
    assert answer.action.text in text
    assert "Lý do chưa cập nhật" in text
    assert "CVE-2023-21674" in text
    assert "bị khai thác từ 10/01/2023" in text
    assert 'value="not_started"' not in text


def test_saving_keeps_the_answer_and_starts_the_report(as_user, cast, answer):
    page = as_user(cast.officer).post(url(answer), typed(answer))
    assert page.status_code == 302
    answer.refresh_from_db()
    assert (answer.status, answer.total, answer.done, answer.extra) == (AnswerStatus.PARTLY, 1200, 112, 6)
    assert answer.note == "Còn 06 máy,\nxong trước 15/5."
    answer.assignment.refresh_from_db()
    assert answer.assignment.state == State.IN_PROGRESS


def test_save_and_next_goes_to_the_next_action_and_at_last_to_the_check_page(as_user, cast, assignments):
    client = as_user(cast.officer)
    fourth, fifth = assignments[0].answers.all()[3:5]
    plain = {"status": "done", "next": "1"}
    assert client.post(url(fourth), {**plain, "version": 0}).url == url(fifth)
    assert client.post(url(fifth), {**plain, "version": 0}).url == reverse("directives:check", args=[assignments[0].pk])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": ""}, "Kết quả thực hiện: Đề nghị chọn một mục."),
        ({"status": "nil", "note": " "}, "cần ghi lý do"),
        ({"done": "1300"}, "không thể lớn hơn tổng số"),
        ({"total": "mười"}, "Nhập một số nguyên"),
    ],
)
def test_a_refused_answer_keeps_every_word(as_user, cast, answer, changes, words):
    page = as_user(cast.officer).post(url(answer), typed(answer, **changes))
    text = page.content.decode()
    assert page.status_code == 422
    assert words in text
    assert 'id="error-summary"' in text
    assert f'value="{changes.get("total", "1.200")}"' in text
    assert Answer.objects.get(pk=answer.pk).version == 0


def test_an_overtaken_save_answers_409_with_both_texts(as_user, cast, answer):
    stale = typed(answer, note="Nội dung của tôi.")
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Nội dung của người khác.")
    client = as_user(cast.officer)
    page = client.post(url(answer), stale)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Nội dung của tôi." in text
    assert "Nội dung của người khác." in text
    assert Answer.objects.get(pk=answer.pk).note == "Nội dung của người khác."
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    again = client.post(url(answer), {**stale, "version": version})
    assert again.status_code == 302
    assert Answer.objects.get(pk=answer.pk).note == "Nội dung của tôi."


def test_a_save_after_sending_is_refused_and_the_text_is_kept(as_user, cast, assignments, answer):
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    submit_report(assignments[0], actor=cast.officer)
    answer.refresh_from_db()
    page = as_user(cast.officer).post(url(answer), typed(answer, note="Viết khi báo cáo đã gửi."))
    assert page.status_code == 422
    assert "Viết khi báo cáo đã gửi." in page.content.decode()
    assert "đề nghị rút lại trước khi sửa" in page.content.decode()


def test_a_sent_answer_is_shown_without_a_form(as_user, cast, assignments, answer):
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    submit_report(assignments[0], actor=cast.officer)
    text = as_user(cast.officer).get(url(answer)).content.decode()
    assert 'name="version"' not in text
    assert "Đã thực hiện." in text


def test_good_files_stay_when_one_is_refused(as_user, cast, answer):
    data = typed(answer, evidence=[pdf("tot.pdf"), program("gia.pdf"), pdf("tot-2.pdf")], next="1")
    page = as_user(cast.officer).post(url(answer), data, follow=True)
    text = page.content.decode()
    assert [file.name for file in answer.evidence.all()] == ["tot.pdf", "tot-2.pdf"]
    assert "“gia.pdf”" in text
    assert page.request["PATH_INFO"] == url(answer)
    assert Answer.objects.get(pk=answer.pk).status == AnswerStatus.PARTLY


def test_files_are_kept_even_when_the_text_is_refused(as_user, cast, answer):
    page = as_user(cast.officer).post(url(answer), typed(answer, status="", evidence=[pdf("tot.pdf")]))
    assert page.status_code == 422
    assert "tot.pdf" in page.content.decode()
    assert answer.evidence.count() == 1


@pytest.mark.parametrize("upload", [program(), SimpleUploadedFile("trong.pdf", b"")])
def test_a_refused_upload_says_why_and_keeps_nothing(as_user, cast, answer, upload):
    page = as_user(cast.officer).post(reverse("directives:evidence_add", args=[answer.pk]), {"evidence": upload})
    assert page.status_code == 422
    assert f"“{upload.name}”" in page.content.decode()
    assert not answer.evidence.exists()


def test_adding_a_file_shows_the_unsaved_text_again(as_user, cast, answer):
    data = typed(answer, note="Chưa lưu.", evidence=[pdf("tot.pdf")])
    page = as_user(cast.officer).post(reverse("directives:evidence_add", args=[answer.pk]), data)
    assert page.status_code == 200
    assert "Chưa lưu." in page.content.decode()
    assert Answer.objects.get(pk=answer.pk).note == ""
    assert answer.evidence.get().name == "tot.pdf"


def test_a_file_is_removed_once_and_the_second_time_says_so(as_user, cast, answer):
    kept = add_evidence(answer, pdf(), actor=cast.officer)
    remove = reverse("directives:evidence_remove", args=[kept.pk])
    client = as_user(cast.officer)
    assert client.post(remove).status_code == 302
    assert client.post(remove).status_code == 409
    assert client.get(reverse("directives:evidence", args=[kept.pk])).status_code == 404


def test_a_file_of_a_sent_report_outlives_its_removal(as_user, cast, assignments, answer):
    kept = add_evidence(answer, pdf(), actor=cast.officer)
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    submit_report(assignments[0], actor=cast.officer)
    Evidence.objects.filter(pk=kept.pk).update(removed_at=kept.uploaded_at)
    assert as_user(cast.staff).get(reverse("directives:evidence", args=[kept.pk])).status_code == 200


def test_a_file_goes_out_sealed_and_under_its_own_name(as_user, cast, answer):
    kept = add_evidence(answer, pdf("Kết quả.pdf"), actor=cast.officer)
    reply = as_user(cast.officer).get(reverse("directives:evidence", args=[kept.pk]))
    assert b"".join(reply.streaming_content).startswith(b"%PDF")
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"].startswith("attachment; filename*=utf-8''K%E1%BA%BFt")
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_stranger_finds_nothing_and_the_wrong_role_is_refused(as_user, cast, answer):
    kept = add_evidence(answer, pdf(), actor=cast.officer)
    pages = [url(answer), reverse("directives:evidence", args=[kept.pk])]
    posts = [
        reverse("directives:evidence_add", args=[answer.pk]),
        reverse("directives:evidence_remove", args=[kept.pk]),
    ]
    client = as_user(cast.town_officer)
    assert {client.get(page).status_code for page in pages} | {client.post(page).status_code for page in posts} == {404}
    client = as_user(cast.admin)
    assert {client.get(page).status_code for page in pages} | {client.post(page).status_code for page in posts} == {403}
    assert as_user(cast.staff).post(url(answer), typed(answer)).status_code == 403
    remove_evidence(kept, actor=cast.officer)


@pytest.mark.parametrize("name", ["evidence_add", "evidence_remove"])
def test_changes_take_post_only(as_user, cast, answer, name):
    kept = add_evidence(answer, pdf(), actor=cast.officer)
    pk = answer.pk if name == "evidence_add" else kept.pk
    assert as_user(cast.officer).get(reverse(f"directives:{name}", args=[pk])).status_code == 405
    assert as_user(cast.officer).delete(url(answer)).status_code == 405
