"""The figures of incidents, recounted by plain SQL; the words of the clocks; what a timeline says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from alertdesk.lib import clock
from directives.models import Assignment, State
from directives.models.incident_limits import clocks_of
from directives.reports.home import desk
from directives.reports.incident_facts import parts_of
from directives.reports.incidents import figures_of, log_of
from directives.reports.province import province
from directives.services.incidents import acknowledge_incident, close_incident, confirm_none, note_notice
from directives.templatetags.incidents import clock_words, duration
from tests.cast import ISSUED_AT, make_agency, make_cast
from tests.directives.incidents import ADDRESS, make_incident

pytestmark = pytest.mark.django_db
LAST_DAY = date(2023, 5, 3)
AFTER = clock.local(2023, 5, 4, 8)
CLOSING = {"ended_at": ISSUED_AT, "result": "Đã cài lại máy."}
SQL = {
    "open": "SELECT count(*) FROM directives_incident i JOIN directives_assignment a ON a.id = i.assignment_id"
    " WHERE a.directive_id = %s AND i.state = 'open'",
    "closed": "SELECT count(*) FROM directives_incident i JOIN directives_assignment a ON a.id = i.assignment_id"
    " WHERE a.directive_id = %s AND i.closed_at IS NOT NULL",
    "confirmed": "SELECT count(DISTINCT n.assignment_id) FROM directives_noincident n"
    " JOIN directives_assignment a ON a.id = n.assignment_id"
    " WHERE a.directive_id = %s AND n.taken_back_at IS NULL AND a.state <> 'withdrawn'",
    "agencies": "SELECT count(*) FROM directives_assignment WHERE directive_id = %s AND state <> 'withdrawn'",
}


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def story(cast):
    """Six agencies: two open incidents (one soon late), one ended, two words of none, one of them withdrawn later."""
    assignments = cast.issue(cast.health, cast.town, *(make_agency(f"Sở {n}", parent=cast.province) for n in range(4)))
    make_incident(cast, assignments[0])
    ended = make_incident(cast, assignments[0])
    close_incident(ended, actor=cast.officer, values=CLOSING)
    make_incident(cast, assignments[1], agency=cast.town, actor=cast.town_officer)
    for assignment in assignments[2:5]:
        assignment.no_incidents.create(confirmed_by=cast.staff)
    Assignment.objects.filter(pk=assignments[4].pk).update(state=State.WITHDRAWN)
    return assignments[0].directive_id


def counted(sql, directive_id):
    with connection.cursor() as cursor:
        cursor.execute(sql, [directive_id])
        return cursor.fetchone()[0]


def test_the_figures_are_what_plain_sql_counts(story):
    figures = figures_of([(story, None)], now=ISSUED_AT)[story]
    for name, sql in SQL.items():
        assert getattr(figures, name) == counted(sql, story), name
    assert (figures.open, figures.closed, figures.confirmed, figures.agencies, figures.late) == (2, 1, 2, 5, 0)


def test_what_was_not_notified_within_five_days_is_late(cast, story):
    # Nobody has noted the notice, so all three are late once five days have passed, the ended one too.
    assert figures_of([(story, None)], now=ISSUED_AT + timedelta(days=5))[story].late == 3


def test_leader_and_desk_read_the_same_figures(cast, story):
    (part,) = province(desk(cast.leader, now=ISSUED_AT).in_progress, now=ISSUED_AT)
    assert part.incidents == figures_of([(story, None)], now=ISSUED_AT)[story]


def test_after_the_holiday_only_a_word_that_covers_it_counts(cast):
    health, town = cast.issue()
    confirm_none(health, actor=cast.officer)
    with clock.frozen(clock.local(2023, 5, 3, 7)):
        confirm_none(town, actor=cast.town_officer)
    assert figures_of([(health.directive_id, LAST_DAY)], now=AFTER)[health.directive_id].confirmed == 1
    (part,) = province(desk(cast.leader, now=AFTER).in_progress, now=AFTER)
    assert part.incidents.confirmed == 1


def test_many_directives_take_no_more_queries_than_one(cast, django_assert_num_queries):
    ids = []
    for _n in range(4):
        assignment = cast.issue(cast.health)[0]
        make_incident(cast, assignment)
        ids.append((assignment.directive_id, None))
    with CaptureQueriesContext(connection) as few:
        figures_of(ids[:1], now=ISSUED_AT)
    with django_assert_num_queries(len(few)):
        figures_of(ids, now=ISSUED_AT)


def test_the_log_says_what_was_notified_in_words(cast):
    incident = make_incident(cast)
    acknowledge_incident(incident, actor=cast.staff, contact="Chuyên viên A")
    note_notice(incident, actor=cast.officer, limit="notice_2017", given_at=ISSUED_AT)
    with translation.override("vi"):
        lines = log_of(incident)
        assert [line.text for line in lines] == ["Đã thông báo", "Đã xác nhận tiếp nhận", "Đã báo cáo"]
        assert lines[0].detail == "Thông báo sự cố"


def test_the_facts_leave_out_what_is_blank_and_say_what_was_ticked(cast):
    facts = {fact.label: fact.value for part in parts_of(make_incident(cast)) for fact in part.facts}
    with translation.override("vi"):
        said = [fact.value for part in parts_of(make_incident(cast)) for fact in part.facts]
    assert ADDRESS in facts.values()
    assert "" not in facts.values()
    assert "Hệ thống phát hiện xâm nhập (IDS), Nhận được thông báo" in said
    assert "07:41 26/04/2023" in said


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(), "còn 5 ngày"),
        (timedelta(days=1, hours=20), "còn 3 ngày 4 giờ"),
        (timedelta(days=4, hours=1), "còn 23 giờ"),
        (timedelta(days=4, hours=23, minutes=59), "còn 1 phút"),
        (timedelta(days=5), "còn chưa đến một phút"),
        (timedelta(days=5, minutes=5), "trễ 5 phút"),
        (timedelta(days=6, hours=2), "trễ 1 ngày 2 giờ"),
    ],
)
def test_a_clock_is_said_in_days_and_hours_then_hours_and_minutes(cast, passed, words):
    incident = make_incident(cast)
    with translation.override("vi"):
        assert clock_words(clocks_of(incident, [])[0], incident.detected_at + passed) == words


def test_at_once_says_how_long_it_has_been_due(cast):
    incident = make_incident(cast, beyond_capacity_at=ISSUED_AT)
    now = ISSUED_AT + timedelta(hours=2, minutes=5)
    with translation.override("vi"):
        assert clock_words(incident.clocks[1], now) == "phải thực hiện ngay; đã qua 2 giờ 5 phút"
        assert clock_words(incident.clocks[2], now) == "chưa tính hạn"
        assert duration(timedelta(seconds=59)) == "chưa đến một phút"
