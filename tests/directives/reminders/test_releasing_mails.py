"""What an agency reads when nothing is asked of it any more, and when it is asked again."""

from email import message_from_bytes
from email.policy import default

import pytest

from alertdesk.lib import clock
from directives.models import Assignment, Directive
from directives.services.closing import close_directive
from directives.services.issuing import add_recipient, issue_directive
from directives.services.releasing import recall_directive, remove_recipient
from tests.cast import DEADLINE, make_directive

from .conftest import sweep_at

MAILBOX = "syt@binhdinh.example"
NEXT_DAY = (2023, 4, 27, 9)


@pytest.fixture
def assignment(cast, way_out):
    """A directive put to the health department, which has been told of it."""
    (assignment,) = cast.issue(cast.health, number="512")
    sweep_at(2023, 4, 26, 9)
    way_out.sent.clear()
    return assignment


def mails_at(way_out, *moment):
    """Sweep and return what reaches the mailbox: subject and words."""
    way_out.sent.clear()
    sweep_at(*moment)
    mails = [message_from_bytes(m.message().as_bytes(), policy=default) for m in way_out.sent if m.to == [MAILBOX]]
    return [(mail["Subject"].strip(), " ".join(mail.get_body(("plain",)).get_content().split())) for mail in mails]


def at_next_day(act):
    with clock.frozen(clock.local(*NEXT_DAY)):
        return act()


def test_a_recall_is_told_once_and_no_reminder_follows(cast, assignment, way_out):
    at_next_day(lambda: recall_directive(assignment.directive, actor=cast.staff))
    ((subject, text),) = mails_at(way_out, *NEXT_DAY)
    assert subject == "[Không còn yêu cầu] Báo cáo thực hiện Công văn số 512/STTTT-BCVT&CNTT"
    assert "Quý cơ quan không phải gửi thêm." in text
    assert "Thời hạn" not in text
    assert "chưa có kết quả" not in text
    assert mails_at(way_out, 2023, 4, 28, 9) == mails_at(way_out, 2023, 5, 4, 9) == []


def test_a_replaced_directive_names_the_new_one(cast, assignment, way_out):
    newer = make_directive(cast.desk, supersedes=assignment.directive, number="530", subject="việc mới")
    at_next_day(lambda: issue_directive(newer, actor=cast.staff, agencies=[cast.health], deadline=DEADLINE))
    ((subject, text),) = mails_at(way_out, *NEXT_DAY)
    assert subject.startswith("[Công văn mới]")
    assert "530/" in subject
    assert "Văn bản này thay thế 512/STTTT-BCVT&CNTT." in text
    assert "Quý cơ quan không phải gửi thêm báo cáo theo văn bản đó" in text


def test_who_is_not_asked_by_the_new_directive_is_told_that_it_takes_the_place_of_the_old(cast, assignment, way_out):
    newer = make_directive(cast.desk, supersedes=assignment.directive, number="530", subject="việc mới")
    at_next_day(lambda: issue_directive(newer, actor=cast.staff, agencies=[cast.town], deadline=DEADLINE))
    ((subject, text),) = mails_at(way_out, *NEXT_DAY)
    assert subject == "[Không còn yêu cầu] Báo cáo thực hiện Công văn số 512/STTTT-BCVT&CNTT"
    assert "Văn bản được thay thế bằng 530/STTTT-BCVT&CNTT: việc mới." in text


def test_closing_sends_nothing(cast, assignment, way_out):
    at_next_day(lambda: close_directive(assignment.directive, actor=cast.staff))
    assert mails_at(way_out, *NEXT_DAY) == []


def test_an_agency_asked_again_before_the_mail_went_out_is_not_told_that_it_is_released(cast, assignment, way_out):
    at_next_day(lambda: remove_recipient(assignment, actor=cast.staff))
    directive = Directive.objects.get(pk=assignment.directive_id)
    at_next_day(lambda: add_recipient(directive, cast.health, actor=cast.staff))
    ((subject, text),) = mails_at(way_out, *NEXT_DAY)
    assert subject.startswith("[Công văn mới]")
    assert "không còn yêu cầu" not in text


def test_an_agency_asked_again_later_is_told_like_a_new_one(cast, assignment, way_out):
    at_next_day(lambda: remove_recipient(assignment, actor=cast.staff))
    ((subject, _text),) = mails_at(way_out, *NEXT_DAY)
    assert subject.startswith("[Không còn yêu cầu]")
    directive = Directive.objects.get(pk=assignment.directive_id)
    with clock.frozen(clock.local(2023, 4, 27, 14)):
        add_recipient(directive, cast.health, actor=cast.staff)
    ((subject, text),) = mails_at(way_out, 2023, 4, 27, 14)
    assert subject.startswith("[Công văn mới]")
    assert "17:00 28/04/2023" in text
    assert Assignment.objects.get(pk=assignment.pk).cycle == 2
