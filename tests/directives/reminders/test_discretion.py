"""No message of any kind carries a weakness, a version or a private telephone; text and HTML say the same."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import translation

from alertdesk.lib import clock
from alertdesk.lib.working_days import NO_OVERRIDES
from directives.models import (
    Amendment,
    Assignment,
    Delivery,
    Directive,
    ExtensionRequest,
    Notice,
    Remark,
    RequiredAction,
    ReviewItem,
    Shift,
    State,
    Verdict,
    duty_window,
)
from directives.reminders.content import with_content
from directives.reminders.discretion import discreet, tells_detail
from directives.reminders.messages import compose
from directives.reminders.news import load_news
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import answer_everything

Kind = Notice.Kind
NOW = clock.local(2023, 4, 28, 8)
DETAIL = (
    "máy 10.0.3.17 chạy Exchange 2016 CU23, Windows Server 2019, bản 10.0.17763.4252, "
    "còn CVE-2023-23397; gọi 0905.123.456"
)
TOLD = ("CVE-", "23397", "10.0.3.17", "2016", "CU23", "Server 2019", "17763", "0905", "123.456", "0256.3800001")
TITLE = "Rà soát máy 10.0.3.17: Exchange 2016 CU23, Windows Server 2019, CVE-2023-23397; gọi 0905.123.456"
STATES = {Kind.RECALLED: State.WITHDRAWN, Kind.ACCEPTED: State.ACCEPTED, Kind.RETURNED: State.RETURNED}


@pytest.fixture
def assignment(cast):
    """A report of which every word that somebody typed tells details."""
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        (assignment,) = cast.issue(cast.health, number="512")
        answer_everything(assignment, cast.officer)
        submission = submit_report(assignment, actor=cast.officer)
        more = {item.pk: (Verdict.MORE, DETAIL) for item in submission.items.all()}
        finish_review(submission, actor=cast.staff, verdicts=more)
    _say_details(cast, assignment)
    assert ReviewItem.objects.filter(reason=DETAIL).count() == 5
    return Assignment.objects.get(pk=assignment.pk)


def _say_details(cast, assignment):
    Directive.objects.update(subject=f"xử lý {DETAIL}")
    RequiredAction.objects.update(title=TITLE, text=DETAIL)
    cast.health.telephone = "0256.3800001"
    cast.health.save()
    action = assignment.directive.actions.first()
    Amendment.objects.create(
        directive=assignment.directive, position=1, reason=DETAIL, changes=[], made_by=cast.staff, made_at=NOW
    )
    ExtensionRequest.objects.create(
        assignment=assignment,
        state="granted",
        due_before=assignment.due_at,
        wanted_until=NOW + timedelta(days=9),
        granted_until=NOW + timedelta(days=9),
        reason=DETAIL,
        asked_by=cast.officer,
        asked_at=NOW,
        decided_by=cast.staff,
        decided_at=NOW,
        decision_note=DETAIL,
    )
    Remark.objects.create(assignment=assignment, action=action, text=DETAIL, by_desk=True, written_by=cast.staff)
    window = duty_window(assignment.directive)
    Shift.objects.create(
        assignment=assignment,
        post="Trực giám sát",
        name="Nguyễn Văn An",
        telephone="0905.123.456",
        starts_at=window.starts_at,
        ends_at=window.starts_at + timedelta(days=1),
    )


def letter_of(assignment, kind: str, *, language: str = "vi", address: str = "vanthu@syt.example"):
    """Compose the message of one kind as the sender does."""
    address = "syt@binhdinh.example" if kind == Kind.CHECK_IN else address
    Assignment.objects.filter(pk=assignment.pk).update(state=STATES.get(Kind(kind), State.IN_PROGRESS))
    delivery = Delivery.objects.create(address=address, language=language, message_id=f"<{kind}@x>", planned_at=NOW)
    Notice.objects.create(
        assignment=assignment,
        cycle=1,
        kind=kind,
        occasion=NOW.date(),
        address=address,
        planned_at=NOW,
        delivery=delivery,
    )
    notices = list(with_content(delivery.notices.all()))
    load_news(notices)
    moment = clock.local(2023, 4, 29, 7) if kind == Kind.CHECK_IN else NOW
    with clock.frozen(moment):
        return compose(delivery, notices, moment, NO_OVERRIDES)


def plain(markup: str) -> str:
    """Return what a person reads of a HTML message."""
    body = markup.partition("<body")[2].partition(">")[2]
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", Kind.values)
def test_no_kind_of_message_tells_a_weakness_a_version_or_a_private_telephone(cast, assignment, kind, language):
    letter = letter_of(assignment, kind, language=language)
    headers = " ".join(f"{name}: {value}" for name, value in letter.message.message().items())
    for said in (letter.kept["subject"], letter.kept["text"], plain(letter.kept["html"]), headers):
        assert [word for word in TOLD if word in said] == []
    assert "0256.2210517" in letter.kept["text"], "the desk's own number stands in the directive"


@pytest.mark.parametrize("kind", Kind.values)
def test_who_reads_only_text_misses_nothing(cast, assignment, kind):
    letter = letter_of(assignment, kind)
    text = " ".join(letter.kept["text"].split())
    for line in plain(letter.kept["html"]).split("\n"):
        for part in " ".join(line.split()).split("  "):
            words = [word.strip(":;,.()–") for word in part.split()]
            assert [word for word in words if word and word not in text] == []
    assert "\n\n\n" not in letter.kept["text"]
    hrefs = re.findall(r'href="(https?://[^"]+)"', letter.message.alternatives[0][0])
    assert hrefs
    assert all(link in letter.message.body for link in hrefs)


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind not in (Kind.CHECK_IN, Kind.INVITATION)])
def test_every_message_about_a_report_has_one_button(cast, assignment, kind):
    letter = letter_of(assignment, kind)
    assert len(re.findall(r'href="https?://', letter.kept["html"])) == 1


@pytest.mark.parametrize(
    "words",
    [
        "CVE-2023-23397",
        "cve 2023 28252",
        "KB5025229",
        "Exchange 2019 CU12",
        "bản 10.0.19045.2846",
        "FortiOS 7.2",
        "0905 123 456",
    ],
)
def test_details_are_known_by_their_form(words):
    assert tells_detail(f"Máy chủ có {words}.")
    assert words not in discreet(f"Máy chủ có {words}.")


@pytest.mark.parametrize(
    "words",
    [
        "Công văn số 1520/BTTTT-CATTT ngày 26/4/2023",
        "ngày 28.4.2023",
        "17:00 28/04/2023",
        "4 lớp, trực 24/7",
        "Thông tư 12/2022",
    ],
)
def test_numbers_of_documents_days_and_hours_stay(words):
    assert discreet(words) == words


def test_the_language_is_the_readers_and_not_the_senders(cast, assignment):
    with translation.override("en"):
        assert "Thời hạn" in letter_of(assignment, Kind.BEFORE).kept["text"]
