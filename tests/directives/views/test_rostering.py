"""The pages of the duty roster: the agency writes, the desk and leaders read, the desk sets the days."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agencies.models import DutyPerson
from alertdesk.lib import clock
from directives.models import Directive, RequiredAction, Shift
from directives.services.rostering import check_in, fill_roster, put_roster, seen_roster
from tests.cast import make_agency, make_user
from tests.lib.test_calendar_file import read as read_calendar
from tests.lib.test_calendar_file import text as calendar_text

FIRST = clock.local(2023, 4, 29)
PHONE, OTHER_PHONE = "0905.111.111", "0905.222.222"
FILL = {
    "do": "fill",
    "people": f"Nguyễn Văn An, {PHONE}\r\n\r\nTrần Thị Bình {OTHER_PHONE}",
    "post": "Trực giám sát",
    "hours": "12",
    "change_at": "7h30",
}
ROW = {
    "starts_at": "00:00 29/04/2023",
    "ends_at": "24:00 03/05/2023",
    "name": "Nguyễn Văn An",
    "telephone": PHONE,
    "post": "Trực giám sát",
}


@pytest.fixture
def health(assignments):
    return assignments[0]


def url(name, pk):
    return reverse(f"directives:{name}", args=[pk])


def text(response):
    return response.content.decode()


def sent(assignment, *rows, **changes):
    """Return the form of shifts as the browser sends it."""
    fields = {f"shift-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return {"seen": seen_roster(assignment), "shift-count": len(rows), **fields, **changes}


def shift(start=0, hours=12, name="Nguyễn Văn An", **fields):
    begin = FIRST + timedelta(hours=start)
    times = {"starts_at": begin, "ends_at": begin + timedelta(hours=hours)}
    return Shift(**{"post": "Trực giám sát", "name": name, "telephone": PHONE} | times | fields)


def put(assignment, actor, *shifts):
    put_roster(assignment, actor=actor, seen=seen_roster(assignment), shifts=shifts)
    return list(assignment.shifts.all())


def test_the_way_leads_from_the_answer_and_the_report(as_user, cast, health):
    officer, page = as_user(cast.officer), url("roster", health.pk)
    duty = health.answers.get(action__kind=RequiredAction.Kind.LAYERS_AND_DUTY).action.position
    assert page in text(officer.get(url("assignment", health.pk)))
    assert page in text(officer.get(reverse("directives:answer", args=[health.pk, duty])))
    assert page not in text(officer.get(reverse("directives:answer", args=[health.pk, 1])))


def test_a_whole_roster_in_one_step(as_user, cast, health):
    DutyPerson.objects.create(
        agency=cast.health, name="Lê Chi", telephone="0905 3", created_by=cast.officer, changed_by=cast.officer
    )
    officer, page = as_user(cast.officer), url("roster", health.pk)
    empty = text(officer.get(page))
    assert "Lê Chi, 0905 3" in empty
    assert "00:00 ngày 29/04/2023" in empty
    assert officer.post(page, FILL).url == page
    shown = text(officer.get(page))
    assert "100%" in shown
    assert "Đã bố trí đủ người trực" in shown
    assert 'value="fill"' not in shown
    assert "<svg" in shown
    assert [one.name for one in health.shifts.all()[:3]] == ["Nguyễn Văn An", "Trần Thị Bình", "Nguyễn Văn An"]
    assert health.shifts.all()[1].starts_at == FIRST + timedelta(hours=7, minutes=30)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"people": "Nguyễn Văn An"}, "Dòng 1"),
        ({"people": f"An, {PHONE}\nBình"}, "Dòng 2"),
        ({"people": f"An, {PHONE}\nan 0905111111"}, "hai lần"),
        ({"people": "\n".join(f"Người {n}, 0905{n:06d}" for n in range(31))}, "tối đa 30"),
        ({"people": ""}, "error-summary"),
        ({"post": "a" * 101}, "error-summary"),
        ({"hours": "5"}, "error-summary"),
        ({"change_at": "sáng"}, "07:00"),
    ],
)
def test_what_cannot_be_filled_is_said_and_stays_as_typed(as_user, cast, health, wrong, said):
    response = as_user(cast.officer).post(url("roster", health.pk), FILL | wrong)
    assert response.status_code == 422
    assert said in text(response)
    assert wrong.get("post", FILL["post"]) in text(response)
    assert not Shift.objects.exists()


def test_filling_after_a_colleague_shows_both(as_user, cast, health):
    put(health, cast.officer, shift(name="Người khác"))
    response = as_user(cast.officer).post(url("roster", health.pk), FILL)
    assert response.status_code == 409
    assert "Người khác" in text(response)
    assert "Trần Thị Bình" in text(response)
    assert health.shifts.count() == 1


def test_shift_by_shift_and_a_row_that_says_nothing_is_none(as_user, cast, health):
    officer, page = as_user(cast.officer), url("roster", health.pk)
    empty_row = {"post": "Trực", "starts_at": "00:00 29/04/2023", "ends_at": ""}
    dropped = ROW | {"name": "Bỏ", "drop": "on", "ends_at": "sai"}
    assert officer.post(page, sent(health, ROW, empty_row, dropped)).url == page
    only = health.shifts.get()
    assert (only.starts_at, only.ends_at) == (FIRST, FIRST + timedelta(days=5))
    assert "quá 24 giờ" in text(officer.get(page))


def test_a_hole_is_said_in_words_beside_its_row(as_user, cast, health):
    put(health, cast.officer, shift(0, 12), shift(24, 96, name="Bình"))
    page = text(as_user(cast.officer).get(url("roster", health.pk)))
    assert "từ 12:00 đến 24:00 ngày 29/04/2023 chưa có người trực" in page
    assert '<a href="#shift-1">' in page
    assert 'id="shift-1"' in page
    assert "90%" in page


def test_another_row_begins_with_the_first_gap_and_saves_nothing(as_user, cast, health):
    first = ROW | {"ends_at": "19:30 29/04/2023", "backup_name": "Chi"}
    response = as_user(cast.officer).post(url("roster", health.pk), sent(health, first, more="1"))
    assert response.status_code == 200
    assert 'value="19:30 29/04/2023"' in text(response)
    assert 'name="shift-1-starts_at" value="19:30 29/04/2023"' in text(response)
    assert 'name="shift-1-ends_at" value="00:00 04/05/2023"' in text(response)
    assert 'value="Chi"' in text(response)
    assert not Shift.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"starts_at": "mai"}, "19:30 29/4/2023"),
        ({"starts_at": "29/04/2023"}, "19:30 29/4/2023"),
        ({"ends_at": "24:00 31/12/9999"}, "19:30 29/4/2023"),
        ({"ends_at": "00:00 29/04/2023"}, "kết thúc sau khi bắt đầu"),
        ({"starts_at": "07:00 01/06/2023", "ends_at": "08:00 01/06/2023"}, "nằm ngoài các ngày trực"),
        ({"telephone": ""}, "error-summary"),
        ({"name": "A" * 101}, "error-summary"),
    ],
)
def test_a_wrong_shift_is_said_and_everything_stays_as_typed(as_user, cast, health, wrong, said):
    other = ROW | {"name": "Người giữ lại", "starts_at": "01:00 29/04/2023"}
    response = as_user(cast.officer).post(url("roster", health.pk), sent(health, other, ROW | wrong))
    assert response.status_code == 422
    assert said in text(response)
    assert "Người giữ lại" in text(response)
    assert not Shift.objects.exists()


def test_a_roster_saved_by_a_colleague_meanwhile_is_kept_and_shown(as_user, cast, health):
    stale = sent(health, ROW)
    put(health, cast.officer, shift(name="Đồng nghiệp"))
    response = as_user(cast.officer).post(url("roster", health.pk), stale)
    assert response.status_code == 409
    assert "Đồng nghiệp" in text(response)
    assert f'value="{ROW["name"]}"' in text(response)
    assert f'value="{seen_roster(health)}"' in text(response)
    assert [one.name for one in health.shifts.all()] == ["Đồng nghiệp"]


@pytest.mark.parametrize("count", ["", "x", "99999", "-1", "²"])
def test_a_strange_count_of_rows_is_no_error(as_user, cast, health, count):
    response = as_user(cast.officer).post(url("roster", health.pk), sent(health, ROW) | {"shift-count": count})
    assert response.status_code in (302, 409, 422)


def test_telephones_are_for_the_desk_and_the_agency(as_user, cast, health):
    put(health, cast.officer, shift(backup_name="Chi", backup_telephone=OTHER_PHONE))
    pages = [url(name, health.pk) for name in ("roster", "roster_xlsx", "roster_ics")]
    pages += [url(name, health.directive_id) for name in ("province_roster", "province_roster_xlsx")]

    def shown(user):
        with clock.frozen(FIRST + timedelta(hours=1)):
            return [_content(as_user(user).get(page)) for page in pages]

    for content in shown(cast.leader):
        assert "Nguyễn Văn An" in content
        assert PHONE not in content
        assert OTHER_PHONE not in content
    for content in shown(cast.staff):
        assert PHONE in content


def _content(response):
    assert response.status_code == 200
    if response["Content-Type"].startswith("text/html"):
        return text(response)
    if response["Content-Type"].startswith("text/calendar"):
        return calendar_text("".join(str(event) for event in read_calendar(response.content)))
    return " ".join(str(cell) for row in _sheet(response).iter_rows(values_only=True) for cell in row)


def _sheet(response):
    return load_workbook(io.BytesIO(response.content)).active


def test_strangers_readers_and_wrong_methods(as_user, cast, health):
    elsewhere = make_agency("Sở TT&TT Phú Yên", parent=make_agency("Ủy ban nhân dân tỉnh Phú Yên", kind="province"))
    stranger = make_user("canbo@phuyen.example", "staff", elsewhere)
    for name in ("roster", "roster_xlsx", "roster_ics"):
        assert as_user(cast.town_officer).get(url(name, health.pk)).status_code == 404
        assert as_user(stranger).get(url(name, health.pk)).status_code == 404
        assert as_user(cast.officer).get(url(name, 9_999_999)).status_code == 404
    for name in ("province_roster", "province_roster_xlsx"):
        assert as_user(stranger).get(url(name, health.directive_id)).status_code == 404
        assert as_user(cast.officer).get(url(name, health.directive_id)).status_code == 403
    for reader in (cast.staff, cast.leader):
        assert as_user(reader).post(url("roster", health.pk), sent(health, ROW)).status_code == 403
        assert 'name="shift-count"' not in text(as_user(reader).get(url("roster", health.pk)))
    assert as_user(cast.leader).post(url("province_roster", health.directive_id), {}).status_code == 403
    assert as_user(cast.officer).put(url("roster", health.pk)).status_code == 405
    assert as_user(cast.officer).post(url("roster_ics", health.pk)).status_code == 405
    assert not Shift.objects.exists()


def test_the_workbook_holds_words_never_formulas(as_user, cast, health):
    put(health, cast.officer, shift(name="=HYPERLINK(1)", telephone="+84905111111"))
    for name, pk in (("roster_xlsx", health.pk), ("province_roster_xlsx", health.directive_id)):
        with clock.frozen(FIRST):
            cells = [cell for row in _sheet(as_user(cast.staff).get(url(name, pk))).iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert any("=HYPERLINK(1)" in str(cell.value) for cell in cells)


def test_the_calendar_file_holds_each_shift(as_user, cast, health):
    first, second = put(health, cast.officer, shift(0), shift(12, name="Bình; Chi, Dũng"))
    response = as_user(cast.officer).get(url("roster_ics", health.pk))
    assert response["Content-Disposition"].endswith('.ics"')
    events = read_calendar(response.content)
    assert [event["UID"].split("@")[0] for event in events] == [f"shift-{first.pk}", f"shift-{second.pk}"]
    assert calendar_text(events[1]["SUMMARY"]) == "Trực giám sát: Bình; Chi, Dũng"
    assert events[0]["DTSTART"] == "20230428T170000Z"


def test_the_desk_sees_who_is_on_duty_and_who_has_not_confirmed(as_user, cast, assignments):
    health, town = assignments
    (there,) = put(health, cast.officer, shift(0, 120, name="Người có mặt"))
    put(town, cast.town_officer, shift(0, 24, name="Người vắng"))
    with clock.frozen(FIRST):
        check_in(there)
    with clock.frozen(FIRST + timedelta(minutes=29)):
        early = text(as_user(cast.staff).get(url("province_roster", health.directive_id)))
        assert "Đang trong ca, chưa xác nhận" not in early
        assert "ca đang trực chưa xác nhận" not in text(as_user(cast.staff).get(reverse("directives:home")))
    with clock.frozen(FIRST + timedelta(minutes=30)):
        page = text(as_user(cast.staff).get(url("province_roster", health.directive_id)))
        assert page.index("Đang trong ca, chưa xác nhận") < page.index("Người vắng") < page.index("Người có mặt")
        assert "<b>2/2</b>" in page
        home = text(as_user(cast.staff).get(reverse("directives:home")))
        assert "1 ca đang trực chưa xác nhận" in home
        assert url("province_roster", health.directive_id) in home
        assert "ca đang trực chưa xác nhận" not in text(as_user(cast.leader).get(reverse("directives:home")))


def test_the_desk_sets_the_days(as_user, cast, health):
    staff, page = as_user(cast.staff), url("province_roster", health.directive_id)
    assert staff.post(page, {"first": "28/04/2023", "last": "30/04/2023"}).url == page
    assert "00:00 ngày 28/04/2023 đến 24:00 ngày 30/04/2023" in text(staff.get(page))
    for wrong in ({"first": "30/04/2023", "last": "28/04/2023"}, {"first": "28/04/2023"}, {"first": "x", "last": "y"}):
        response = staff.post(page, wrong)
        assert response.status_code == 422
        assert f'value="{wrong["first"]}"' in text(response)
    assert Directive.objects.get().duty_to.day == 30


def test_the_page_of_the_province_costs_the_same_for_one_roster_and_for_many(
    as_user, cast, django_assert_max_num_queries
):
    more = [make_agency(f"Sở thứ {n}", parent=cast.province) for n in range(12)]
    officers = [make_user(f"so{n}@binhdinh.example", "officer", agency) for n, agency in enumerate(more)]
    rows = cast.issue(*more)
    staff = as_user(cast.staff)
    for assignment, officer in zip(rows, officers, strict=True):
        people = [("An", PHONE), ("Bình", OTHER_PHONE)]
        fill_roster(assignment, actor=officer, people=people, post="Trực", hours=12, change_at=FIRST.time())
    with clock.frozen(FIRST), django_assert_max_num_queries(17):
        staff.get(url("province_roster", rows[0].directive_id))
