"""The pages about units: the answer's aids, the list, passing on, the review by the agency, and who gets in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from alertdesk.lib import clock
from directives.models import Assignment, State, Verdict
from directives.services.extending import ask_extension
from directives.services.remarking import write_remark
from tests.cast import DEADLINE
from tests.directives.units import FOR_UNITS, make_unit, passed_on, report


@pytest.fixture
def units(cast):
    return [make_unit(cast.town, number)[0] for number in (1, 2)]


@pytest.fixture
def officer_of():
    return lambda unit: unit.memberships.get().user


@pytest.fixture
def town(assignments):
    return assignments[1]


@pytest.fixture
def children(cast, units, town):
    return passed_on(cast, *units, parent=town)


def unit_page(assignment):
    return reverse("directives:units", args=[assignment.pk])


def answer_page(assignment):
    return reverse("directives:answer", args=[assignment.pk, 5])


def typed(assignment, *names, **more):
    rows = {f"unitrow-{n}-name": name for n, name in enumerate(names)}
    version = assignment.answers.get(action__position=5).version
    return {"status": "done", "note": "", "version": version, "unitrow-count": len(names), **rows, **more}


def test_the_form_offers_the_units_with_an_account_and_the_own_deadline(as_user, cast, units, town):
    page = as_user(cast.head).get(unit_page(town))
    form = page.context["form"]
    assert [label for _pk, label in form.fields["units"].choices] == [str(unit) for unit in units]
    assert 'value="17:00 28/04/2023"' in page.content.decode()


def test_passing_on_makes_a_report_for_each_unit_and_says_how_many(as_user, cast, units, town):
    data = {"units": [unit.pk for unit in units], "deadline": "17:00 27/4/2023"}
    page = as_user(cast.town_officer).post(unit_page(town), data, follow=True)
    assert "Đã chuyển công văn đến 2 đơn vị." in page.content.decode()
    assert set(town.children.values_list("agency", "due_at")) == {(unit.pk, FOR_UNITS) for unit in units}
    assert not page.context["read"].offered


@pytest.mark.parametrize(
    "data", [{"deadline": "17:00 27/4/2023"}, {"units": ["0"], "deadline": "x"}, {"deadline": ""}, {}]
)
def test_what_is_not_filled_in_right_is_said_on_the_page(as_user, cast, units, town, data):
    page = as_user(cast.head).post(unit_page(town), data)
    assert page.status_code == 422
    assert not town.children.exists()


def test_a_deadline_after_the_own_one_is_refused_and_stays_typed(as_user, cast, units, town):
    page = as_user(cast.head).post(unit_page(town), {"units": [units[0].pk], "deadline": "17:00 29/4/2023"})
    assert page.status_code == 422
    assert "17:00 29/4/2023" in page.content.decode()


def test_passing_on_what_a_colleague_has_passed_on_is_overtaken(as_user, cast, units, town, children, monkeypatch):
    monkeypatch.setattr("directives.reports.units._others", lambda assignment: (tuple(units), ()))
    page = as_user(cast.head).post(unit_page(town), {"units": [units[0].pk], "deadline": "17:00 27/4/2023"})
    assert page.status_code == 409


@pytest.mark.parametrize(
    ("who", "reads", "passes_on"),
    [
        ("head", 200, 422),
        ("town_officer", 200, 422),
        ("staff", 200, 403),
        ("leader", 200, 403),
        ("officer", 404, 404),
        ("admin", 403, 403),
    ],
)
def test_who_reads_the_list_and_who_passes_on(as_user, cast, town, children, who, reads, passes_on):
    client = as_user(getattr(cast, who))
    assert client.get(unit_page(town)).status_code == reads
    assert client.post(unit_page(town), {}).status_code == passes_on


def test_a_unit_sees_its_own_report_only(as_user, cast, units, town, children, officer_of):
    first, second = children
    client = as_user(officer_of(units[0]))
    assert client.get(reverse("directives:assignment", args=[first.pk])).status_code == 200
    assert client.get(reverse("directives:assignment", args=[second.pk])).status_code == 404
    assert client.get(unit_page(town)).status_code == 404
    assert client.get(reverse("directives:answer", args=[second.pk, 1])).status_code == 404
    assert [row["line"].assignment_id for row in client.get("/").context["owed"]] == [first.pk]


def test_a_units_page_says_who_asked_and_reviews(as_user, cast, units, children, officer_of):
    page = as_user(officer_of(units[0])).get(reverse("directives:assignment", args=[children[0].pk]))
    assert "UBND thành phố Quy Nhơn đã chuyển công văn này đến đơn vị" in page.content.decode()


def test_the_agencys_home_has_its_own_report_with_the_units_behind_it(as_user, cast, units, town, children, officer_of):
    report(children[0], officer_of(units[0]))
    page = as_user(cast.town_officer).get("/")
    (row,) = page.context["owed"]
    assert row["line"].assignment_id == town.pk
    assert (row["line"].units.units, row["line"].units.reported, row["line"].to_review) == (2, 1, 1)
    assert "1/2 đơn vị đã báo cáo" in page.content.decode()


def test_the_agency_reviews_in_the_same_pages_and_the_desk_only_reads(as_user, cast, units, children, officer_of):
    submission = report(children[0], officer_of(units[0]))
    review = reverse("directives:review", args=[submission.pk])
    queue = reverse("directives:reviews")
    assert as_user(cast.staff).get(review).status_code == 403
    assert not as_user(cast.staff).get(queue).context["page"].object_list
    assert as_user(cast.staff).get(reverse("directives:submission", args=[submission.pk])).status_code == 200
    assert as_user(officer_of(units[0])).get(review).status_code == 403
    assert as_user(officer_of(units[1])).get(review).status_code == 404
    client = as_user(cast.town_officer)
    assert list(client.get(queue).context["page"].object_list) == [submission]
    verdicts = {f"item-{item.pk}-verdict": Verdict.OK for item in submission.items.all()}
    page = client.get(review)
    sheet = page.context["sheet"]
    data = {form.add_prefix("verdict"): Verdict.OK for form in sheet.items}
    page = client.post(review, {**verdicts, **data, "do": "finish", "seen": page.context["seen"]})
    assert page.status_code == 302
    children[0].refresh_from_db()
    assert children[0].state == State.ACCEPTED


@pytest.mark.parametrize("name", ["record", "calls", "recipient_remove"])
def test_the_desk_does_nothing_to_a_units_report(as_user, cast, children, name):
    assert as_user(cast.staff).get(reverse(f"directives:{name}", args=[children[0].pk])).status_code == 403


def test_an_agency_does_not_review_itself(as_user, cast, town):
    submission = report(town, cast.head)
    assert as_user(cast.town_officer).get(reverse("directives:review", args=[submission.pk])).status_code == 403


def test_letting_a_unit_go_is_the_agencys(as_user, cast, units, town, children, officer_of):
    url = reverse("directives:unit_let_go", args=[children[0].pk])
    assert as_user(officer_of(units[0])).post(url).status_code == 403
    assert as_user(officer_of(units[1])).post(url).status_code == 404
    assert as_user(cast.officer).post(url).status_code == 404
    page = as_user(cast.head).post(url, follow=True)
    assert [unit.pk for unit in page.context["read"].offered] == [units[0].pk]
    assert as_user(cast.head).post(url).status_code == 409


def test_what_a_unit_asks_is_on_the_agencys_list(as_user, cast, units, town, children, officer_of):
    asked = ask_extension(children[0], actor=officer_of(units[0]), until=DEADLINE, reason="Chờ số liệu.")
    write_remark(children[1], town.directive.actions.first(), actor=officer_of(units[1]), text="Có mẫu không?")
    page = as_user(cast.head).get(unit_page(town)).content.decode()
    decide = reverse("directives:extension_decide", args=[asked.pk])
    assert decide in page
    assert "chờ trả lời" in page
    assert as_user(cast.head).get(decide).status_code == 200
    assert as_user(cast.staff).get(decide).status_code == 403
    assert not as_user(cast.staff).get("/").context["extensions"]


def test_the_list_takes_the_same_queries_for_two_and_nine_units(
    as_user, cast, town, children, django_assert_num_queries
):
    client = as_user(cast.head)
    client.get(unit_page(town))
    with CaptureQueriesContext(connection) as few:
        client.get(unit_page(town))
    passed_on(cast, *(make_unit(cast.town, number)[0] for number in range(3, 10)), parent=town)
    with django_assert_num_queries(len(few)):
        client.get(unit_page(town))


def test_filling_in_dates_the_rows_without_one_and_saves_nothing(as_user, cast, town):
    aids = {"arrange": "fill", "aid-number": "12/UBND-VP", "aid-sent_on": "26/4/2023"}
    given = {"unitrow-1-sent_on": "25/04/2023", "unitrow-count": 3}
    page = as_user(cast.head).post(answer_page(town), typed(town, "Xã A", "Xã B", "", **given, **aids))
    form = page.context["form"]
    days = [row["sent_on"].value() for row in form.sheet.sections[0].forms]
    assert (page.status_code, days[:2]) == (200, ["26/04/2023", "25/04/2023"])
    assert not days[2]
    assert form["reference"].value() == "12/UBND-VP ngày 26/04/2023"
    assert not form.aids.is_begun
    assert not town.answers.get(action__position=5).rows


@pytest.mark.parametrize(("day", "said"), [("", "Đề nghị ghi ngày văn bản."), ("29/4/2023", "chưa"), ("x", "")])
def test_filling_in_without_a_day_says_so_and_keeps_the_number(as_user, cast, town, day, said):
    aids = {"arrange": "fill", "aid-number": "12/UBND-VP", "aid-sent_on": day}
    page = as_user(cast.head).post(answer_page(town), typed(town, "Xã A", **aids))
    assert page.status_code == 422
    assert page.context["form"].aids["number"].value() == "12/UBND-VP"
    assert page.context["form"].aids.errors
    assert said in page.content.decode()


def test_pasting_adds_rows_completes_known_ones_and_keeps_what_cannot_be_read(as_user, cast, town):
    lines = "Xã a;26/4/2023;x;x;3\nXã B;26/4/2023\nXã C;ngày kia"
    page = as_user(cast.head).post(answer_page(town), typed(town, "Xã A", arrange="paste", **{"aid-lines": lines}))
    form = page.context["form"]
    rows = [(row["name"].value(), row["sent_on"].value()) for row in form.sheet.sections[0].forms]
    assert page.status_code == 422
    assert rows == [("Xã a", "26/4/2023"), ("Xã B", "26/4/2023")]
    assert form.aids["lines"].value() == "Xã C;ngày kia"
    assert "ngày kia" in form.aids.problems[0]


def test_saving_with_lines_still_in_the_box_shows_them_in_the_table_first(as_user, cast, town):
    data = typed(town, save="1", **{"aid-lines": "Xã B;26/4/2023"})
    page = as_user(cast.head).post(answer_page(town), data)
    assert page.status_code == 200
    assert "chưa có gì được lưu" in page.content.decode()
    rows = {"unitrow-count": 1, "unitrow-0-name": "Xã B", "unitrow-0-sent_on": "26/04/2023", "save": "1"}
    assert as_user(cast.head).post(answer_page(town), typed(town, "Xã B", **rows)).status_code == 302
    answer = town.answers.get(action__position=5)
    assert (answer.total, answer.done, answer.extra) == (1, 1, 0)


def test_more_rows_than_a_table_has_stay_in_the_box(as_user, cast, town):
    lines = "\n".join(f"Xã {n}" for n in range(205))
    page = as_user(cast.head).post(answer_page(town), typed(town, arrange="paste", **{"aid-lines": lines}))
    form = page.context["form"]
    assert len(form.sheet.sections[0].forms) == 200
    assert form.aids["lines"].value().split("\n") == [f"Xã {n}" for n in range(200, 205)]


def test_other_kinds_of_action_know_no_aids(as_user, cast, town):
    data = {"status": "done", "version": 0, "total": 1, "done": 1, "note": "", "aid-lines": "Xã A", "arrange": "paste"}
    assert as_user(cast.head).post(reverse("directives:answer", args=[town.pk, 1]), data).status_code == 302


def test_the_check_page_says_how_many_units_have_not_reported_and_lets_the_report_go(as_user, cast, town, children):
    page = as_user(cast.head).get(reverse("directives:check", args=[town.pk]))
    assert "Còn 2 đơn vị chưa báo cáo" in page.content.decode()
    report(town, cast.head)
    assert "còn 2 đơn vị chưa báo cáo" in as_user(cast.head).get(unit_page(town)).content.decode()


def test_a_late_agency_is_told_to_ask_for_more_time_first(as_user, cast, units, town):
    with clock.frozen(DEADLINE.replace(hour=18)):
        page = as_user(cast.head).get(unit_page(town))
        assert not page.context["may_pass_on"]
        assert "đề nghị xin gia hạn trước" in page.content.decode()


@pytest.mark.parametrize("name", ["forwarding", "forwarding_docx"])
def test_the_letter_is_for_the_agencys_own_people(as_user, cast, town, units, officer_of, name):
    url = reverse(f"directives:{name}", args=[town.pk])
    assert as_user(cast.head).get(url).status_code == 200
    assert as_user(cast.staff).get(url).status_code == 403
    assert as_user(officer_of(units[0])).get(url).status_code == 404


def test_a_unit_passes_on_to_its_own_units_and_reviews_them(as_user, cast, units, children, officer_of):
    school, teacher = make_unit(units[0], 30, kind=Agency.Kind.UNIT)
    (below,) = passed_on(cast, school, actor=officer_of(units[0]), parent=children[0])
    submission = report(below, teacher)
    review = reverse("directives:review", args=[submission.pk])
    assert as_user(officer_of(units[0])).get(review).status_code == 200
    assert Assignment.objects.get(pk=below.pk).parent == children[0]
