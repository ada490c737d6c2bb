"""The history of an answer's saves, and the start that last time's result can be."""

import pytest
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import AnswerRevision, AnswerStatus, Assignment, PortalRow, RequiredAction, SystemRow
from directives.reports.revisions import based_on_last_time
from directives.services.answering import save_answer
from directives.services.autosaving import autosave_answer
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything

Kind = RequiredAction.Kind
Origin = AnswerRevision.Origin
NEXT_TIME = clock.local(2023, 8, 25, 9)


def answer_to(assignment, position=1):
    return assignment.answers.select_related("action", "assignment__directive").get(action__position=position)


def save(answer, actor, **said):
    answer.refresh_from_db()
    return save_answer(answer, actor=actor, version=answer.version, **{"status": "done", **said})


def history(answer):
    return reverse("directives:answer_history", args=[answer.assignment_id, answer.action.position])


def page_of(answer):
    return reverse("directives:answer", args=[answer.assignment_id, answer.action.position])


def fill(answer):
    return reverse("directives:answer_from_last", args=[answer.assignment_id, answer.action.position])


def test_every_save_says_who_how_and_what_it_changed_newest_first(as_user, cast, assignments):
    answer = answer_to(assignments[0])
    save(answer, cast.officer, note="Đang rà soát.", rows=[SystemRow(name="Một cửa", level=2)])
    rows = [SystemRow(name="Một cửa", level=3, is_strengthened=True), SystemRow(name="Thư điện tử")]
    save(answer, cast.officer, status="partly", note="Đã rà soát.", rows=rows)
    autosave_answer(answer, actor=cast.officer, version=answer.version, status="partly", note="Xong.", rows=rows[1:])
    page = as_user(cast.officer).get(history(answer))
    newest, second, first = page.context["revisions"]
    assert [one.origin for one in (newest, second, first)] == [Origin.AUTOSAVED.label, *[Origin.SAVED.label] * 2]
    told = [[(piece.kind, piece.text.strip()) for piece in change.pieces] for change in second.changes]
    assert told[0] == [("del", AnswerStatus.DONE.label), ("ins", AnswerStatus.PARTLY.label)]
    assert told[-1] == [("del", "Đang"), ("ins", "Đã"), ("same", "rà soát.")]
    assert [(row.kind, row.title.partition(": ")[2]) for row in second.rows] == [
        ("changed", "Một cửa"),
        ("added", "Thư điện tử"),
    ]
    assert [(row.kind, row.title.partition(": ")[2]) for row in newest.rows] == [("removed", "Một cửa")]
    assert "<del>" in page.content.decode()
    assert "Lịch sử thay đổi</a>" not in page.content.decode()
    assert "Lịch sử thay đổi (3)" in as_user(cast.officer).get(page_of(answer)).content.decode()


def test_a_long_history_is_paged_and_no_change_is_lost_between_pages(as_user, cast, assignments):
    answer = answer_to(assignments[0])
    for number in range(27):
        save(answer, cast.officer, note=f"Lần {number}.")
    client = as_user(cast.officer)
    first, second = (client.get(history(answer), {"page": n}).context["revisions"] for n in (1, 2))
    assert (len(first), len(second)) == (25, 2)
    assert all(len(one.changes) == 1 for one in first)


def test_an_answer_never_saved_has_an_empty_history(as_user, cast, assignments):
    assert "Chưa lưu lần nào" in as_user(cast.officer).get(history(answer_to(assignments[0]))).content.decode()


def test_the_history_is_the_agencys_own(as_user, cast, assignments):
    answer = answer_to(assignments[0])
    assert as_user(cast.town_officer).get(history(answer)).status_code == 404
    assert as_user(cast.staff).get(history(answer)).status_code == 403
    assert as_user(cast.leader).get(history(answer)).status_code == 403
    assert as_user(cast.officer).post(history(answer)).status_code == 405
    assert as_user(cast.officer).get(history(answer).replace("/1/history", "/99/history")).status_code == 404


@pytest.fixture
def then(cast):
    """Last time's report of the health department: figures and a note everywhere, rows about systems and portals."""
    health = cast.issue(number="512")[0]
    answer_everything(health, cast.officer)
    systems = [SystemRow(name="Một cửa", level=3, is_strengthened=True), SystemRow(name="Thư điện tử")]
    save(answer_to(health, 1), cast.officer, note="Đã tăng cường.", rows=systems)
    portals = [PortalRow(name="Trang tin", committed_by="Giám đốc", committed_on=clock.today())]
    save(answer_to(health, 3), cast.officer, note="Đã ký.", rows=portals)
    health.refresh_from_db()
    submit_report(health, actor=cast.officer)
    return Assignment.objects.get(pk=health.pk)


@pytest.fixture
def now(cast, then):
    with clock.frozen(NEXT_TIME):
        found = cast.issue(previous=then.directive, at=NEXT_TIME, deadline=DEADLINE.replace(month=9))[0]
        yield found


def form_of(answer, **typed):
    return {"version": answer.version, "note": "", **typed}


def sent_back(page):
    """Return the form of a page as a browser would send it."""
    form = page.context["form"]
    fields = {
        name: form[name].value()
        for name in ("status", "note", "version", "from_last", "total", "done", "extra")
        if name in form.fields
    }
    for section in form.sheet.sections:
        fields[f"{section.row_type}-count"] = len(section.forms)
        fields |= {f"{row.prefix}-{name}": row.initial.get(name, "") for row in section.forms for name in row.fields}
    return {name: "" if value is None else value for name, value in fields.items()}


def test_an_empty_answer_offers_last_time_as_a_start_and_a_begun_one_does_not(as_user, cast, then, now):
    answer, client = answer_to(now, 2), as_user(cast.officer)
    assert fill(answer) in client.get(page_of(answer)).content.decode()
    save(answer, cast.officer, note="Đã làm.")
    assert fill(answer) not in client.get(page_of(answer)).content.decode()
    refused = client.post(fill(answer), form_of(answer, last=then.pk, note="Đang viết dở"))
    assert refused.status_code == 422
    assert "Đang viết dở" in refused.content.decode()


def test_the_start_fills_the_form_and_saves_nothing(as_user, cast, then, now):
    answer = answer_to(now, 1)
    page = as_user(cast.officer).post(fill(answer), form_of(answer, last=then.pk))
    text = page.content.decode()
    assert page.status_code == 200
    assert "chưa lưu – đề nghị kiểm tra lại từng số" in text
    assert "Đã tăng cường." in text
    assert 'value="Một cửa"' in text
    answer.refresh_from_db()
    assert answer.says_nothing
    assert not answer.revisions.exists()


def test_what_is_typed_already_wins_over_last_time(as_user, cast, then, now):
    answer = answer_to(now, 1)
    row = {"systemrow-count": 2, "systemrow-0-name": "một cửa", "systemrow-0-level": "4", "systemrow-1-name": "Mới"}
    page = as_user(cast.officer).post(fill(answer), form_of(answer, last=then.pk, note="Của tôi", **row))
    rows = sent_back(page)
    assert rows["note"] == "Của tôi"
    assert [rows[f"systemrow-{n}-name"] for n in range(3)] == ["một cửa", "Thư điện tử", "Mới"]
    assert (rows["systemrow-0-level"], rows["systemrow-0-is_strengthened"]) == ("4", "on")


def test_saved_from_last_time_is_said_so_until_something_changes(as_user, cast, then, now):
    answer, client = answer_to(now, 1), as_user(cast.officer)
    filled = sent_back(client.post(fill(answer), form_of(answer, last=then.pk)))
    assert client.post(page_of(answer), filled).status_code == 302
    assert answer.revisions.get().origin == Origin.LAST_TIME
    answer.refresh_from_db()
    assert (answer.total, answer.done, answer.extra) == (2, 1, 1)
    assert "dựa trên kết quả lần trước và chưa thay đổi" in client.get(page_of(answer)).content.decode()
    for position in range(2, 6):
        save(answer_to(now, position), cast.officer, note="Đã làm.", total=1, done=1)
    now.refresh_from_db()
    submission = submit_report(now, actor=cast.officer)
    assert based_on_last_time(submission) == {answer.action_id}
    review = as_user(cast.staff).get(reverse("directives:review", args=[submission.pk])).content.decode()
    assert review.count("dựa trên kết quả lần trước") == 1


def test_a_change_after_the_start_ends_the_mark(as_user, cast, then, now):
    answer, client = answer_to(now, 2), as_user(cast.officer)
    client.post(page_of(answer), sent_back(client.post(fill(answer), form_of(answer, last=then.pk))))
    save(answer, cast.officer, note="Đã kiểm tra lại, bổ sung 2 máy.", total=6, done=6)
    assert "dựa trên kết quả lần trước" not in client.get(page_of(answer)).content.decode()
    for position in (1, 3, 4, 5):
        save(answer_to(now, position), cast.officer, note="Đã làm.")
    now.refresh_from_db()
    assert based_on_last_time(submit_report(now, actor=cast.officer)) == frozenset()


def test_saving_while_typing_keeps_the_mark(as_user, cast, then, now):
    answer, client = answer_to(now, 2), as_user(cast.officer)
    filled = sent_back(client.post(fill(answer), form_of(answer, last=then.pk)))
    client.post(reverse("directives:answer_autosave", args=[now.pk, 2]), filled)
    assert answer.revisions.get().origin == Origin.LAST_TIME


def test_days_of_last_time_are_typed_as_people_write_them(as_user, cast, then, now):
    page = as_user(cast.officer).post(fill(answer_to(now, 3)), form_of(answer_to(now, 3), last=then.pk))
    assert sent_back(page)["portalrow-0-committed_on"] == "26/04/2023"


def test_a_result_of_another_agency_or_none_is_no_start(as_user, cast, then, now):
    town = then.directive.assignments.exclude(pk=then.pk).get()
    answer, client = answer_to(now, 2), as_user(cast.officer)
    for last in (town.pk, 0, "x", ""):
        page = client.post(fill(answer), form_of(answer, last=last, note="Đang viết"))
        assert page.status_code == 422
        assert "Đang viết" in page.content.decode()


def test_the_start_is_for_those_who_write(as_user, cast, then, now):
    answer = answer_to(now, 2)
    assert as_user(cast.town_officer).post(fill(answer), {}).status_code == 404
    assert as_user(cast.staff).post(fill(answer), {}).status_code == 403
    assert as_user(cast.officer).get(fill(answer)).status_code == 405
