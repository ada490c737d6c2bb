"""The board shows every agency as it stands, in few queries, narrowed by what the URL says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alertdesk.lib import clock
from directives.models import Assignment, RequiredAction, State, Verdict
from directives.reports.board import Filters, board
from directives.reports.numbers import Numbers, numbers, numbers_of
from directives.services.answering import acknowledge, save_answer
from directives.services.calling import log_call
from directives.services.recording import record_report
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_agency, make_cast
from tests.directives.board_rows import board_row

pytestmark = pytest.mark.django_db
BEFORE, AFTER = DEADLINE - timedelta(hours=1), DEADLINE + timedelta(days=3)


@pytest.fixture
def cast():
    return make_cast()


def _record(cast, assignment, **kwargs):
    items = [{"action": action, "status": "done"} for action in assignment.directive.actions.all()]
    return record_report(
        assignment, actor=cast.staff, channel="e_office", arrived_on=ISSUED_AT.date(), items=items, **kwargs
    )


def _send(cast, assignment):
    answer_everything(assignment, cast.officer)
    return submit_report(assignment, actor=cast.officer)


def _codes(row):
    return [cell.code for cell in row.cells]


def test_fresh_row_names_the_contact_and_shows_nothing_received(cast):
    [health, _town] = cast.issue()
    row = board(health.directive, now=BEFORE, filters=Filters(sort="name")).rows[0]
    assert (row.name, row.telephone, row.state) == ("Sở Y tế", "0256.3800001", State.SENT)
    assert (_codes(row), row.done, row.total, row.late) == (["sent"] * 5, 0, 5, False)


def test_answers_not_sent_yet_do_not_count_as_done(cast):
    [health, _town] = cast.issue()
    answer_everything(health, cast.officer)
    row = board_row(health, now=BEFORE)
    assert (_codes(row), row.done) == (["answered"] * 5, 0)
    submit_report(health, actor=cast.officer)
    row = board_row(health, now=BEFORE)
    assert (_codes(row), row.done, row.cells[0].has_figures) == (["submitted"] * 5, 5, True)


def test_missing_answer_row_counts_as_not_started(cast):
    [health, _town] = cast.issue()
    acknowledge(health, actor=cast.officer)
    health.answers.filter(action__position=2).delete()
    assert _codes(board_row(health, now=BEFORE)) == ["not_started"] * 5


def test_row_is_late_by_calendar_days_only_while_it_owes(cast):
    [health, town] = cast.issue()
    _send(cast, health)
    rows = {row.assignment_id: row for row in board(health.directive, now=AFTER).rows}
    assert (rows[town.pk].late, rows[town.pk].days_late, rows[health.pk].late) == (True, 3, False)
    assert all(cell.late and cell.days_late == 3 for cell in rows[town.pk].cells)
    same_evening = board_row(town, now=DEADLINE + timedelta(minutes=1))
    assert (same_evening.late, same_evening.days_late) == (True, 0)


def test_own_deadline_of_an_action_makes_its_cell_late_first(cast):
    [health, _town] = cast.issue()
    RequiredAction.objects.filter(directive=health.directive, position=3).update(due_at=ISSUED_AT + timedelta(hours=3))
    result = board(health.directive, now=BEFORE)
    assert [cell.late for cell in result.rows[0].cells] == [False, False, True, False, False]
    assert {row.assignment_id for row in result.rows if row.late} == set(
        Assignment.objects.overdue(BEFORE).values_list("pk", flat=True)
    )
    assert [head.late for head in result.heads] == [0, 0, 2, 0, 0]
    assert [head.has_own_deadline for head in result.heads] == [False, False, True, False, False]


def test_returned_row_shows_the_verdicts_and_keeps_what_was_sufficient(cast):
    [health, _town] = cast.issue()
    sent = _send(cast, health)
    verdicts = {item.pk: (Verdict.OK, "") for item in sent.items.all()}
    second = sent.items.get(action__position=2)
    finish_review(
        sent, actor=cast.second_staff, verdicts={**verdicts, second.pk: (Verdict.MORE, "Nêu rõ số máy chưa cập nhật.")}
    )
    row = board_row(health, now=AFTER)
    assert (_codes(row), row.done) == (["ok", "returned", "ok", "ok", "ok"], 4)
    assert [cell.late for cell in row.cells] == [False, True, False, False, False]


def test_recorded_report_names_the_person_at_the_desk(cast):
    [health, town] = cast.issue()
    _record(cast, health)
    row = board_row(health, now=BEFORE)
    assert (row.recorded_by, row.recorded.arrived_on, row.done) == (str(cast.staff), ISSUED_AT.date(), 5)
    assert board_row(town, now=BEFORE).recorded_by == ""


def test_last_call_is_the_newest(cast):
    [health, _town] = cast.issue()
    for hour, words in ((9, "Chưa rõ"), (10, "Gửi trước 16 giờ")):
        with clock.frozen(clock.local(2023, 4, 28, hour)):
            log_call(health, actor=cast.staff, spoke_with="Chị Lan", promised=words)
    assert board_row(health, now=BEFORE).last_call.promised == "Gửi trước 16 giờ"


def test_filters_narrow_by_words_without_accents_state_kind_and_lateness(cast):
    [health, town] = cast.issue()
    _send(cast, health)

    def shown(**narrow):
        return {row.assignment_id for row in board(health.directive, now=AFTER, filters=Filters(**narrow)).rows}

    assert shown(q="quy nhon") == shown(q="Quy Nhơn") == shown(q="NHƠN ubnd") == {town.pk}
    assert shown(q="quy tế") == set()
    assert shown(state=State.SUBMITTED) == shown(kind="department") == {health.pk}
    assert shown(late=True) == {town.pk}
    third = health.directive.actions.get(position=3).pk
    assert shown(action=third, cell="submitted") == {health.pk}
    assert shown(action=third, cell="returned") == set()


def test_filter_choices_count_what_they_would_leave(cast):
    [health, _town] = cast.issue()
    _send(cast, health)
    result = board(health.directive, now=AFTER, filters=Filters(kind="department"))
    assert {c.value: c.count for c in result.states} == {"": 1, "owing": 0, "reported": 1, "sent": 0, "submitted": 1}
    assert {c.value: c.count for c in result.kinds} == {"": 2, "department": 1, "district": 1}
    assert (result.late.count, result.all_count, len(result.rows)) == (0, 2, 1)


def test_query_string_is_read_tolerantly_and_written_back():
    filters = Filters.from_query({"q": "  sở   y ", "state": "nonsense", "late": "1", "action": "²", "sort": "name"})
    assert filters == Filters(q="sở y", late=True, sort="name")
    assert Filters.from_query({}) == Filters()
    assert filters.with_changes(q="", late=False) == "sort=name"
    assert not Filters(sort="name").is_narrowing


def test_rows_sort_by_lateness_vietnamese_name_and_progress(cast):
    names = ["Đài Phát thanh", "Ban Dân tộc", "Ấp Bắc", "Da liễu"]
    agencies = [make_agency(name, parent=cast.province) for name in names]
    assignments = cast.issue(*agencies)
    _record(cast, assignments[0])
    Assignment.objects.filter(pk=assignments[3].pk).update(due_at=DEADLINE - timedelta(days=1))

    def order(sort):
        return [r.name for r in board(assignments[0].directive, now=AFTER, filters=Filters(sort=sort)).rows]

    assert order("name") == ["Ấp Bắc", "Ban Dân tộc", "Da liễu", "Đài Phát thanh"]
    assert order("lateness") == ["Da liễu", "Ấp Bắc", "Ban Dân tộc", "Đài Phát thanh"]
    assert order("progress")[-1] == "Đài Phát thanh"


def test_rows_sort_by_one_action_late_and_least_far_first(cast):
    names = ["Sở Ba", "Sở Hai", "Sở Một"]
    done, begun, untouched = cast.issue(*[make_agency(name, parent=cast.province) for name in names])
    _record(cast, done)
    Assignment.objects.filter(pk=begun.pk).update(state=State.IN_PROGRESS)
    begun.answers.filter(action__position=2).update(status="in_progress")

    def order(sort, now=BEFORE):
        return [r.assignment_id for r in board(done.directive, now=now, filters=Filters(sort=sort)).rows]

    assert order("action-2") == [untouched.pk, begun.pk, done.pk]
    Assignment.objects.filter(pk=begun.pk).update(due_at=DEADLINE - timedelta(days=1))
    assert order("action-2", AFTER) == [begun.pk, untouched.pk, done.pk]
    Assignment.objects.filter(pk=untouched.pk).update(state=State.WITHDRAWN)
    assert order("action-2") == [begun.pk, done.pk, untouched.pk]
    assert len(order("action-99")) == 3


def test_only_a_known_order_is_taken_from_the_url():
    assert Filters.from_query({"sort": "action-12"}).sort == "action-12"
    for nonsense in ("action-", "action-0", "action-x", "action-²", "action-9999", "-name", "actions"):
        assert Filters.from_query({"sort": nonsense}).sort == "lateness"


def test_numbers_leave_out_agencies_no_longer_required(cast):
    [health, town] = cast.issue()
    third = make_agency("Sở Nội vụ", parent=cast.province)
    other = cast.issue(third)[0]
    _send(cast, health)
    counted = numbers(health.directive, now=AFTER)
    assert (counted.agencies, counted.reported, counted.to_review, counted.overdue) == (2, 1, 1, 1)
    assert (counted.not_acknowledged, counted.accepted, counted.percent) == (1, 0, 50)
    Assignment.objects.filter(pk=town.pk).update(state=State.WITHDRAWN)
    assert numbers(health.directive, now=AFTER).percent == 100
    assert set(numbers_of([health.directive_id, other.directive_id], now=AFTER)) == {
        health.directive_id,
        other.directive_id,
    }
    assert Numbers(agencies=200, reported=199).percent == 99
    assert Numbers().percent == 0


def test_overdue_counts_an_agency_once_however_many_actions_are_late(cast):
    [health, _town] = cast.issue()
    health.directive.actions.update(due_at=ISSUED_AT)
    assert numbers(health.directive, now=AFTER).overdue == 2


def test_segments_count_every_required_cell(cast):
    [health, _town] = cast.issue()
    _send(cast, health)
    assert board(health.directive, now=BEFORE).segments == (("submitted", 5), ("sent", 5))


def test_board_takes_the_same_queries_for_one_and_twenty_agencies(cast, django_assert_num_queries):
    def fill(count):
        agencies = [make_agency(f"Sở số {n}", parent=cast.province) for n in range(count)]
        assignments = cast.issue(*agencies)
        for assignment in assignments:
            _record(cast, assignment)
            log_call(assignment, actor=cast.staff, spoke_with="A", promised="B")
        finish_review(
            assignments[0].submissions.get(),
            actor=cast.second_staff,
            verdicts={i.pk: ("ok", "") for i in assignments[0].submissions.get().items.all()},
        )
        return assignments[0].directive

    one, twenty = fill(1), fill(20)
    with CaptureQueriesContext(
        connection,
    ) as few:
        board(one, now=BEFORE)
    with django_assert_num_queries(len(few)):
        board(twenty, now=BEFORE)


def test_answer_saved_in_the_agency_shows_as_under_way(cast):
    [health, _town] = cast.issue()
    answer = health.answers.get(action__position=1)
    save_answer(answer, actor=cast.officer, version=answer.version, status="in_progress")
    assert _codes(board_row(health, now=BEFORE))[:2] == ["in_progress", "not_started"]
