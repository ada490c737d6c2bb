"""What the mails say, in whose language, and what they must not say."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings as django_settings

from alertdesk.lib import clock
from directives.models import Answer, Assignment, Delivery, DemoClock, Directive, Notice, RequiredAction, State
from directives.reminders.outbox import enqueue
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import answer_everything

from .conftest import sweep_at

MAILBOX = "syt@binhdinh.example"


def mail_at(way_out, *moment: int, to: str = MAILBOX):
    """Sweep and return the one message to an address, as a mail program reads it."""
    way_out.sent.clear()
    sweep_at(*moment)
    (message,) = [m for m in way_out.sent if m.to == [to]]
    return message_from_bytes(message.message().as_bytes(), policy=default)


def subject_of(mail) -> str:
    return mail["Subject"].strip()  # a folded header begins with its fold


def words(mail, kind: str = "plain") -> str:
    return mail.get_body((kind,)).get_content()


@pytest.fixture
def assignment(cast):
    return cast.issue(cast.health)[0]


@pytest.mark.parametrize(
    ("moment", "subject"),
    [
        ((2023, 4, 26, 9), "[Công văn mới] Đề nghị tiếp nhận và báo cáo thực hiện Công văn số …/STTTT-BCVT&CNTT, "),
        ((2023, 4, 27, 14), "[Nhắc việc] Còn 1 ngày làm việc: báo cáo thực hiện Công văn số …/STTTT-BCVT&CNTT"),
        ((2023, 4, 28, 8), "[Nhắc việc] Hôm nay đến hạn (17:00 28/04/2023): báo cáo thực hiện Công văn số …/"),
        ((2023, 5, 4, 8), "[Cần đôn đốc] Quá hạn 1 ngày làm việc: báo cáo thực hiện Công văn số …/STTTT-BCVT&CNTT"),
    ],
)
def test_the_subject_says_how_far_the_deadline_is(assignment, way_out, moment, subject):
    if moment != (2023, 4, 26, 9):
        Assignment.objects.update(state=State.ACKNOWLEDGED)
    assert subject_of(mail_at(way_out, *moment)).startswith(subject)


def test_the_deadline_stands_once_in_the_body(assignment, way_out):
    Assignment.objects.update(state=State.ACKNOWLEDGED)
    mail = mail_at(way_out, 2023, 4, 28, 8)
    for body in (words(mail), words(mail, "html").partition("<body")[2]):
        assert body.count("17:00 28/04/2023") == 1
        assert "Hôm nay đến hạn" in body


def test_an_urgent_directive_says_so_first_while_something_is_owed(assignment, way_out):
    Directive.objects.update(urgency=Directive.Urgency.IMMEDIATE)
    assert subject_of(mail_at(way_out, 2023, 4, 26, 9)).startswith("[Hỏa tốc] [Công văn mới] ")


def test_the_mail_says_which_directive_until_when_what_is_missing_where_and_whom_to_call(assignment, way_out):
    Answer.objects.filter(action__position=1).update(status="done")
    mail = mail_at(way_out, 2023, 4, 26, 9)
    for body in (words(mail), words(mail, "html")):
        for said in (
            "Sở Y tế",
            "Sở Thông tin và Truyền thông",
            "17:00 28/04/2023",
            "Còn 2 ngày làm việc",
            "2. Nội dung 2",
        ):
            assert said in body
        assert "1. Nội dung 1" not in body
        assert f"{django_settings.SITE_URL}/assignments/{assignment.pk}/" in body
        assert "0256.2210517" in body
    assert 'href="tel:+842562210517"' in words(mail, "html")


def test_nothing_private_is_in_the_mail(cast, assignment, way_out):
    mail = mail_at(way_out, 2023, 4, 26, 9)
    assert cast.health.telephone not in words(mail)
    assert "Thực hiện nội dung" not in words(mail), "the actions' texts are read behind the login"


def test_the_headers_say_that_a_machine_wrote_and_which_thread_it_belongs_to(assignment, way_out):
    mail = mail_at(way_out, 2023, 4, 26, 9)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "alertdesk <reminders.127.0.0.1>"
    assert mail["Date"].datetime == clock.local(2023, 4, 26, 9)
    assert mail["Message-ID"] == Delivery.objects.get(address=MAILBOX).message_id
    later = mail_at(way_out, 2023, 4, 28, 8)
    assert (mail["In-Reply-To"], mail["References"]) == (None, None)
    assert later["In-Reply-To"] == later["References"] == mail["Message-ID"]
    assert later["Message-ID"] != mail["Message-ID"]


def test_a_message_about_several_reports_belongs_to_the_threads_of_all(cast, assignment, way_out):
    first = mail_at(way_out, 2023, 4, 26, 9)
    cast.issue(cast.health, number="99", at=clock.local(2023, 4, 26, 10))
    second = mail_at(way_out, 2023, 4, 26, 10)
    assert second["References"] is None
    both = mail_at(way_out, 2023, 4, 28, 8)
    assert both["References"].split() == [first["Message-ID"], second["Message-ID"]]
    assert both["In-Reply-To"] == first["Message-ID"]


def test_a_person_is_written_to_in_the_chosen_language(cast, assignment, way_out):
    type(cast.officer).objects.filter(pk=cast.officer.pk).update(language="en")
    mail = mail_at(way_out, 2023, 4, 26, 9, to=cast.officer.email)
    assert subject_of(mail).startswith("[New directive] Please receive and report on Công văn No. …/STTTT")
    assert 'lang="en"' in words(mail, "html")


def test_several_reports_are_one_mail_with_the_most_urgent_first(cast, assignment, way_out):
    cast.issue(cast.health, number="99", deadline=clock.local(2023, 4, 27, 17))
    mail = mail_at(way_out, 2023, 4, 26, 9)
    assert subject_of(mail) == "[Nhắc việc] 2 phiếu báo cáo cần hoàn thành, gấp nhất: Công văn số 99/STTTT-BCVT&CNTT"
    assert words(mail).index("số 99/") < words(mail).index("số …/")
    assert f"Mở danh sách việc cần làm: {django_settings.SITE_URL}/\n" in words(mail)
    assert words(mail, "html").count("<a href") == 2, "one button and one telephone of the desk"


def test_a_returned_report_names_the_items_and_reasons_but_tells_no_weakness(cast, assignment, way_out):
    answer_everything(assignment, cast.officer)
    submission = submit_report(assignment, actor=cast.officer)
    items = list(submission.items.order_by("action__position"))
    verdicts = {item.pk: ("ok", "") for item in items}
    verdicts[items[0].pk] = ("more", "Chưa nêu số máy chủ.")
    verdicts[items[1].pk] = ("more", "Máy chủ thư còn lỗi Exchange.")
    verdicts[items[2].pk] = ("more", "Cổng còn CVE-2023-23397.")
    with clock.frozen(clock.local(2023, 4, 27, 9)):
        finish_review(submission, actor=cast.second_staff, verdicts=verdicts)
    mail = mail_at(way_out, 2023, 4, 27, 19)
    assert subject_of(mail) == "[Đề nghị bổ sung] Báo cáo thực hiện Công văn số …/STTTT-BCVT&CNTT"
    text = words(mail)
    assert "\n1. Nội dung 1: Chưa nêu số máy chủ." in text
    assert "\n2. Nội dung 2 (đề nghị xem lý do trong phiếu báo cáo)" in text
    assert "Exchange" not in text
    assert "CVE" not in text
    assert "4. Nội dung 4" not in text


def test_typed_text_is_shown_as_typed_and_never_as_markup(assignment, way_out):
    Directive.objects.update(subject='<img src=x onerror=alert(1)> & {{ 7|add:"7" }}', number="1\r\nBcc: x@y.example")
    mail = mail_at(way_out, 2023, 4, 26, 9)
    assert mail["Bcc"] is None
    assert "<img" not in words(mail, "html")
    assert "<img src=x onerror=alert(1)> & {{ 7" in words(mail)


def test_a_report_that_only_needs_sending_or_approval_says_so(cast, way_out):
    (assignment,) = cast.issue(cast.health)
    answer_everything(assignment, cast.officer)
    assert "chỉ còn bước gửi báo cáo" in words(mail_at(way_out, 2023, 4, 28, 8))
    Assignment.objects.update(state=State.AWAITING_APPROVAL)
    assert "đang chờ lãnh đạo cơ quan duyệt" in words(mail_at(way_out, 2023, 4, 28, 15))


def test_an_invitation_carries_a_one_time_link_that_is_not_kept(cast, assignment, way_out):
    Assignment.objects.update(state=State.SUBMITTED)
    enqueue(assignment, Notice.Kind.INVITATION, cast.officer.email, now=clock.local(2023, 4, 26, 9))
    mail = mail_at(way_out, 2023, 4, 26, 9, to=cast.officer.email)
    (link,) = set(re.findall(r"https?://\S+/welcome/[^\s\"]+", words(mail)))
    assert link in words(mail, "html")
    kept = Delivery.objects.get()
    assert "/welcome/" not in kept.text + kept.html
    assert "Đặt mật khẩu và đăng nhập: …" in kept.text


def test_the_demo_says_that_its_data_is_made_up_and_keeps_the_invitations_link(cast, assignment):
    DemoClock.objects.create(now=clock.local(2023, 4, 26, 9))
    enqueue(assignment, Notice.Kind.INVITATION, cast.officer.email)
    sweep_at(2023, 4, 26, 9)
    invitation, arrival = Delivery.objects.get(notices__kind="invitation"), Delivery.objects.get(address=MAILBOX)
    assert "/welcome/" in invitation.text
    for mail in (invitation, arrival):
        assert mail.subject.endswith("(Dữ liệu minh họa)")
        assert "Dữ liệu minh họa" in mail.text
        assert "Dữ liệu minh họa" in mail.html
        assert (mail.state, mail.answer) == ("sent", "Lưu tại hệ thống, không gửi ra ngoài")


def test_without_a_mail_server_messages_stay_in_the_desk(cast, assignment, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert sweep_at(2023, 4, 26, 9)["sent"] == 2
    assert mailoutbox == []
    assert "Công văn số" in Delivery.objects.first().text


def test_any_other_mail_backend_of_django_works(assignment, mailoutbox):
    sweep_at(2023, 4, 26, 9)
    assert {m.to[0] for m in mailoutbox} == {MAILBOX, "vanthu@syt.example"}


def test_composing_costs_the_same_queries_for_one_and_for_many(cast, way_out, django_assert_max_num_queries):
    for _number in range(8):
        cast.issue(cast.health)
    RequiredAction.objects.update(evidence_rule="required")
    with django_assert_max_num_queries(57):
        sweep_at(2023, 4, 26, 9)
