"""The page that amends a directive: its two steps, what is kept, who may, and what the readers see afterwards."""

import re

import pytest
from django.urls import reverse

from directives.models import Amendment, Assignment, Directive, DirectiveState, RequiredAction, State, Verdict
from directives.services.amending import Wanted, amend_directive
from directives.services.answering import save_answer
from directives.services.closing import close_directive
from directives.services.reviewing import finish_review
from directives.services.submitting import ask_approval, submit_report
from tests.cast import answer_everything
from tests.directives.services.test_amending import NEW


@pytest.fixture
def directive(assignments):
    return assignments[0].directive


def address(directive):
    return reverse("directives:amend", args=[directive.pk])


def typed(directive, do="preview", **changes):
    """Return what the page sends when only `changes` are typed into it."""
    data = {
        "do": do,
        "version": directive.version,
        "added": "0",
        "reason": "Theo chỉ đạo mới.",
        "deadline": "17:00 28/04/2023",
        "preamble": directive.preamble,
        "closing": directive.closing,
        "contacts": "Phòng Bưu chính, Viễn thông và Công nghệ thông tin: 0256.2210517",
    }
    for action in directive.actions.all():
        for name in ("title", "text", "evidence_rule"):
            data[f"a{action.pk}-{name}"] = getattr(action, name)
        data[f"a{action.pk}-due_at"] = ""
    return data | changes


ADDED = {
    "added": "1",
    "new0-title": "Rà soát Log4j",
    "new0-text": "Rà soát CVE-2021-44228.",
    "new0-kind": "general",
    "new0-evidence_rule": "optional",
    "new0-due_at": "",
}


def seen_in(response):
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


def confirm(client, directive, **changes):
    """Look at the differences, then confirm them."""
    seen = seen_in(client.post(address(directive), typed(directive, **changes)))
    return client.post(address(directive), typed(directive, "confirm", seen=seen, **changes))


def amended(directive, cast, **fields):
    wanted = Wanted(fields, {}, (NEW,))
    return amend_directive(directive, actor=cast.staff, version=directive.version, wanted=wanted, reason="Lý do mới.")


def test_the_page_shows_what_stands_and_says_what_cannot_be_done(as_user, cast, directive):
    page = as_user(cast.staff).get(address(directive)).content.decode()
    for said in ("Thực hiện nội dung 5.", "17:00 28/04/2023", "0256.2210517", "Không xóa nội dung yêu cầu"):
        assert said in page


def test_the_differences_and_what_happens_are_shown_before_anything_is_done(as_user, cast, directive):
    first = directive.actions.first()
    changes = {f"a{first.pk}-text": "Thực hiện ngay nội dung 1.", "deadline": "17:00 05/05/2023"} | ADDED
    response = as_user(cast.staff).post(address(directive), typed(directive, **changes))
    page = response.content.decode()
    assert response.status_code == 200
    assert re.search(r"<ins>.*?ngay </?", page, re.S)
    assert re.search(r"<del>.*?17:00 28/04/2023", page, re.S)
    for said in ("2 cơ quan, mỗi địa chỉ một thư", "05/05/2023", "Kỳ nghỉ lễ gần hạn này", "Rà soát CVE-2021-44228."):
        assert said in page
    assert not Amendment.objects.exists()


def test_what_is_confirmed_is_done_and_shown_on_the_directive(as_user, cast, directive):
    client = as_user(cast.staff)
    response = confirm(client, directive, document_number="20/STTTT", document_on="26/4/2023", **ADDED)
    assert response.url == reverse("directives:detail", args=[directive.pk])
    made = Amendment.objects.get()
    assert (made.reason, made.document_number, f"{made.document_on:%d/%m/%Y}") == (
        "Theo chỉ đạo mới.",
        "20/STTTT",
        "26/04/2023",
    )
    page = client.get(response.url).content.decode()
    for said in ("thông báo đến 2 cơ quan", "Các lần sửa đổi, bổ sung", "20/STTTT", "Theo chỉ đạo mới.", "6. Rà soát"):
        assert said in page


def test_only_what_was_typed_differently_is_changed(as_user, cast, directive):
    Directive.objects.filter(pk=directive.pk).update(preamble="\n Kính gửi  \n")
    directive.refresh_from_db()
    first = directive.actions.first()
    confirm(as_user(cast.staff), directive, **{f"a{first.pk}-evidence_rule": "required"})
    assert [change["what"] for change in Amendment.objects.get().changes] == ["evidence_rule"]


def test_what_is_typed_after_the_differences_were_shown_is_shown_first(as_user, cast, directive):
    client = as_user(cast.staff)
    seen = seen_in(client.post(address(directive), typed(directive, closing="Trân trọng./.")))
    response = client.post(address(directive), typed(directive, "confirm", seen=seen, closing="Khác."))
    assert "Có nội dung được nhập thêm sau khi xem thay đổi" in response.content.decode()
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("do", "count", "kept"), [("add", 2, True), ("drop-0", 0, False), ("drop-7", 1, True), ("nothing", 1, True)]
)
def test_a_button_that_rearranges_keeps_everything_typed(as_user, cast, directive, do, count, kept):
    changes = ADDED | {"reason": "Lý do đang viết", "deadline": "hôm nào đó"}
    page = as_user(cast.staff).post(address(directive), typed(directive, do, **changes)).content.decode()
    assert f'name="added" value="{count}"' in page
    assert ("Rà soát Log4j" in page) is kept
    assert "Lý do đang viết" in page
    assert "hôm nào đó" in page


def test_the_last_working_afternoon_is_offered_and_taken(as_user, cast, directive):
    client = as_user(cast.staff)
    page = client.post(address(directive), typed(directive, "drop-9", deadline="17:00 01/05/2023")).content.decode()
    assert 'value="deadline"' in page
    page = client.post(address(directive), typed(directive, "deadline", deadline="17:00 01/05/2023")).content.decode()
    assert 'value="17:00 28/04/2023"' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Chưa có nội dung nào được sửa đổi."),
        ({"reason": " ", "closing": "Khác."}, "reason"),
        ({"deadline": "17:00 25/04/2023"}, "Thời hạn mới còn để trống hoặc đã qua."),
        ({"deadline": "", "closing": "Khác."}, "deadline"),
        ({"document_on": "30/4/2030", "closing": "Khác."}, "document_on"),
        (ADDED | {"new0-text": ""}, "new0-text"),
        (ADDED | {"new0-kind": "khac"}, "new0-kind"),
        (ADDED | {"new0-due_at": "25/4/2023"}, "Nội dung được bổ sung cần có thời hạn chưa qua"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(as_user, cast, directive, changes, sentence):
    changes = {"contacts": "Tổ trực: 0256.999"} | changes if changes else changes
    response = as_user(cast.staff).post(address(directive), typed(directive, **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert not changes or "Tổ trực: 0256.999" in page


def test_of_two_the_second_gets_the_others_text_beside_the_own(as_user, cast, directive):
    client, mine = as_user(cast.staff), typed(directive, closing="Của tôi.")
    seen = seen_in(client.post(address(directive), mine))
    amended(directive, cast, closing="Của đồng nghiệp.")
    response = client.post(address(directive), mine | {"do": "confirm", "seen": seen})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Của đồng nghiệp." in page
    assert "Của tôi." in page
    assert NEW["text"] in page, "the action added meanwhile is on the page"
    version = Directive.objects.get(pk=directive.pk).version
    assert f'name="version" value="{version}"' in page
    again = client.post(address(directive), mine | {"version": version})
    assert again.status_code == 200
    assert Amendment.objects.count() == 1


def test_a_directive_closed_meanwhile_keeps_the_text_on_the_page_and_takes_nothing(as_user, cast, directive):
    client, mine = as_user(cast.staff), typed(directive, closing="Của tôi.")
    close_directive(directive, actor=cast.second_staff)
    response = client.post(address(directive), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "không thể áp dụng được nữa" in page
    assert "Của tôi." in page
    assert 'value="confirm"' not in page


@pytest.mark.parametrize("state", [s for s in DirectiveState if s != DirectiveState.ISSUED])
def test_only_an_issued_directive_has_the_page(as_user, cast, directive, state):
    Directive.objects.filter(pk=directive.pk).update(state=state)
    response = as_user(cast.staff).get(address(directive), follow=True)
    assert "Chỉ sửa đổi, bổ sung được công văn đã phát hành" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("officer", 403), ("admin", 403), ("second_staff", 200)])
def test_the_page_is_the_desks(as_user, cast, directive, who, status):
    client = as_user(getattr(cast, who))
    assert client.get(address(directive)).status_code == status
    assert client.post(address(directive), typed(directive, closing="Khác.")).status_code == status
    assert client.delete(address(directive)).status_code in (403, 405)


def sent(assignment, actor):
    answer_everything(assignment, actor)
    return submit_report(Assignment.objects.get(pk=assignment.pk), actor=actor)


def accept(submission, actor):
    verdicts = {item.pk: (Verdict.OK, "") for item in submission.items.all()}
    return finish_review(submission, actor=actor, verdicts=verdicts)


def test_the_officer_reads_why_the_report_is_open_again_and_is_led_to_the_added_action(as_user, cast, assignments):
    health = assignments[0]
    accept(sent(health, cast.officer), cast.staff)
    amended(health.directive, cast)
    client = as_user(cast.officer)
    page = client.get(reverse("directives:assignment", args=[health.pk])).content.decode()
    for said in ("mở lại do sửa đổi, bổ sung công văn", "Lý do mới.", "Trả lời nội dung 6", "Bổ sung ngày 26/04/2023."):
        assert said in page
    assert "Sở đề nghị bổ sung" not in page
    check = client.get(reverse("directives:check", args=[health.pk])).content.decode()
    assert "thêm 1 nội dung yêu cầu" in check
    answer = client.get(reverse("directives:answer", args=[health.pk, 6])).content.decode()
    assert "Nội dung này được bổ sung ngày 26/04/2023" in answer
    assert "Nội dung này được" not in client.get(reverse("directives:answer", args=[health.pk, 1])).content.decode()
    assert "mở lại do sửa đổi" in client.get(reverse("directives:home")).content.decode()


def test_a_report_that_stands_says_so(as_user, cast, assignments):
    health = assignments[0]
    sent(health, cast.officer)
    directive, first = health.directive, health.directive.actions.first()
    wanted = Wanted({}, {first.pk: {"text": "Thực hiện nội dung 1 trước nghỉ lễ."}})
    amend_directive(directive, actor=cast.staff, version=directive.version, wanted=wanted, reason="Rõ hơn.")
    client = as_user(cast.officer)
    assert "không phải gửi lại" in client.get(reverse("directives:assignment", args=[health.pk])).content.decode()
    answer = client.get(reverse("directives:answer", args=[health.pk, 1])).content.decode()
    assert "Nội dung này được sửa đổi ngày 26/04/2023" in answer
    assert "<ins>" in answer


def test_the_board_and_the_directive_say_which_reports_an_amendment_opened(as_user, cast, assignments):
    health = assignments[0]
    accept(sent(health, cast.officer), cast.staff)
    amended(health.directive, cast)
    client = as_user(cast.staff)
    board = client.get(reverse("directives:board", args=[health.directive_id])).content.decode()
    for said in ("Mở lại do sửa đổi, bổ sung công văn", "trong đó 1 do sửa đổi", "Bổ sung 26/04/2023"):
        assert said in board
    page = client.get(reverse("directives:detail", args=[health.directive_id])).content.decode()
    assert "mở lại do sửa đổi, bổ sung công văn" in page


def test_answers_before_the_head_can_be_opened_again_though_they_are_incomplete(as_user, cast, assignments):
    town = assignments[1]
    answer_everything(town, cast.town_officer)
    ask_approval(Assignment.objects.get(pk=town.pk), actor=cast.town_officer)
    amended(town.directive, cast)
    check = reverse("directives:check", args=[town.pk])
    for who, said in ((cast.head, "Đề nghị chỉnh sửa"), (cast.town_officer, "Rút lại để sửa")):
        page = as_user(who).get(check).content.decode()
        assert said in page
        assert reverse("directives:submit", args=[town.pk]) not in page
    as_user(cast.head).post(reverse("directives:stop_approval", args=[town.pk]), {"note": "Bổ sung nội dung 6."})
    assert Assignment.objects.get(pk=town.pk).state == State.IN_PROGRESS


def test_a_review_in_hand_is_refused_with_409_and_the_next_round_marks_the_added_action(as_user, cast, assignments):
    health = assignments[0]
    first = sent(health, cast.officer)
    client = as_user(cast.staff)
    verdicts = {f"item{item.pk}-verdict": "ok" for item in first.items.all()}
    amended(health.directive, cast)
    response = client.post(reverse("directives:review", args=[first.pk]), verdicts | {"do": "finish"})
    assert response.status_code == 409
    added = health.answers.get(action__position=6)
    save_answer(added, actor=cast.officer, version=0, status="done", note="Đã rà soát.", total=1, done=1)
    second = submit_report(Assignment.objects.get(pk=health.pk), actor=cast.officer)
    page = client.get(reverse("directives:review", args=[second.pk])).content.decode()
    assert page.count("bổ sung ngày 26/04/2023") == 1
    assert RequiredAction.objects.get(position=6, directive=health.directive).title in page
