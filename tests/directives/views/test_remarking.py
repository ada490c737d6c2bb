"""The pages of a thread, for the agency and for the desk, and the desk's list of questions."""

import pytest
from django.urls import reverse

from agencies.models import Role
from directives.models import Assignment, Remark, State
from directives.reports.threads import threads
from directives.services.remarking import LONGEST, settle, write_remark
from directives.services.submitting import submit_report
from tests.cast import answer_everything, make_agency, make_user

from ..reminders.conftest import sweep_at, way_out  # noqa: F401  the way out of mails, shared

ASKED = "Máy của đơn vị thuê ngoài có phải thống kê không?"
REPLIED = "Có, đề nghị thống kê cả máy thuê ngoài."
QUESTIONS = reverse("directives:questions")


@pytest.fixture
def health(assignments):
    return assignments[0]


@pytest.fixture
def action(health):
    return health.directive.actions.get(position=2)


@pytest.fixture
def question(cast, health, action):
    return write_remark(health, action, actor=cast.officer, text=ASKED)


@pytest.fixture
def town_question(cast, assignments, action):
    return write_remark(assignments[1], action, actor=cast.town_officer, text="Thời hạn tính thế nào?")


def thread_of(assignment, position=2):
    return reverse("directives:thread", args=[assignment.pk, position])


def answer_of(assignment, position=2):
    return reverse("directives:answer", args=[assignment.pk, position])


def text(response):
    return response.content.decode()


def test_an_officer_asks_from_the_answer_page_and_reads_the_thread_there(as_user, cast, health):
    officer = as_user(cast.officer)
    page = text(officer.get(answer_of(health)))
    assert thread_of(health) in page
    assert '<details class="card more stack"><summary>' in page
    sent = officer.post(thread_of(health), {"text": f"  {ASKED}\r\n", "seen": "0"})
    assert sent.url == thread_of(health)
    assert Remark.objects.get().text == ASKED
    page = text(officer.get(answer_of(health)))
    assert '<details class="card more stack" open><summary>' in page
    assert ASKED in page


def test_the_desk_finds_the_question_replies_and_the_agency_is_written_to(as_user, cast, health, question, way_out):  # noqa: F811
    staff = as_user(cast.staff)
    assert "1 câu hỏi chờ trả lời" in text(staff.get("/"))
    assert ASKED in text(staff.get(QUESTIONS))
    typed = {f"q{question.pk}-text": REPLIED, f"q{question.pk}-seen": question.pk, "do": f"reply-{question.pk}"}
    assert staff.post(QUESTIONS, typed).url == QUESTIONS
    assert "0 câu hỏi chờ trả lời" in text(staff.get("/"))
    assert "Không có câu hỏi chờ trả lời." in text(staff.get(QUESTIONS))
    assert REPLIED in text(as_user(cast.officer).get(thread_of(health)))
    sweep_at(2023, 4, 26, 9, 10)
    replies = [message for message in way_out.sent if "Trả lời về nội dung" in message.body]
    assert {message.to[0] for message in replies} == {"syt@binhdinh.example", "vanthu@syt.example"}
    assert "2. Nội dung 2" in replies[0].body
    assert REPLIED not in replies[0].body


@pytest.mark.parametrize("words", ["", "   ", "a" * (LONGEST + 1)])
def test_what_cannot_be_sent_stays_as_typed(as_user, cast, health, words):
    response = as_user(cast.officer).post(thread_of(health), {"text": words, "seen": "0"})
    assert response.status_code == 422
    assert words.strip() in text(response)
    assert not Remark.objects.exists()


def test_who_has_not_read_the_last_line_reads_it_first_and_sends_the_same_words_again(as_user, cast, health, question):
    stale = {"text": "Đã có hướng dẫn.", "seen": "0"}
    staff = as_user(cast.staff)
    refused = staff.post(thread_of(health), stale)
    assert (refused.status_code, "Đã có hướng dẫn." in text(refused), ASKED in text(refused)) == (409, True, True)
    assert f'name="seen" value="{question.pk}"' in text(refused)
    assert staff.post(thread_of(health), stale | {"seen": question.pk}).status_code == 302


def test_one_press_sends_once(as_user, cast, health):
    officer, typed = as_user(cast.officer), {"text": ASKED, "seen": "0"}
    assert [officer.post(thread_of(health), typed).status_code for _ in range(2)] == [302, 409]
    assert Remark.objects.count() == 1


def test_the_desk_settles_on_the_thread_and_keeps_what_it_had_begun(as_user, cast, health, question):
    staff = as_user(cast.staff)
    settled = staff.post(thread_of(health), {"do": "settle", "text": "Đang viết dở."})
    assert (settled.status_code, "Đang viết dở." in text(settled), "không cần trả lời" in text(settled)) == (200,) + (
        True,
    ) * 2
    again = staff.post(thread_of(health), {"do": "settle", "text": "Đang viết dở."})
    assert (again.status_code, "Đang viết dở." in text(again)) == (409, True)
    assert staff.post(thread_of(health, 3), {"do": "settle"}).status_code == 404


def test_an_agency_settles_nothing(as_user, cast, health, question):
    assert as_user(cast.officer).post(thread_of(health), {"do": "settle"}).status_code == 403
    assert Remark.objects.awaiting_reply().exists()


def test_the_list_keeps_the_replies_begun_beside_the_one_that_is_sent(as_user, cast, question, town_question):
    staff = as_user(cast.staff)
    page = text(staff.get(QUESTIONS))
    assert page.index(ASKED) < page.index("Thời hạn tính thế nào?")
    typed = {f"q{question.pk}-text": REPLIED, f"q{town_question.pk}-text": "Tính theo ngày làm việc"}
    sent = staff.post(QUESTIONS, typed | {"do": f"reply-{question.pk}"})
    assert (sent.status_code, "Tính theo ngày làm việc" in text(sent), ASKED in text(sent)) == (200, True, False)
    blank = staff.post(QUESTIONS, typed | {f"q{town_question.pk}-text": " ", "do": f"reply-{town_question.pk}"})
    assert blank.status_code == 422
    settled = staff.post(QUESTIONS, {"do": f"settle-{town_question.pk}"})
    assert (settled.url, Remark.objects.awaiting_reply().exists()) == (QUESTIONS, False)


def test_a_reply_to_what_a_colleague_answered_meanwhile_stays_in_the_list(as_user, cast, health, action, question):
    line = write_remark(health, action, actor=cast.second_staff, text="Đã trả lời qua điện thoại.")
    typed = {f"q{question.pk}-text": REPLIED, f"q{question.pk}-seen": question.pk, "do": f"reply-{question.pk}"}
    staff = as_user(cast.staff)
    refused = staff.post(QUESTIONS, typed)
    assert (refused.status_code, REPLIED in text(refused)) == (409, True)
    assert f'name="q{question.pk}-seen" value="{line.pk}"' in text(refused)
    assert staff.post(QUESTIONS, typed | {f"q{question.pk}-seen": line.pk}).status_code == 302
    assert staff.post(QUESTIONS, {"do": f"settle-{question.pk}"}).status_code == 409


@pytest.mark.parametrize("act", ["", "reply-", "reply-x", "reply-²", "reply-9999999", "settle-0", "none"])
def test_a_question_that_is_not_there_is_not_found(as_user, cast, question, act):
    assert as_user(cast.staff).post(QUESTIONS, {"do": act}).status_code == 404


def test_leaders_strangers_and_the_neighbour_read_no_thread(as_user, cast, health, question):
    for how in ("get", "post"):
        assert getattr(as_user(cast.leader), how)(thread_of(health)).status_code == 403
        assert getattr(as_user(cast.admin), how)(thread_of(health)).status_code == 403
        assert getattr(as_user(cast.town_officer), how)(thread_of(health)).status_code == 404
    assert as_user(cast.leader).get(QUESTIONS).status_code == 403
    assert ASKED not in text(as_user(cast.leader).get(reverse("directives:assignment", args=[health.pk])))
    stranger = as_user(make_user("xa@khac.example", Role.STAFF, make_agency("Sở Thông tin tỉnh khác")))
    assert stranger.get(thread_of(health)).status_code == 404
    assert ASKED not in text(stranger.get(QUESTIONS))
    assert stranger.post(QUESTIONS, {"do": f"reply-{question.pk}", f"q{question.pk}-text": "x"}).status_code == 404


def test_who_leads_here_and_is_staff_elsewhere_reads_no_thread(as_user, cast, health, question):
    both = make_user("hai@vai.example", Role.LEADER, cast.desk)
    both.memberships.create(agency=make_agency("Sở Thông tin tỉnh khác"), role=Role.STAFF)
    client = as_user(both)
    assert client.get(thread_of(health)).status_code == 403
    assert ASKED not in text(client.get(QUESTIONS))


def test_the_thread_is_reached_from_the_report_the_review_and_what_was_sent(as_user, cast, health, question):
    answer_everything(health, cast.officer)
    submission = submit_report(Assignment.objects.get(pk=health.pk), actor=cast.officer)
    report = reverse("directives:assignment", args=[health.pk])
    sent = reverse("directives:submission", args=[submission.pk])
    for who, pages in (
        (cast.staff, [report, sent, reverse("directives:review", args=[submission.pk])]),
        (cast.officer, [report, sent, answer_of(health)]),
    ):
        assert all(thread_of(health) in text(as_user(who).get(page)) for page in pages)
    assert all(thread_of(health) not in text(as_user(cast.leader).get(page)) for page in (report, sent))
    assert "chờ trả lời" in text(as_user(cast.staff).get(report))


def test_a_withdrawn_report_is_read_and_no_longer_written_to(as_user, cast, health, question):
    Assignment.objects.filter(pk=health.pk).update(state=State.WITHDRAWN)
    staff = as_user(cast.staff)
    page = text(staff.get(thread_of(health)))
    assert (ASKED in page, "<textarea" in page) == (True, False)
    refused = staff.post(thread_of(health), {"text": REPLIED, "seen": question.pk})
    assert (refused.status_code, REPLIED in text(refused)) == (422, True)
    assert ASKED not in text(staff.get(QUESTIONS))


def test_wrong_methods_and_missing_rows(as_user, cast, health):
    staff = as_user(cast.staff)
    assert staff.put(thread_of(health)).status_code == 405
    assert staff.delete(QUESTIONS).status_code == 405
    assert staff.get(thread_of(health, 9)).status_code == 404
    assert staff.get(reverse("directives:thread", args=[9_999_999, 1])).status_code == 404


def test_a_thread_tells_whether_it_waits(cast, health, action, question):
    waits = [thread.awaits_reply for thread in threads(health)]
    assert waits == [False, True, False, False, False]
    settle(question, actor=cast.staff)
    assert not any(thread.awaits_reply for thread in threads(health))


def test_the_list_asks_as_often_for_one_question_as_for_many(
    as_user, cast, assignments, question, django_assert_num_queries, django_assert_max_num_queries
):
    staff = as_user(cast.staff)
    staff.get(QUESTIONS)
    with django_assert_max_num_queries(20) as one:
        staff.get(QUESTIONS)
    for action in question.assignment.directive.actions.exclude(position=2):
        for assignment, who in zip(assignments, (cast.officer, cast.town_officer), strict=True):
            write_remark(assignment, action, actor=who, text=ASKED)
    with django_assert_num_queries(len(one)):
        staff.get(QUESTIONS)
