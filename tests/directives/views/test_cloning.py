"""The pages that make a draft from an issued directive, and last time's results wherever they stand beside."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Assignment, Directive, DirectiveState, State
from directives.services.cloning import clone_directive, draft_replacement
from directives.services.closing import close_directive
from directives.services.issuing import issue_directive
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_agency, make_user

AUGUST = clock.local(2023, 8, 25, 9)
NEXT = clock.local(2023, 8, 31, 17)


@pytest.fixture
def directive(cast):
    """Last time: health reported two days late, the town not at all, then the desk closed it."""
    health, _town = cast.issue(addressees=["Sở Y tế", "UBND thành phố Quy Nhơn"], number="512", day=26)
    with clock.frozen(clock.local(2023, 4, 30, 9)):
        answer_everything(health, cast.officer)
        submit_report(Assignment.objects.get(pk=health.pk), actor=cast.officer)
        close_directive(health.directive, actor=cast.staff)
    return health.directive


@pytest.fixture
def august():
    with clock.frozen(AUGUST):
        yield


@pytest.fixture
def staff(as_user, cast):
    return as_user(cast.staff)


def url(name, directive):
    return reverse(f"directives:{name}", args=[directive.pk])


def sent(**changes):
    """Return what the page sends: Quốc khánh with its proposals."""
    return {
        "holiday": "2023-09-01",
        "deadline": "17:00 31/8/2023",
        "words0": "lễ Quốc khánh 02/9",
        "do": "make",
    } | changes


def text_of(response):
    return response.content.decode()


def test_the_page_lists_the_coming_holidays_and_proposes_deadline_and_words(staff, directive, august):
    page = text_of(staff.get(url("clone", directive)))
    for said in (
        "Quốc khánh 02/9",
        "nghỉ từ 01/09/2023 đến 04/09/2023, 4 ngày",
        "Tết Nguyên đán Giáp Thìn 2024",
        "Giỗ Tổ Hùng Vương",
        'value="17:00 31/08/2023"',
        'value="lễ Quốc khánh 02/9"',
        "dịp nghỉ <b>lễ Quốc khánh 02/9</b>",
    ):
        assert said in page


def test_another_holiday_changes_deadline_and_words(staff, directive, august):
    page = text_of(staff.get(url("clone", directive), {"holiday": "2024-02-08"}))
    assert 'value="17:00 07/02/2024"' in page
    assert 'value="Tết Nguyên đán Giáp Thìn 2024"' in page


def test_the_holiday_it_was_issued_for_is_not_offered_again(staff, cast):
    directive = cast.issue()[0].directive  # read on its own day of issue
    page = text_of(staff.get(url("clone", directive)))
    assert 'value="2023-04-29"' not in page
    assert 'value="17:00 31/08/2023"' in page


@pytest.mark.parametrize("holiday", ["", "mai", "1999-01-01"])
def test_a_holiday_that_is_none_leads_to_the_next_one(staff, directive, august, holiday):
    assert 'value="17:00 31/08/2023"' in text_of(staff.get(url("clone", directive), {"holiday": holiday}))


def test_looking_again_shows_the_typed_words_and_saves_nothing(staff, directive, august):
    response = staff.post(url("clone", directive), sent(words0="dịp lễ lớn", do="look"))
    assert response.status_code == 200
    assert "<b>dịp lễ lớn</b>" in text_of(response)
    assert Directive.objects.count() == 1


def test_the_draft_is_made_and_opened(staff, directive, august):
    response = staff.post(url("clone", directive), sent(deadline="16:00 30/8/2023"))
    draft = Directive.objects.get(previous=directive)
    assert response.url == url("edit", draft)
    assert draft.deadline == clock.local(2023, 8, 30, 16)
    assert "lễ Quốc khánh 02/9" in draft.subject


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"deadline": ""}, "Đề nghị"),
        ({"deadline": "mai"}, "17:00 28/4/2023"),
        ({"words0": ""}, "Đề nghị"),
        ({"words0": "x" * 121}, "120"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(staff, directive, august, changes, sentence):
    response = staff.post(url("clone", directive), sent(**changes))
    assert response.status_code == 422
    assert sentence in text_of(response)
    kept = sent(**changes)
    assert all(str(kept[name]) in text_of(response) for name in ("deadline", "words0"))
    assert Directive.objects.count() == 1


def test_words_with_which_the_subject_becomes_too_long_are_refused(staff, directive, august):
    Directive.objects.update(subject="dịp nghỉ lễ 30/4 và 01/5 " + "x" * 470)
    response = staff.post(url("clone", directive), sent(words0="y" * 100))
    assert response.status_code == 422
    assert "quá dài: trích yếu" in text_of(response)


def test_a_second_click_is_told_of_the_first_ones_draft(staff, directive, august):
    staff.post(url("clone", directive), sent())
    response = staff.post(url("clone", directive), sent())
    assert response.status_code == 422
    assert "Đã có dự thảo" in text_of(response)
    assert Directive.objects.count() == 2


@pytest.mark.parametrize("state", [DirectiveState.DRAFT, DirectiveState.RECALLED, DirectiveState.SUPERSEDED])
def test_what_was_not_issued_leads_back_with_the_reason(staff, directive, august, state):
    Directive.objects.update(state=state)
    page = text_of(staff.post(url("clone", directive), sent(), follow=True))
    assert "Chỉ lập dự thảo mới từ công văn đã ban hành" in page
    assert Directive.objects.count() == 1


@pytest.mark.parametrize("name", ["clone", "replace"])
def test_a_stranger_finds_nothing_a_leader_may_not_and_only_get_and_post_are_known(as_user, cast, directive, name):
    stranger = make_user("xa@khac.example", Role.STAFF, make_agency("Sở Thông tin tỉnh khác"))
    for user, status in ((stranger, 404), (cast.leader, 403), (cast.officer, 403)):
        client = as_user(user)
        assert client.get(url(name, directive)).status_code == status
        assert client.post(url(name, directive), sent()).status_code == status
    client = as_user(cast.staff)
    assert client.put(url(name, directive)).status_code == 405
    assert client.get(reverse(f"directives:{name}", args=[9_999_999])).status_code == 404


def test_the_replacement_is_confirmed_drafted_and_said_on_draft_and_issue_page(staff, cast):
    old = cast.issue(number="512")[0].directive
    assert "hết hiệu lực yêu cầu báo cáo" in text_of(staff.get(url("replace", old)))
    response = staff.post(url("replace", old))
    draft = Directive.objects.get(supersedes=old)
    assert response.url == url("edit", draft)
    for name in ("edit", "issue"):
        page = text_of(staff.get(url(name, draft)))
        assert "Khi ban hành, Công văn số 512/STTTT-BCVT&amp;CNTT về việc “tăng cường" in page
        assert "” hết hiệu lực yêu cầu báo cáo; các cơ quan được thông báo." in page
    assert "Dự thảo thay thế" in text_of(staff.get(url("detail", old)))


def test_a_replacement_of_what_has_ended_is_refused_on_the_page(staff, directive, august):
    response = staff.post(url("replace", directive))
    assert response.status_code == 422
    assert "chỉ thay thế được công văn đang thực hiện" in text_of(response)


def test_issuing_what_replaces_an_ended_directive_says_so_and_issues_nothing(staff, cast):
    old = cast.issue()[0].directive
    draft = draft_replacement(old, actor=cast.staff)
    Directive.objects.filter(pk=draft.pk).update(added=[cast.health.pk])
    close_directive(Directive.objects.get(pk=old.pk), actor=cast.second_staff)
    response = staff.post(url("issue", draft), {"version": 1})
    assert response.status_code == 422
    assert "“Đã kết thúc”" in text_of(response)
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.fixture
def next_one(cast, directive, august):
    """The directive of autumn, put to the same agencies."""
    draft = clone_directive(directive, actor=cast.staff, deadline=NEXT, words={})
    issue_directive(draft, actor=cast.staff, agencies=[cast.health, cast.town], deadline=NEXT)
    return draft


def test_the_drafts_recipients_show_how_each_fared_last_time(staff, cast, directive, august):
    draft = clone_directive(directive, actor=cast.staff, deadline=NEXT, words={})
    page = text_of(staff.get(url("edit", draft)))
    assert 'Lần trước: Đã gửi, chờ xem xét, <b class="bad">trễ 2 ngày</b>' in page
    assert "Lần trước: Kết thúc, chưa báo cáo" in page


def test_the_board_shows_it_too_at_the_same_cost_for_any_number(staff, cast, directive, next_one):
    page = text_of(staff.get(url("board", next_one)))
    assert "Lần trước: Đã gửi, chờ xem xét" in page
    assert "Lần trước: Kết thúc, chưa báo cáo" in page
    counts = []
    for agencies in ([], [make_agency(f"Sở số {n}", parent=cast.province) for n in range(12)]):
        for agency in agencies:
            twin = Assignment.objects.filter(directive=directive).first()
            Assignment.objects.create(
                directive=directive, agency=agency, responsible_agency=agency, agency_name=agency.current_name.name,
                due_at=twin.due_at, state=State.LAPSED, state_since=ISSUED_AT,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            staff.get(url("board", next_one))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_officer_reads_beside_the_answer_what_was_said_last_time(as_user, cast, directive, next_one):
    own = next_one.assignments.get(agency=cast.health)
    page = text_of(as_user(cast.officer).get(reverse("directives:answer", args=[own.pk, 2])))
    for said in ("Kết quả lần trước", "2. Nội dung 2", "Đã thực hiện.", "báo cáo ngày 30/04/2023"):
        assert said in page
    last = directive.assignments.get(agency=cast.health)
    assert as_user(cast.officer).get(reverse("directives:assignment", args=[last.pk])).status_code == 200


def test_an_agency_that_did_not_report_last_time_reads_that(as_user, cast, next_one):
    own = next_one.assignments.get(agency=cast.town)
    page = text_of(as_user(cast.head).get(reverse("directives:answer", args=[own.pk, 1])))
    assert "Chưa gửi báo cáo." in page


def test_where_last_time_had_no_such_action_nothing_is_shown(as_user, cast, next_one):
    own = next_one.assignments.get(agency=cast.health)
    next_one.actions.filter(position=2).update(kind="general")
    page = text_of(as_user(cast.officer).get(reverse("directives:answer", args=[own.pk, 2])))
    assert "Kết quả lần trước" not in page


def test_a_directive_without_a_last_time_says_nothing_of_it(staff, cast):
    directive = cast.issue()[0].directive
    for name in ("board", "detail"):
        assert "Lần trước" not in text_of(staff.get(url(name, directive)))


def test_a_deadline_of_last_time_was_near_no_holiday(staff, cast, august):
    quiet = cast.issue(deadline=DEADLINE.replace(month=6))[0].directive
    page = text_of(staff.get(url("clone", quiet)))
    assert "Sau thời hạn lần trước không có kỳ nghỉ" in page
