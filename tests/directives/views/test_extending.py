"""The pages of more time: the agency asks and withdraws, the desk answers or gives; nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Assignment, ExtensionRequest, ExtensionState, State
from directives.services.calling import log_call
from directives.services.extending import ask_extension, extend_unasked, grant_extension, refuse_extension
from tests.cast import DEADLINE, make_agency, make_user

LATER = clock.local(2023, 5, 4, 17)
REASON = "Chờ số liệu của các đơn vị trực thuộc."
TYPED = {"until": "17:00 04/05/2023", "reason": REASON}
WRONG = {"until": "mai", "reason": REASON}


@pytest.fixture
def health(assignments):
    return assignments[0]


@pytest.fixture
def asked(cast, health):
    return ask_extension(health, actor=cast.officer, until=LATER, reason=REASON)


def url(name, pk):
    return reverse(f"directives:{name}", args=[pk])


def text(response):
    return response.content.decode()


def pages(health, asked):
    """Return each address with who uses it."""
    return {
        "officer": [url("extension_ask", health.pk), url("extension_withdraw", asked.pk)],
        "staff": [
            url("extension_decide", asked.pk),
            f"{url('extension_give', health.directive_id)}?a={health.pk}",
        ],
    }


def test_the_agency_asks_and_reads_that_the_deadline_stays(as_user, cast, health):
    officer = as_user(cast.officer)
    page = url("assignment", health.pk)
    assert url("extension_ask", health.pk) in text(officer.get(page))
    assert "Kỳ nghỉ lễ gần hạn này: 29/04/2023 – 03/05/2023" in text(officer.get(url("extension_ask", health.pk)))
    assert officer.post(url("extension_ask", health.pk), TYPED).url == page
    shown = text(officer.get(page))
    assert "Đề nghị gia hạn đến 17:00 04/05/2023" in shown
    assert url("extension_ask", health.pk) not in shown
    assert url("extension_withdraw", ExtensionRequest.objects.get().pk) in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (WRONG, "17:00 28/4/2023"),
        ({"until": "17:00 28/04/2023", "reason": REASON}, "phải sau hạn hiện tại"),
        ({"until": "17:00 01/04/2023", "reason": REASON}, "phải sau hạn hiện tại"),
        ({"until": "", "reason": REASON}, "error-summary"),
        ({"until": "04/05/2023", "reason": "  "}, "error-summary"),
        ({"until": "04/05/2023", "reason": "a" * 2001}, "error-summary"),
    ],
)
def test_what_cannot_be_asked_for_is_said_and_stays_as_typed(as_user, cast, health, typed, said):
    response = as_user(cast.officer).post(url("extension_ask", health.pk), typed)
    assert response.status_code == 422
    assert said in text(response)
    assert f'value="{typed["until"]}"' in text(response) or not typed["until"]
    assert typed["reason"].strip() in text(response)
    assert not ExtensionRequest.objects.exists()


def test_a_second_request_is_a_conflict_and_stays_as_typed(as_user, cast, health, asked):
    response = as_user(cast.officer).post(url("extension_ask", health.pk), {**TYPED, "reason": "Lý do khác."})
    assert response.status_code == 409
    assert "chưa được trả lời" in text(response)
    assert "Lý do khác." in text(response)


def test_the_form_is_not_offered_while_a_request_is_open(as_user, cast, health, asked):
    response = as_user(cast.officer).get(url("extension_ask", health.pk), follow=True)
    assert response.redirect_chain == [(url("assignment", health.pk), 302)]
    assert "Hiện chưa thể đề nghị gia hạn" in text(response)


def test_a_look_at_the_calendar_counts_the_working_days_and_saves_nothing(as_user, cast, health):
    officer = as_user(cast.officer)
    looked = text(officer.post(url("extension_ask", health.pk), {**TYPED, "do": "look"}))
    assert "thêm 1 ngày làm việc so với hạn hiện tại (17:00 28/04/2023)" in looked
    assert REASON in looked
    earlier = {**TYPED, "until": "17:00 27/04/2023", "do": "look"}
    assert "thêm -" not in text(officer.post(url("extension_ask", health.pk), earlier))
    off = {"until": "17:00 06/05/2023", "reason": REASON}
    assert 'value="deadline"' in text(officer.post(url("extension_ask", health.pk), {**off, "do": "look"}))
    better = text(officer.post(url("extension_ask", health.pk), {**off, "do": "deadline"}))
    assert 'value="17:00 05/05/2023"' in better
    assert not ExtensionRequest.objects.exists()


def test_the_agency_withdraws_once(as_user, cast, health, asked):
    officer = as_user(cast.officer)
    assert officer.post(url("extension_withdraw", asked.pk)).url == url("assignment", health.pk)
    assert ExtensionRequest.objects.get().state == ExtensionState.WITHDRAWN
    again = officer.post(url("extension_withdraw", asked.pk))
    assert (again.status_code, "Đề nghị gia hạn" in text(again)) == (409, True)


def test_the_desk_reads_the_reason_the_progress_and_the_last_calls(as_user, cast, health, asked):
    log_call(health, actor=cast.staff, spoke_with="Chị Hạnh", promised="Gửi trước 16:00.")
    page = text(as_user(cast.staff).get(url("extension_decide", asked.pk)))
    for part in (REASON, "Chị Hạnh", "Gửi trước 16:00.", 'value="17:00 04/05/2023"', "1. Nội dung 1", "29/04/2023"):
        assert part in page


def test_the_desk_grants_another_day_and_everybody_reads_both_deadlines(as_user, cast, health, asked):
    staff = as_user(cast.staff)
    typed = {"do": "grant", "until": "17:00 05/05/2023", "note": "Không gia hạn thêm."}
    assert staff.post(url("extension_decide", asked.pk), typed).url == url("assignment", health.pk)
    for who in (cast.staff, cast.officer, cast.leader):
        page = text(as_user(who).get(url("assignment", health.pk)))
        assert "Đã gia hạn: 17:00 28/04/2023 → 17:00 05/05/2023" in page
        assert page.count("17:00 28/04/2023 → 17:00 05/05/2023") == 2  # the history keeps both as well
        assert "Không gia hạn thêm." in page
    board = text(as_user(cast.leader).get(url("board", health.directive_id)))
    assert "gia hạn đến 17:00 05/05/2023" in board
    for name in ("chase_list", "call_sheet"):
        listed = text(as_user(cast.staff).get(url(name, health.directive_id)))
        assert "gia hạn đến 17:00 5/5/2023" in listed or "gia hạn đến 17:00 05/05/2023" in listed


def test_a_refusal_needs_its_reason_and_no_deadline(as_user, cast, health, asked):
    staff = as_user(cast.staff)
    bare = staff.post(url("extension_decide", asked.pk), {"do": "refuse", "until": "17:00 05/05/2023", "note": " "})
    assert bare.status_code == 422
    assert 'value="17:00 05/05/2023"' in text(bare)
    said = {"do": "refuse", "until": "", "note": "Đề nghị báo cáo đúng hạn."}
    assert staff.post(url("extension_decide", asked.pk), said).status_code == 302
    assert Assignment.objects.get(pk=health.pk).due_at == DEADLINE
    assert "Đề nghị báo cáo đúng hạn." in text(as_user(cast.officer).get(url("assignment", health.pk)))


@pytest.mark.parametrize("until", ["mai", "17:00 27/04/2023", ""])
def test_a_grant_without_a_later_deadline_is_refused_as_typed(as_user, cast, asked, until):
    typed = {"do": "grant", "until": until, "note": "Xem xét."}
    response = as_user(cast.staff).post(url("extension_decide", asked.pk), typed)
    assert response.status_code == 422
    assert "Xem xét." in text(response)
    assert ExtensionRequest.objects.get().state == ExtensionState.ASKED


def test_who_decides_second_is_told_and_keeps_the_words(as_user, cast, asked):
    grant_extension(asked, actor=cast.staff, until=LATER)
    typed = {"do": "refuse", "until": "", "note": "Không đồng ý vì quá muộn."}
    response = as_user(cast.second_staff).post(url("extension_decide", asked.pk), typed)
    assert response.status_code == 409
    assert "Không đồng ý vì quá muộn." in text(response)
    assert "Đề nghị này đã được trả lời" in text(response)


def test_a_request_whose_report_has_come_is_shown_as_moot_and_not_granted(as_user, cast, health, asked):
    Assignment.objects.filter(pk=health.pk).update(state=State.LAPSED)
    staff = as_user(cast.staff)
    page = text(staff.get(url("extension_decide", asked.pk)))
    assert ("không cần trả lời" in page, 'value="grant"' in page) == (True, False)
    refused = staff.post(url("extension_decide", asked.pk), {"do": "grant", "until": "17:00 04/05/2023"})
    assert (refused.status_code, "không phải gửi báo cáo" in text(refused)) == (422, True)
    assert "không cần trả lời" in text(as_user(cast.officer).get(url("assignment", health.pk)))
    assert url("extension_decide", asked.pk) not in text(staff.get("/"))


def test_open_requests_stand_on_the_desks_first_page_and_on_the_directives(as_user, cast, health, asked):
    for page in ("/", url("detail", health.directive_id)):
        assert url("extension_decide", asked.pk) in text(as_user(cast.staff).get(page))
        assert url("extension_decide", asked.pk) not in text(as_user(cast.leader).get(page))
    refuse_extension(asked, actor=cast.staff, note="Đề nghị báo cáo đúng hạn.")
    assert url("extension_decide", asked.pk) not in text(as_user(cast.staff).get("/"))


def test_the_desk_gives_more_time_to_the_rows_it_ticked(as_user, cast, assignments):
    staff, (health, town) = as_user(cast.staff), assignments
    give = url("extension_give", health.directive_id)
    assert f'formaction="{give}"' in text(staff.get(url("board", health.directive_id)))
    Assignment.objects.filter(pk=town.pk).update(state=State.ACCEPTED)
    page = text(staff.get(give, {"a": [health.pk, town.pk]}))
    assert "Gia hạn cho 1 cơ quan" in page
    assert "thời hạn giữ nguyên: UBND thành phố Quy Nhơn" in page
    assert staff.post(give, {**TYPED, "a": [health.pk, town.pk]}).url == url("assignment", health.pk)
    assert list(Assignment.objects.values_list("due_at", flat=True)) == [LATER, DEADLINE]


def test_several_agencies_at_once_and_back_to_the_board(as_user, cast, assignments):
    give = url("extension_give", assignments[0].directive_id)
    rows = [assignment.pk for assignment in assignments]
    wrong = as_user(cast.staff).post(give, {**WRONG, "a": rows})
    assert (wrong.status_code, REASON in text(wrong), 'value="mai"' in text(wrong)) == (422, True, True)
    done = as_user(cast.staff).post(give, {**TYPED, "a": rows})
    assert done.url == url("board", assignments[0].directive_id)
    assert ExtensionRequest.objects.filter(state=ExtensionState.GRANTED).count() == 2


@pytest.mark.parametrize("ticked", [[], ["x"], ["9999999"], ["²"], ["9" * 30]])
def test_nobody_ticked_leads_back_to_the_board(as_user, cast, health, ticked):
    staff = as_user(cast.staff)
    give = url("extension_give", health.directive_id)
    for answer in (staff.get(give, {"a": ticked}), staff.post(give, {"a": ticked, **TYPED})):
        assert answer.url == url("board", health.directive_id)


def test_an_agency_that_has_asked_is_not_given_more_time_unasked(as_user, cast, health, asked):
    response = as_user(cast.staff).post(url("extension_give", health.directive_id), {**TYPED, "a": health.pk})
    assert (response.status_code, "trả lời đề nghị đó" in text(response)) == (422, True)


def test_each_page_is_its_sides_only(as_user, cast, health, asked):
    own = pages(health, asked)
    stranger = make_user("xa@khac.example", Role.STAFF, make_agency("Sở Thông tin tỉnh khác"))
    for page in own["officer"]:
        assert {as_user(who).post(page).status_code for who in (cast.staff, cast.leader, cast.admin)} == {403}
        assert as_user(cast.town_officer).post(page).status_code == 404
    for page in own["staff"]:
        others = (cast.officer, cast.leader, cast.admin)
        assert {getattr(as_user(who), how)(page).status_code for who in others for how in ("get", "post")} == {403}
        assert as_user(stranger).post(page).status_code == 404


def test_who_only_leads_here_and_is_staff_elsewhere_does_not_decide(as_user, cast, asked):
    both = make_user("hai@vai.example", Role.LEADER, cast.desk)
    both.memberships.create(agency=make_agency("Sở Thông tin tỉnh khác"), role=Role.STAFF)
    client = as_user(both)
    assert client.get(url("extension_decide", asked.pk)).status_code == 403
    assert url("extension_decide", asked.pk) not in text(client.get("/"))


def test_wrong_methods_and_missing_rows(as_user, cast, health, asked):
    officer = as_user(cast.officer)
    assert officer.get(url("extension_withdraw", asked.pk)).status_code == 405
    assert officer.put(url("extension_ask", health.pk)).status_code == 405
    assert officer.post(url("extension_withdraw", 9_999_999)).status_code == 404
    assert officer.get(url("extension_ask", 9_999_999)).status_code == 404
    assert as_user(cast.staff).get(url("extension_decide", 9_999_999)).status_code == 404


def test_a_second_extension_shows_the_deadlines_of_each_in_the_history(as_user, cast, health):
    extend_unasked(health, actor=cast.staff, until=LATER, reason="Bão số 1.")
    extend_unasked(health, actor=cast.staff, until=LATER + timedelta(days=1), reason="Bão số 2.")
    page = text(as_user(cast.officer).get(url("assignment", health.pk)))
    assert "17:00 28/04/2023 → 17:00 04/05/2023" in page
    assert "17:00 04/05/2023 → 17:00 05/05/2023" in page
    assert "Bão số 1." in page
