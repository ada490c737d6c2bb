import re

import pytest
from django.urls import reverse

from directives.models import Answer, AnswerStatus, RequiredAction
from directives.services.answering import save_answer
from directives.services.submitting import submit_report
from tests.cast import PASSWORD, answer_everything
from tests.directives.views.uploads import pdf, program

HTMX = {"HX-Request": "true", "HX-Target": "saved"}


@pytest.fixture
def answer(assignments):
    return assignments[0].answers.get(action__kind=RequiredAction.Kind.VULNERABILITIES)


def save_url(answer):
    return reverse("directives:answer_autosave", args=[answer.assignment_id, answer.action.position])


def upload_url(answer):
    return reverse("directives:evidence_upload", args=[answer.pk])


def typed(answer, **changes):
    return {"status": "done", "note": "Đã rà soát.", "total": "12", "version": answer.version, **changes}


def test_an_autosave_says_when_and_hands_out_the_next_version(as_user, cast, answer):
    reply = as_user(cast.officer).post(save_url(answer), typed(answer), headers=HTMX)
    text = reply.content.decode()
    assert reply.status_code == 200
    assert "Đã lưu lúc 09:00 26/04/2023" in text
    assert re.search(r'name="version" value="1" id="id_version" hx-swap-oob="true"', text)
    answer.refresh_from_db()
    assert (answer.status, answer.total, answer.note) == (AnswerStatus.DONE, 12, "Đã rà soát.")


def test_words_without_a_result_are_work_under_way(as_user, cast, answer):
    data = typed(answer)
    del data["status"]
    assert as_user(cast.officer).post(save_url(answer), data, headers=HTMX).status_code == 200
    assert Answer.objects.get(pk=answer.pk).status == AnswerStatus.IN_PROGRESS


@pytest.mark.parametrize("changes", [{"done": "13"}, {"status": "nil", "note": ""}, {"total": "mười"}])
def test_what_the_form_or_the_service_refuses_is_said_and_not_saved(as_user, cast, answer, changes):
    reply = as_user(cast.officer).post(save_url(answer), typed(answer, **changes), headers=HTMX)
    assert reply.status_code == 422
    assert "Chưa lưu:" in reply.content.decode()
    assert Answer.objects.get(pk=answer.pk).version == 0


def test_another_persons_save_is_shown_and_ends_the_autosave(as_user, cast, answer):
    save_answer(answer, actor=cast.officer, version=0, status="partly", note="Của người khác.")
    reply = as_user(cast.officer).post(save_url(answer), typed(answer, version=0), headers=HTMX)
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "Của người khác." in text
    assert '<div id="autosave" hx-swap-oob="true"></div>' in text
    assert 'value="1" id="id_version"' in text
    assert Answer.objects.get(pk=answer.pk).note == "Của người khác."


def test_a_sent_report_takes_no_autosave_and_no_file(as_user, cast, assignments, answer):
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    submit_report(assignments[0], actor=cast.officer)
    answer.refresh_from_db()
    client = as_user(cast.officer)
    assert client.post(save_url(answer), typed(answer, note="muộn"), headers=HTMX).status_code == 422
    assert client.post(upload_url(answer), {"evidence": pdf()}).status_code == 422
    assert not answer.evidence.exists()


def test_the_page_offers_no_autosave_beside_another_persons_text(as_user, cast, answer):
    client = as_user(cast.officer)
    page = reverse("directives:answer", args=[answer.assignment_id, answer.action.position])
    assert "hx-post" in client.get(page).content.decode()
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Của người khác.")
    conflict = client.post(page, typed(answer, version=0, note="Của tôi."))
    assert conflict.status_code == 409
    assert "hx-post" not in conflict.content.decode()


def test_a_file_comes_back_as_its_row_and_a_bad_one_as_a_sentence(as_user, cast, answer):
    client = as_user(cast.officer)
    good = client.post(upload_url(answer), {"evidence": pdf("tot.pdf")})
    assert good.status_code == 201
    assert "tot.pdf" in good.content.decode()
    assert reverse("directives:evidence_remove", args=[answer.evidence.get().pk]) in good.content.decode()
    bad = client.post(upload_url(answer), {"evidence": program("gia.pdf")})
    assert bad.status_code == 422
    assert "“gia.pdf”" in bad.content.decode()
    assert client.post(upload_url(answer), {}).status_code == 422
    assert answer.evidence.count() == 1


@pytest.mark.parametrize("url", [save_url, upload_url])
def test_a_stranger_finds_nothing_and_a_reader_is_refused(as_user, cast, answer, url):
    assert as_user(cast.town_officer).post(url(answer), typed(answer)).status_code == 404
    assert as_user(cast.staff).post(url(answer), typed(answer)).status_code == 403
    assert as_user(cast.officer).get(url(answer)).status_code == 405


def test_without_a_session_the_panel_comes_and_nothing_is_saved(client, cast, answer):
    for url in (save_url, upload_url):
        reply = client.post(url(answer), {**typed(answer), "writer": cast.officer.email}, headers=HTMX)
        assert reply.status_code == 401
        assert reply["HX-Retarget"] == "#renew"
        assert f'value="{cast.officer.email}"' in reply.content.decode()
    assert Answer.objects.get(pk=answer.pk).version == 0


def test_the_panel_signs_in_and_hands_out_a_new_token(client, cast):
    panel = reverse("agencies:sign_in_again")
    wrong = client.post(panel, {"username": cast.officer.email, "password": "sai"}, headers=HTMX)
    assert wrong.status_code == 422
    right = client.post(panel, {"username": cast.officer.email, "password": PASSWORD}, headers=HTMX)
    assert re.search(r'data-token="\w{64}"', right.content.decode())
    assert client.get(reverse("directives:home")).status_code == 200
    assert "data-token" in client.get(panel, headers=HTMX).content.decode()
