"""The board, reviewing, recording, calling, access, reminders and the life of a directive, page by page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Assignment, CallLog, Delivery, DirectiveState, Notice, ReviewItem, State, Submission
from directives.reminders.outbox import enqueue
from directives.services.closing import close_directive
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_agency, make_cast, make_directive, make_user

pytestmark = pytest.mark.django_db

# Pages about a directive (D), an assignment (A), a submission (S), a delivery (M) or a draft (F), by method.
DESK_PAGES = [
    ("edit", "F"), ("issue", "F"), ("delete", "F"), ("detail", "D"), ("number", "D"), ("close", "D"), ("recall", "D"),
    ("reopen", "D"), ("recipient_add", "D"), ("recipient_remove", "A"), ("board", "D"), ("call_sheet", "D"),
    ("chase_list", "D"), ("reminders", "D"), ("record", "A"), ("calls", "A"), ("access", "D"), ("access_notes", "D"),
    ("review", "S"), ("reopen_accepted", "S"), ("clone", "D"), ("replace", "D"),
]  # fmt: skip
LEADER_READS = {"detail", "board"}
POST_ONLY = [("file_add", "D"), ("file_remove", "X"), ("requeue", "M"), ("invite", "D")]
GET_ONLY = ["detail", "board", "call_sheet", "chase_list", "reminders", "access", "access_notes"]


@pytest.fixture(autouse=True)
def after_issue():
    """Stand in the afternoon before the deadline."""
    with clock.frozen(DEADLINE - timedelta(hours=2)):
        yield


class Story:
    """A directive to two agencies, a report of one of them, a refused message and a draft with a file."""

    def __init__(self):
        self.cast = make_cast()
        self.health, self.town = self.cast.issue(addressees=["Sở Y tế"])
        self.directive = self.health.directive
        answer_everything(self.health, self.cast.officer)
        self.submission = submit_report(Assignment.objects.get(pk=self.health.pk), actor=self.cast.officer)
        enqueue(self.town, Notice.Kind.ARRIVAL, "quynhon@binhdinh.example")
        self.delivery = Delivery.objects.get()
        Delivery.objects.update(state=Delivery.State.DEAD, answer="550 không có hộp thư")
        self.draft = make_directive(self.cast.desk, addressees=["Sở Y tế"])
        self.file = self.draft.files.create(
            kind="other", name="a.txt", size=1, sha256="0" * 64, content_type="text/plain"
        )

    def url(self, name, about):
        ids = {
            "D": self.directive, "A": self.town, "S": self.submission, "M": self.delivery, "F": self.draft,
            "X": self.file,
        }  # fmt: skip
        return reverse(f"directives:{name}", args=[ids[about].pk])


@pytest.fixture
def story():
    return Story()


@pytest.fixture
def staff(client, story):
    """The client of the desk's staff."""
    client.force_login(story.cast.staff)
    return client


def verdicts(submission, *, more=None):
    """Return the review form with every item sufficient, or one asked for more."""
    data = {f"item{item.pk}-verdict": "ok" for item in submission.items.all()}
    if more:
        first = submission.items.first()
        data |= {f"item{first.pk}-verdict": "more", f"item{first.pk}-reason": more}
    return data


@pytest.mark.parametrize(("name", "about"), DESK_PAGES)
def test_page_opens_for_the_desk(staff, story, name, about):
    assert staff.get(story.url(name, about)).status_code == 200


@pytest.mark.parametrize(("name", "about"), DESK_PAGES)
def test_page_is_not_found_by_another_provinces_desk(client, story, name, about):
    stranger = make_user("xa@khac.example", Role.STAFF, make_agency("Sở Thông tin tỉnh khác"))
    client.force_login(stranger)
    assert client.get(story.url(name, about)).status_code == 404
    assert client.post(story.url(name, about)).status_code in (404, 405)


@pytest.mark.parametrize(("name", "about"), POST_ONLY)
def test_act_is_not_found_by_another_provinces_desk(client, story, name, about):
    client.force_login(make_user("xa@khac.example", Role.STAFF, make_agency("Sở Thông tin tỉnh khác")))
    assert client.post(story.url(name, about)).status_code == 404


@pytest.mark.parametrize(("name", "about"), DESK_PAGES + POST_ONLY)
def test_leader_reads_and_never_acts(client, story, name, about):
    client.force_login(story.cast.leader)
    reads = name in LEADER_READS
    assert client.get(story.url(name, about)).status_code == (200 if reads else 403)
    assert client.post(story.url(name, about)).status_code == (405 if reads else 403)


@pytest.mark.parametrize(("name", "about"), DESK_PAGES + POST_ONLY)
def test_leader_of_this_desk_who_is_staff_of_another_does_not_act_here(client, story, name, about):
    both = make_user("hai@vai.example", Role.LEADER, story.cast.desk)
    both.memberships.create(agency=make_agency("Sở Thông tin tỉnh khác"), role=Role.STAFF)
    client.force_login(both)
    assert client.post(story.url(name, about), {"number": "1"}).status_code in (403, 404, 405)


@pytest.mark.parametrize("name", GET_ONLY)
def test_reading_page_takes_no_post(staff, story, name):
    assert staff.post(story.url(name, "D")).status_code == 405


@pytest.mark.parametrize(("name", "about"), POST_ONLY)
def test_act_takes_no_get(staff, story, name, about):
    assert staff.get(story.url(name, about)).status_code == 405


@pytest.mark.parametrize("name", ["list", "import", "reviews"])
def test_list_pages_open_for_the_desk(staff, name):
    assert staff.get(reverse(f"directives:{name}")).status_code == 200


def test_officer_reaches_no_desk_page(client, story):
    client.force_login(story.cast.officer)
    assert {client.get(story.url(name, about)).status_code for name, about in DESK_PAGES} == {403}


@pytest.mark.parametrize("name", ["board", "call_sheet", "chase_list", "access", "reminders", "detail", "access_notes"])
def test_page_costs_the_same_queries_for_two_and_twenty_agencies(staff, story, name):
    cast = story.cast
    others = [make_agency(f"Sở số {n}", parent=cast.province, mailbox=f"so{n}@x.example") for n in range(19)]
    many = cast.issue(cast.health, *others)[0]
    answer_everything(many, cast.officer)
    submit_report(Assignment.objects.get(pk=many.pk), actor=cast.officer)
    counts = []
    for directive in (story.directive, many.directive):
        staff.post(reverse("directives:invite", args=[directive.pk]))
        Delivery.objects.update(state=Delivery.State.SENT)
        with CaptureQueriesContext(connection) as queries:
            staff.get(reverse(f"directives:{name}", args=[directive.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_queue_costs_the_same_queries_for_one_and_many_reports(staff, story):
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            staff.get(reverse("directives:reviews"))
        counts.append(len(queries))
        for _copy in range(5):
            row = story.cast.issue(story.cast.health)[0]
            answer_everything(row, story.cast.officer)
            submit_report(Assignment.objects.get(pk=row.pk), actor=story.cast.officer)
    assert counts[0] == counts[1]


def test_board_filters_by_the_url_without_accents_and_says_how_to_undo(staff, story):
    page = staff.get(story.url("board", "D"), {"q": "so y te", "state": "submitted"}).content.decode()
    assert "Hiển thị 1 trong 2 cơ quan" in page
    assert "UBND thành phố Quy Nhơn</a>" not in page
    assert 'href="?state=submitted"' in page
    empty = staff.get(story.url("board", "D"), {"q": "không có"}).content.decode()
    assert "Không có cơ quan nào khớp bộ lọc" in empty


def test_board_gives_leaders_no_acts(client, story):
    client.force_login(story.cast.leader)
    page = client.get(story.url("board", "D")).content.decode()
    assert reverse("directives:record", args=[story.town.pk]) not in page
    assert story.url("chase_list", "D") not in page


def test_chase_list_names_only_who_owes_with_telephone_and_lateness(staff, story):
    with clock.frozen(DEADLINE + timedelta(days=3)):
        text = staff.get(story.url("chase_list", "D")).context["text"]
    assert "- UBND thành phố Quy Nhơn – trễ 3 ngày" in text
    assert "Chưa tiếp nhận (1):" in text
    assert "Sở Y tế" not in text


def test_call_sheet_leaves_room_to_write(staff, story):
    page = staff.get(story.url("call_sheet", "D")).content.decode()
    assert "Kết quả cuộc gọi" in page
    assert "UBND thành phố Quy Nhơn" in page


def test_refused_message_is_shown_and_sent_again(staff, story):
    assert "550 không có hộp thư" in staff.get(story.url("reminders", "D")).content.decode()
    staff.post(story.url("requeue", "M"))
    assert Delivery.objects.get().state == Delivery.State.PENDING
    page = staff.post(story.url("requeue", "M"), follow=True).content.decode()
    assert "không còn trong danh sách bị từ chối" in page


def test_review_queue_lists_the_report_and_review_leads_to_acceptance(staff, story):
    assert "Sở Y tế" in staff.get(reverse("directives:reviews")).content.decode()
    staff.post(story.url("review", "S"), verdicts(story.submission) | {"do": "finish"})
    story.health.refresh_from_db()
    assert story.health.state == State.ACCEPTED


def test_kept_review_is_shown_again_and_decides_nothing(staff, story):
    staff.post(story.url("review", "S"), verdicts(story.submission, more="Nêu rõ cấp độ") | {"do": "keep"})
    story.health.refresh_from_db()
    assert story.health.state == State.SUBMITTED
    assert "Nêu rõ cấp độ" in staff.get(story.url("review", "S")).content.decode()


def test_asking_for_more_needs_words_and_reaches_the_agency(staff, story):
    item = story.submission.items.first()
    bare = verdicts(story.submission) | {f"item{item.pk}-verdict": "more", "do": "finish"}
    response = staff.post(story.url("review", "S"), bare)
    assert response.status_code == 422
    staff.post(story.url("review", "S"), verdicts(story.submission, more="Nêu rõ cấp độ") | {"do": "finish"})
    story.health.refresh_from_db()
    assert story.health.state == State.RETURNED
    assert ReviewItem.objects.get(verdict="more").reason == "Nêu rõ cấp độ"


def test_unfinished_review_cannot_be_finished(staff, story):
    response = staff.post(story.url("review", "S"), {"do": "finish", "note": "đang xem"})
    assert response.status_code == 422
    assert "đang xem" in response.content.decode()


def test_overtaken_review_is_a_conflict_that_keeps_the_words(staff, story):
    sure = {item.pk: ("ok", "") for item in story.submission.items.all()}
    finish_review(story.submission, actor=story.cast.second_staff, verdicts=sure)
    response = staff.post(
        story.url("review", "S"), verdicts(story.submission) | {"note": "ý kiến của tôi", "do": "keep"}
    )
    assert response.status_code == 409
    assert "Trạng thái: Đã ghi nhận" in response.content.decode()


def test_person_who_recorded_a_report_is_told_that_a_colleague_reviews_it(staff, story):
    record(staff, story)
    recorded = Submission.objects.latest("pk")
    url = reverse("directives:review", args=[recorded.pk])
    page = staff.get(url).content.decode()
    assert "đề nghị để người khác xem xét" in page
    assert "Kết thúc xem xét</button>" not in page
    assert staff.post(url, verdicts(recorded) | {"do": "finish"}).status_code == 403


def test_words_of_the_last_round_stand_beside_the_new_answer(staff, story):
    staff.post(story.url("review", "S"), verdicts(story.submission, more="Nêu rõ cấp độ") | {"do": "finish"})
    again = Assignment.objects.get(pk=story.health.pk)
    answer_everything(again, story.cast.officer)
    second = submit_report(Assignment.objects.get(pk=again.pk), actor=story.cast.officer)
    page = staff.get(reverse("directives:review", args=[second.pk])).content.decode()
    assert "Nội dung đã đề nghị bổ sung lần trước" in page
    assert "Nêu rõ cấp độ" in page


def test_accepted_report_is_opened_again_for_one_item(staff, story):
    staff.post(story.url("review", "S"), verdicts(story.submission) | {"do": "finish"})
    item = story.submission.items.first()
    staff.post(story.url("reopen_accepted", "S"), {"item": item.pk, "reason": "Thiếu số liệu"})
    story.health.refresh_from_db()
    assert story.health.state == State.RETURNED


def test_waiting_report_cannot_be_reopened(staff, story):
    item = story.submission.items.first()
    response = staff.post(story.url("reopen_accepted", "S"), {"item": item.pk, "reason": "Thiếu số liệu"})
    assert response.status_code == 422
    assert "Thiếu số liệu" in response.content.decode()


def record(client, story, **changes):
    """Record a report of the town with one result for all actions."""
    data = {"channel": "e_office", "arrived_on": "28/4/2023", "arrival_number": "512", "all_status": "done"}
    return client.post(story.url("record", "A"), data | changes)


def test_recorded_report_counts_and_is_marked_with_the_persons_name(staff, story):
    upload = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4 x %%EOF")
    first = story.directive.actions.first()
    response = record(
        staff, story, upload=upload, **{f"item{first.pk}-status": "nil", f"item{first.pk}-note": "Không có"}
    )
    board = staff.get(response.url).content.decode()
    assert "Sở ghi nhận" in board
    assert "(canbo)" in board
    submission = Submission.objects.latest("pk")
    assert [item.status for item in submission.items.all()] == ["nil", "done", "done", "done", "done"]
    assert submission.files.get().name == "bao-cao.pdf"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"all_status": ""}, "Đề nghị nêu kết quả cho từng nội dung"),
        ({"channel": ""}, "Hình thức"),
        ({"arrived_on": "hôm qua"}, "ngày"),
        ({"upload": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}, "a.exe"),
    ],
)
def test_report_that_cannot_be_recorded_says_why_and_keeps_the_words(staff, story, changes, sentence):
    response = record(staff, story, document_number="88/BC-UBND", document_on="27/4/2023", **changes)
    assert response.status_code == 422
    assert "88/BC-UBND" in response.content.decode()
    story.town.refresh_from_db()
    assert story.town.state == State.SENT


def test_second_record_is_a_conflict(staff, story):
    record(staff, story)
    assert record(staff, story).status_code == 409


def test_call_is_noted_and_stands_on_the_board(staff, story):
    data = {"spoke_with": "Ông Ưng", "promised": "Gửi trước 17 giờ", "promised_on": "28/4/2023"}
    staff.post(story.url("calls", "A"), data)
    assert CallLog.objects.get().called_by == story.cast.staff
    assert "Gửi trước 17 giờ" in staff.get(story.url("board", "D")).content.decode()
    refused = staff.post(story.url("calls", "A"), {"spoke_with": "", "promised": "hứa"})
    assert refused.status_code == 422
    assert "hứa" in refused.content.decode()


def test_all_recipients_are_invited_in_one_act_and_get_a_printed_note(staff, story):
    cast = story.cast
    cast.officer.last_login = clock.now()
    cast.officer.save()
    page = staff.post(story.url("invite", "D"), follow=True)
    assert page.context["counts"] == {"in": 1, "invited": 1, "mailbox": 0, "none": 0}
    notes = staff.get(story.url("access_notes", "D")).content.decode()
    assert "quynhon@binhdinh.example" in notes
    assert "/welcome/" in notes
    assert "syt@binhdinh.example" not in notes
    assert "0256.2210517" in notes


def test_agency_without_a_mailbox_is_named(staff, story):
    agency = make_agency("Sở Không Hộp Thư")
    directive = story.cast.issue(agency)[0].directive
    page = staff.post(reverse("directives:invite", args=[directive.pk]), follow=True).content.decode()
    assert "Chưa có hộp thư công vụ: Sở Không Hộp Thư" in page
    assert "cần gọi điện thoại" in staff.get(reverse("directives:reminders", args=[directive.pk])).content.decode()


def test_number_and_day_are_added_once(staff, story):
    staff.post(story.url("number", "D"), {"number": "638", "signed_on": "26/4/2023"})
    story.directive.refresh_from_db()
    assert (story.directive.number, story.directive.day) == ("638", 26)
    again = staff.post(story.url("number", "D"), {"number": "639", "signed_on": "27/4/2023"})
    assert again.status_code == 422
    assert 'value="639"' in again.content.decode()


def test_directive_is_closed_and_opened_again_with_a_reason(staff, story):
    staff.post(story.url("close", "D"))
    story.town.refresh_from_db()
    assert story.town.state == State.LAPSED
    assert staff.post(story.url("reopen", "D"), {"reason": ""}).status_code == 422
    staff.post(story.url("reopen", "D"), {"reason": "Còn cơ quan chưa gửi"})
    story.town.refresh_from_db()
    assert story.town.state == State.SENT


def test_directive_closed_meanwhile_is_a_conflict(staff, story):
    close_directive(story.directive, actor=story.cast.second_staff)
    assert staff.post(story.url("close", "D")).status_code == 409


def test_directive_is_recalled(staff, story):
    staff.post(story.url("recall", "D"))
    story.directive.refresh_from_db()
    assert story.directive.state == DirectiveState.RECALLED


def test_recipient_is_added_by_name_and_released(staff, story):
    agency = make_agency("Sở Tư pháp", parent=story.cast.province)
    staff.post(story.url("recipient_add", "D"), {"name": "so tu phap"})
    added = Assignment.objects.get(agency=agency)
    staff.post(reverse("directives:recipient_remove", args=[added.pk]))
    added.refresh_from_db()
    assert added.state == State.WITHDRAWN
    assert staff.post(story.url("recipient_add", "D"), {"name": "không có"}).status_code == 422


def test_file_is_added_to_an_issued_directive_and_reaches_recipients_only(staff, client, story):
    upload = SimpleUploadedFile("goc.pdf", b"%PDF-1.4 x %%EOF")
    staff.post(story.url("file_add", "D"), {"upload": upload, "file_kind": "signed_original"})
    kept = story.directive.files.get()
    url = reverse("directives:file_download", args=[kept.pk])
    for user, status in ((story.cast.officer, 200), (story.cast.leader, 200)):
        client.force_login(user)
        response = client.get(url)
        assert response.status_code == status
        assert response["Content-Disposition"].startswith("attachment")
    client.force_login(make_user("khac@x.example", Role.OFFICER, make_agency("Sở Khác")))
    assert client.get(url).status_code == 404


def test_file_of_an_issued_directive_is_not_taken_off(staff, story):
    upload = SimpleUploadedFile("goc.pdf", b"%PDF-1.4 x %%EOF")
    staff.post(story.url("file_add", "D"), {"upload": upload, "file_kind": "other"})
    kept = story.directive.files.get()
    staff.post(reverse("directives:file_remove", args=[kept.pk]))
    assert story.directive.files.filter(pk=kept.pk).exists()
