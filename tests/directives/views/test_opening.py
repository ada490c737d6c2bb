import pytest
from django.urls import reverse

from directives.models import AnswerStatus, RequiredAction
from directives.services.answering import save_answer
from tests.cast import make_user

SMALL = {
    "systems": "no",
    "systems_operator": "Trung tâm CNTT",
    "portal": "other",
    "portal_operator": "",
    "units": "no",
}


@pytest.fixture
def health(assignments):
    return assignments[0]


def url(assignment):
    return reverse("directives:opening", args=[assignment.pk])


def test_confirming_receipt_leads_to_the_questions_once(as_user, cast, health):
    client = as_user(cast.officer)
    assert client.post(reverse("directives:acknowledge", args=[health.pk]), {}).url == url(health)
    text = client.get(url(health)).content.decode()
    assert "Cơ quan có tự vận hành máy chủ hoặc hệ thống thông tin không?" in text
    assert "Bỏ qua, tôi trả lời từng nội dung" in text


def test_the_answers_are_entered_and_folded_away_on_the_list(as_user, cast, health):
    page = as_user(cast.officer).post(url(health), SMALL, follow=True)
    text = page.content.decode()
    assert "Đã ghi “Không áp dụng” cho nội dung 1, 3, 4, 5." in text
    assert "4 nội dung đã ghi sẵn theo câu hỏi mở đầu" in text
    assert "Không áp dụng – do Trung tâm CNTT vận hành." in text
    assert "Trả lời nội dung 2" in text
    assert "Trả lời lại ba câu hỏi mở đầu" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"systems": ""}, "Đề nghị chọn một mục."),
        ({"systems": "yes", "systems_operator": "Trung tâm CNTT"}, "ghi tên đơn vị vận hành Cổng"),
        ({"systems_operator": ""}, "ghi tên đơn vị vận hành Cổng"),
        ({"units": "maybe"}, 'id="error-summary"'),
    ],
)
def test_unfinished_answers_are_refused_and_keep_what_was_typed(as_user, cast, health, changes, words):
    page = as_user(cast.officer).post(url(health), {**SMALL, **changes})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not health.answers.exclude(status=AnswerStatus.NOT_STARTED).exists()


def test_once_something_is_written_the_questions_lead_back_to_the_list(as_user, cast, health):
    answer = health.answers.get(action__kind=RequiredAction.Kind.SYSTEMS)
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Tự làm.")
    client = as_user(cast.officer)
    there = reverse("directives:assignment", args=[health.pk])
    assert client.get(url(health)).url == there
    assert "ba câu hỏi mở đầu" not in client.get(there).content.decode()
    assert client.post(url(health), SMALL).status_code == 302
    answer.refresh_from_db()
    assert answer.note == "Tự làm."


def test_readers_and_strangers_do_not_answer(as_user, cast, health):
    assert as_user(cast.staff).get(url(health)).status_code == 403
    assert as_user(cast.town_officer).post(url(health), SMALL).status_code == 404
    assert as_user(make_user("ai-do@syt.example")).get(url(health)).status_code == 403
    assert as_user(cast.officer).delete(url(health)).status_code == 405
