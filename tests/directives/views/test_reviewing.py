"""The review of a second round: what the agency changed, and the rest filled in at one press."""

import re

import pytest
from django.urls import reverse

from directives.models import AnswerStatus, Review, State, Verdict
from directives.reports.review_queue import since_last_decision
from directives.services.answering import add_evidence, remove_evidence, save_answer
from directives.services.reviewing import finish_review, save_review
from directives.services.submitting import submit_report, take_back
from tests.cast import answer_everything
from tests.directives.views.uploads import pdf


@pytest.fixture
def first(cast, assignments):
    """The health department's first report, with a file behind its first item."""
    health = assignments[0]
    add_evidence(health.answers.first(), pdf("cu.pdf"), actor=cast.officer)
    answer_everything(health, cast.officer)
    health.refresh_from_db()
    return submit_report(health, actor=cast.officer)


def send_back(cast, submission, position=1):
    """Ask for more about one item."""
    verdicts = {item.pk: (Verdict.OK, "") for item in submission.items.all()}
    verdicts[submission.items.get(action__position=position).pk] = (Verdict.MORE, "Đề nghị nêu số máy.")
    finish_review(submission, actor=cast.staff, verdicts=verdicts)
    submission.assignment.refresh_from_db()
    return submission.assignment


def change_first(cast, assignment):
    """Let the agency change words, count and file of its first answer."""
    answer = assignment.answers.first()
    remove_evidence(answer.evidence.get(), actor=cast.officer)
    add_evidence(answer, pdf("moi.pdf"), actor=cast.officer)
    save_answer(answer, actor=cast.officer, version=answer.version, status="partly", note="Mới.", total=5, done=4)


@pytest.fixture
def second(cast, first):
    """The second round, in which only the first item is another."""
    assignment = send_back(cast, first)
    change_first(cast, assignment)
    assignment.refresh_from_db()
    return submit_report(assignment, actor=cast.officer)


def url(submission):
    return reverse("directives:review", args=[submission.pk])


def field(submission, position, name):
    return f"item{submission.items.get(action__position=position).pk}-{name}"


def checked(page):
    """Return the names of the fields whose chosen verdict is sufficient."""
    return set(re.findall(r'name="(item\d+-verdict)" value="ok"[^>]*checked', page.content.decode()))


def test_a_first_round_has_nothing_to_compare(cast, first):
    assert since_last_decision(first) == {}


def test_what_changed_is_told_field_by_field_and_file_by_file(cast, second):
    since = since_last_decision(second)
    one, two = (since[item.action_id] for item in second.items.all()[:2])
    assert [(row.old, row.new) for row in one.changed] == [
        (AnswerStatus.DONE.label, AnswerStatus.PARTLY.label),
        ("4", "5"),
        ("Đã thực hiện.", "Mới."),
    ]
    assert [file.name for file in (*one.added, *one.removed)] == ["moi.pdf", "cu.pdf"]
    assert (one.asked, one.was_enough) == ("Đề nghị nêu số máy.", False)
    assert two.is_same
    assert two.was_enough


def test_the_round_compared_with_is_the_last_one_decided(cast, second):
    second.assignment.refresh_from_db()
    take_back(second.assignment, actor=cast.officer)
    second.assignment.refresh_from_db()
    third = submit_report(second.assignment, actor=cast.officer)
    assert [row.new for row in since_last_decision(third)[third.items.first().action_id].changed][-1] == "Mới."


def test_unchanged_items_are_folded_and_none_is_decided_silently(as_user, cast, second):
    page = as_user(cast.staff).get(url(second))
    text = page.content.decode()
    assert text.count("Lần trước: Đạt, không thay đổi.") == 4
    assert text.count("Nội dung cơ quan báo cáo") == 4
    assert "Thay đổi so với lần trước" in text
    assert checked(page) == set()


def test_an_item_not_changed_although_more_was_asked_is_said_in_plain_words(as_user, cast, first):
    assignment = send_back(cast, first)
    answer = assignment.answers.get(action__position=2)
    save_answer(answer, actor=cast.officer, version=answer.version, status="done", note="Khác.", total=4, done=4)
    assignment.refresh_from_db()
    text = as_user(cast.staff).get(url(submit_report(assignment, actor=cast.officer))).content.decode()
    assert "Lần trước: Đề nghị bổ sung, không thay đổi." in text


def test_the_rest_is_marked_and_what_was_typed_stays_unsaved(as_user, cast, first):
    typed = {
        field(first, 1, "verdict"): "more",
        field(first, 1, "reason"): "Đang viết dở",
        field(first, 2, "reason"): "Chưa chọn mà đã viết",
        "note": "Nhận xét chung",
        "do": "rest",
    }
    page = as_user(cast.staff).post(url(first), typed)
    text = page.content.decode()
    assert page.status_code == 200
    assert checked(page) == {field(first, position, "verdict") for position in (3, 4, 5)}
    assert all(words in text for words in ("Đang viết dở", "Chưa chọn mà đã viết", "Nhận xét chung"))
    assert not Review.objects.exists()


def test_the_rest_and_the_finish_accept_a_first_round_in_two_presses(as_user, cast, first):
    client = as_user(cast.staff)
    names = checked(client.post(url(first), {"do": "rest"}))
    assert len(names) == 5
    client.post(url(first), {**dict.fromkeys(names, "ok"), "note": "", "do": "finish"})
    first.assignment.refresh_from_db()
    assert first.assignment.state == State.ACCEPTED


def test_marking_the_rest_does_not_hide_what_a_colleague_kept_meanwhile(as_user, cast, first):
    client = as_user(cast.staff)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(url(first)).content.decode())[1]
    item = first.items.first()
    save_review(first, actor=cast.second_staff, verdicts={item.pk: (Verdict.MORE, "Đề nghị bổ sung.")})
    names = checked(client.post(url(first), {"do": "rest", "seen": seen}))
    typed = {**dict.fromkeys(names, "ok"), "note": "", "do": "finish", "seen": seen}
    assert client.post(url(first), typed).status_code == 409
    marked = client.post(url(first), {"do": "rest", "seen": seen}).content.decode()
    assert f'name="seen" value="{seen}"' in marked
    first.assignment.refresh_from_db()
    assert first.assignment.state == State.SUBMITTED


def test_reading_two_rounds_costs_no_more_queries_for_more_items(as_user, cast, second, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        since_last_decision(second)


def test_figures_are_ticked_as_verified_and_shown_so_wherever_the_report_is_read(as_user, cast, first):
    ticked = {field(first, n, "verdict"): "ok" for n in range(1, 6)} | {field(first, 2, "is_verified"): "on"}
    assert as_user(cast.staff).post(url(first), {**ticked, "do": "finish"}).status_code == 302
    pages = (
        ("directives:submission", first.pk),
        ("directives:review", first.pk),
        ("directives:assignment", first.assignment_id),
    )
    for name, pk in pages:
        text = as_user(cast.staff).get(reverse(name, args=[pk])).content.decode()
        assert text.count("đã xác minh số liệu") == 1, name
        assert text.count("có số liệu") >= 4, name
    board = as_user(cast.staff).get(reverse("directives:board", args=[first.assignment.directive_id])).content.decode()
    assert board.count('title="đã xác minh số liệu"') == 1
    assert board.count('title="có số liệu"') >= 3  # a cascade counts its units instead


def test_a_tick_without_its_verdict_is_refused_and_stays(as_user, cast, first):
    typed = {
        field(first, 1, "verdict"): "more",
        field(first, 1, "reason"): "Nêu rõ",
        field(first, 1, "is_verified"): "on",
    }
    page = as_user(cast.staff).post(url(first), {**typed, "do": "keep"})
    assert page.status_code == 422
    assert "Chỉ xác minh được số liệu" in page.content.decode()
    assert not Review.objects.exists()
    kept = as_user(cast.staff).post(url(first), {**typed, "do": "rest"}).content.decode()
    assert f'name="{field(first, 1, "is_verified")}" class' in kept or "checked" in kept


def test_only_what_gives_figures_can_be_ticked(as_user, cast, first):
    first.items.filter(action__position=1).update(total=None, done=None)
    text = as_user(cast.staff).get(url(first)).content.decode()
    assert field(first, 1, "is_verified") not in text
    assert field(first, 2, "is_verified") in text


def test_why_nothing_was_done_is_read_wherever_the_report_is(as_user, cast, assignments):
    health, reason = assignments[0], "Cơ quan không vận hành hệ thống <riêng>."
    answer_everything(health, cast.officer)
    answer = health.answers.first()
    save_answer(answer, actor=cast.officer, version=answer.version, status="not_applicable", note=reason)
    page = reverse("directives:assignment", args=[health.pk])
    escaped = "Cơ quan không vận hành hệ thống &lt;riêng&gt;."
    assert escaped not in as_user(cast.staff).get(page).content.decode()  # still being written
    assert as_user(cast.officer).get(page).content.decode().count(escaped) == 1
    health.refresh_from_db()
    submission = submit_report(health, actor=cast.officer)
    for address in (page, url(submission), reverse("directives:submission", args=[submission.pk])):
        assert as_user(cast.staff).get(address).content.decode().count(escaped) == 1, address
