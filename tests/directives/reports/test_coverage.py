"""Coverage by level, category and product line, from the rows of the reports that stand."""

import json
from datetime import date

import pytest
from django.db import connection

from alertdesk.lib import clock
from directives.models import ProductRow, RequiredAction, SystemRow, Vulnerability, WeaknessRow
from directives.reports.coverage import coverage
from directives.services.answering import save_answer
from directives.services.submitting import submit_report, take_back
from tests.cast import ISSUED_AT, answer_everything, make_agency, make_cast, make_user

pytestmark = pytest.mark.django_db
Kind = RequiredAction.Kind
SYSTEMS = (
    SystemRow(name="A", level=3, is_important=True, for_leadership=True, is_strengthened=True),
    SystemRow(name="B", level=3, has_personal_data=True),
    SystemRow(name="C", is_important=True, is_strengthened=True),
)
MACHINES = (
    ProductRow(product_line="Windows 10", total=20, updated=18, reason="Máy cũ"),
    ProductRow(product_line="Microsoft Office", total=30, updated=30),
    WeaknessRow(cve="CVE-2023-28252", place="Windows 10", state=WeaknessRow.State.EXPOSED),
    WeaknessRow(cve="CVE-2023-28252", place="Máy chủ", state=WeaknessRow.State.FIXED),
    WeaknessRow(cve="CVE-2023-21716", place="Máy trạm", state=WeaknessRow.State.EXPOSED),
)


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


def give(answer, actor, rows):
    save_answer(
        answer,
        actor=actor,
        version=answer.version,
        status="done",
        note="",
        rows=[r.__class__(**_said(r)) for r in rows],
    )


def _said(row):
    return {name: getattr(row, name) for name in row.FIELDS}


@pytest.fixture
def health(cast):
    """One agency with rows, one that reports numbers only, one that has sent nothing."""
    other = make_agency("Sở Khác", parent=cast.province)
    health, other, _silent = cast.issue(cast.health, other, cast.town)
    action = health.directive.actions.get(kind=Kind.VULNERABILITIES)
    Vulnerability.objects.create(action=action, cve="CVE-2023-28252", exploited_since=date(2023, 4, 11))
    Vulnerability.objects.create(action=action, cve="CVE-2023-21716")
    officer = make_user("khac@so.example", "officer", other.agency)
    for assignment, actor in ((health, cast.officer), (other, officer)):
        answer_everything(assignment, actor)
        assignment.refresh_from_db()
    give(health.answers.get(action__kind=Kind.SYSTEMS), cast.officer, SYSTEMS)
    give(health.answers.get(action__kind=Kind.VULNERABILITIES), cast.officer, MACHINES)
    for assignment, actor in ((health, cast.officer), (other, officer)):
        assignment.refresh_from_db()
        submit_report(assignment, actor=actor)
    health.refresh_from_db()
    return health


def pairs(lines):
    return [(line.total, line.done) for line in lines]


def test_systems_are_counted_by_level_and_in_each_of_their_categories(health):
    read = coverage(health.directive)
    assert pairs(read.levels) == [(2, 1), (1, 1)]
    assert [line.name for line in read.levels] == ["Cấp độ 3", "Chưa xác định cấp độ"]
    assert pairs(read.categories) == [(2, 2), (1, 0), (1, 1)]


def test_machines_are_counted_by_product_line_and_numbers_without_detail_apart(health):
    read = coverage(health.directive)
    assert [(line.name, line.total, line.done) for line in read.lines] == [
        ("Microsoft Office", 30, 30),
        ("Windows 10", 20, 18),
    ]
    assert (read.systems_without_detail, read.machines_without_detail) == (4, 4)


def test_only_exploited_weaknesses_stand_out_with_what_is_still_open(health):
    (one,) = coverage(health.directive).exploited
    assert (one.cve, one.open, one.dealt_with) == ("CVE-2023-28252", 1, 1)


def test_a_report_taken_back_counts_no_more(cast, health):
    take_back(health, actor=cast.officer)
    assert coverage(health.directive).is_empty


def test_detail_and_the_rest_add_up_to_what_plain_sql_counts(health):
    read = coverage(health.directive)
    sql = (
        "SELECT i.total, i.rows FROM directives_submissionitem i JOIN directives_requiredaction r ON r.id = i.action_id"
        " JOIN directives_assignment a ON a.submission_id = i.submission_id WHERE r.kind = 'systems'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = cursor.fetchall()
    rows = [row for _total, kept in found for row in (json.loads(kept) if isinstance(kept, str) else kept)]
    assert sum(line.total for line in read.levels) == len(rows)
    assert sum(line.total for line in read.levels) + read.systems_without_detail == sum(total for total, _rows in found)


def test_staff_and_leaders_see_it_beside_the_charts(cast, health, client):
    for user in (cast.staff, cast.leader):
        client.force_login(user)
        page = client.get(f"/directives/{health.directive_id}/charts/").content.decode()
        assert "Theo cấp độ" in page
        assert "CVE-2023-28252" in page
