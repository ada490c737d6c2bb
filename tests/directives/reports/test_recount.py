# ruff: noqa: S311, S608 - chance is seeded, the queries are put together from constants of this file
"""Every figure of board, home and summary, counted again by plain SQL over the rows, on fifty states made at random."""

import random
from datetime import datetime, timedelta

import pytest
from django.db import connection

from alertdesk.lib import clock
from directives.models import (
    COMPLETE,
    OWING,
    ROWS,
    Answer,
    Assignment,
    ProductRow,
    RequiredAction,
    Review,
    ReviewItem,
    State,
    Submission,
    SubmissionItem,
    SystemRow,
    UnitRow,
    Verdict,
)
from directives.reports.board import board
from directives.reports.coverage import CATEGORIES, coverage
from directives.reports.home import desk, my_work
from directives.reports.numbers import numbers
from directives.reports.summary import summary
from directives.services.detailing import figures_of, plain_rows, put_rows, rows_of
from tests.cast import DEADLINE, make_agency, make_cast, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # plain SQL that both databases read alike
NOW = DEADLINE + timedelta(hours=20)
SENT_STATES = (State.SUBMITTED, State.ACCEPTED, State.RETURNED)
OWED = ", ".join(f"'{state}'" for state in OWING)
FULL = ", ".join(f"'{status}'" for status in COMPLETE)


def sql(query, *values):
    """Return the one row that a query gives, a single value by itself."""
    with connection.cursor() as cursor:
        cursor.execute(query, [adapted(value) for value in values])
        row = cursor.fetchone()
    return row[0] if len(row) == 1 else row


def adapted(value):
    """Return a moment as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


class Province:
    """A directive to a dozen agencies in states, answers and rows that a seed decides."""

    def __init__(self, seed):
        self.pick = random.Random(seed)
        self.cast = make_cast()
        kinds = ("department", "district", "office")
        agencies = [
            make_agency(f"Cơ quan {n:02d}", kind=kinds[n % 3], parent=self.cast.province)
            for n in range(self.pick.randint(1, 12))
        ]
        self.officer = make_user("canbo@co.example", "officer", agencies[0])
        rows = self.cast.issue(*agencies, actions=5)
        self.directive = rows[0].directive
        self._own_deadlines()
        for assignment in rows:
            self._fill(assignment)

    def _own_deadlines(self):
        for action in self.directive.actions.all():
            if self.pick.random() < 0.3:
                RequiredAction.objects.filter(pk=action.pk).update(
                    due_at=NOW + timedelta(hours=self.pick.randint(-48, 48))
                )

    def _fill(self, assignment):
        state = self.pick.choice(State.values)
        late = timedelta(hours=self.pick.choice((-30, -1, 1, 30)))
        extended = self.pick.random() < 0.3
        values = {"state": state, "due_at": NOW + late, "is_extended": extended, "lapsed_from": "sent"}
        for answer in assignment.answers.select_related("action"):
            self._answer(answer)
        if state in SENT_STATES or self.pick.random() < 0.2:
            values["submission"] = self._submission(assignment, state)
        Assignment.objects.filter(pk=assignment.pk).update(**values)

    def _answer(self, answer):
        status = self.pick.choice(["not_started", "in_progress", *COMPLETE])
        values = {"status": status, "note": "Lý do."}
        if status not in ("nil", "not_applicable") and self.pick.random() < 0.7:
            rows = self._rows(answer.action.kind)
            total = self.pick.randint(0, 9)
            typed = {"total": total, "done": self.pick.randint(0, total), "extra": self.pick.randint(0, 5)}
            values |= typed | figures_of(answer.action.kind, rows)
            put_rows(answer, rows)
        Answer.objects.filter(pk=answer.pk).update(**values)

    def _rows(self, kind):
        makers = {"systems": self._system, "vulnerabilities": self._product, "cascade": self._unit}
        return [makers[kind](n) for n in range(self.pick.randint(0, 4))] if kind in makers else []

    def _system(self, n):
        level = self.pick.choice((None, 1, 2, 3, 4))
        named = {name: self.pick.random() < 0.4 for name in CATEGORIES}
        return SystemRow(name=f"Hệ thống {n}", level=level, is_strengthened=self.pick.random() < 0.5, **named)

    def _product(self, n):
        total = self.pick.randint(0, 50)
        return ProductRow(product_line=f"Dòng {n}", total=total, updated=self.pick.randint(0, total), reason="Cũ.")

    def _unit(self, n):
        sent = clock.today() if self.pick.random() < 0.5 else None
        return UnitRow(name=f"Xã {n}", sent_on=sent, is_done=self.pick.random() < 0.5)

    def _submission(self, assignment, state):
        submission = Submission.objects.create(
            assignment=assignment, round=1, reference=f"PB-{assignment.pk}", snapshot={}, sha256="0" * 64,
            submitted_by=self.officer, submitted_at=NOW,
        )  # fmt: skip
        items = [self._item(submission, answer) for answer in assignment.answers.select_related("action")]
        if state in (State.ACCEPTED, State.RETURNED):
            review = Review.objects.create(submission=submission, reviewer=self.cast.staff, decided_at=NOW)
            for item in items:
                more = state == State.RETURNED and self.pick.random() < 0.5
                verdict, reason = (Verdict.MORE, "Nêu rõ.") if more else (Verdict.OK, "")
                is_verified = not more and item.has_figures and self.pick.random() < 0.5
                ReviewItem.objects.create(
                    review=review, item=item, verdict=verdict, reason=reason, is_verified=is_verified
                )
        return submission

    def _item(self, submission, answer):
        answer.refresh_from_db()
        status = answer.status if answer.status in COMPLETE else "done"
        figures = {name: getattr(answer, name) for name in ("total", "done", "extra")}
        return SubmissionItem.objects.create(
            submission=submission,
            action=answer.action,
            status=status,
            note="Lý do.",
            rows=plain_rows(rows_of(answer)),
            **figures,
        )


COUNTED = {
    "agencies": "state <> 'withdrawn'",
    "reported": "state IN ('submitted', 'accepted')",
    "accepted": "state = 'accepted'",
    "to_review": "state = 'submitted'",
    "returned": "state = 'returned'",
    "owing": f"state IN ({OWED})",
    "not_acknowledged": "state = 'sent'",
    "acknowledged": "state = 'acknowledged'",
    "in_progress": "state = 'in_progress'",
    "awaiting_approval": "state = 'awaiting_approval'",
    "lapsed": "state = 'lapsed'",
    "withdrawn": "state = 'withdrawn'",
}
LATE = f"""a.state IN ({OWED}) AND EXISTS (
    SELECT 1 FROM directives_requiredaction r WHERE r.directive_id = a.directive_id AND
    CASE WHEN r.due_at IS NULL THEN a.due_at
         WHEN a.is_extended AND a.due_at > r.due_at THEN a.due_at ELSE r.due_at END < %s)"""


def how_many(condition, directive, *values):
    own = "SELECT COUNT(*) FROM directives_assignment a WHERE a.directive_id = %s AND a.parent_id IS NULL"
    return sql(f"{own} AND {condition}", directive.pk, *values)


def result(column, action):
    """Sum one figure over the reports that stand, as they were sent."""
    return sql(
        f"""SELECT COALESCE(SUM(i.{column}), 0) FROM directives_submissionitem i
            JOIN directives_assignment a ON a.submission_id = i.submission_id
            WHERE a.state IN ('submitted', 'accepted') AND i.action_id = %s AND i.total IS NOT NULL""",
        action.pk,
    )


def results(action, status):
    return sql(
        """SELECT COUNT(*) FROM directives_submissionitem i
           JOIN directives_assignment a ON a.submission_id = i.submission_id
           WHERE a.state IN ('submitted', 'accepted') AND i.action_id = %s AND i.status = %s""",
        action.pk,
        status,
    )


def with_figures(action):
    """Count the reports that stand and give figures on an action, and those of them that the desk verified."""
    return sql(
        """SELECT COUNT(*), COUNT(CASE WHEN v.is_verified THEN 1 END) FROM directives_submissionitem i
           JOIN directives_assignment a ON a.submission_id = i.submission_id
           LEFT JOIN directives_reviewitem v ON v.item_id = i.id
           WHERE a.state IN ('submitted', 'accepted') AND i.action_id = %s AND i.total IS NOT NULL""",
        action.pk,
    )


def numbers_are_what_plain_sql_counts(made):
    directive, now = made.directive, NOW
    counted = numbers(directive, now=now)
    for name, condition in COUNTED.items():
        assert getattr(counted, name) == how_many(condition, directive), name
    assert counted.overdue == how_many(LATE, directive, now)
    shown = desk(made.cast.staff, now=now)
    assert shown.in_progress[0].numbers == counted
    assert shown.to_review == how_many("state = 'submitted'", directive)
    assert board(directive, now=now).numbers == counted
    assert summary(directive, now=now).numbers == counted


def board_counts_what_was_sent_and_stands(made):
    read = board(made.directive, now=NOW)
    done = """SELECT COUNT(*) FROM directives_submissionitem i
        JOIN directives_assignment a ON a.submission_id = i.submission_id
        LEFT JOIN directives_reviewitem v ON v.item_id = i.id
        WHERE (a.state IN ('submitted', 'accepted') OR (a.state = 'returned' AND v.verdict = 'ok')
               OR (a.state IN ('in_progress', 'awaiting_approval', 'acknowledged') AND v.verdict = 'ok' AND EXISTS (
                   SELECT 1 FROM directives_answer w WHERE w.assignment_id = a.id AND w.action_id = i.action_id
                   AND w.status IN ({full}))))"""
    for head in read.heads:
        condition = done.format(full=FULL) + " AND i.action_id = %s"
        assert head.done == sql(condition, head.action_id)
    for row in read.rows:
        assert row.done == sql(done.format(full=FULL) + " AND a.id = %s", row.assignment_id)


def summary_adds_up_the_reports_that_stand(made):
    read = summary(made.directive, now=NOW)
    for count, action in zip(read.actions, made.directive.actions.all(), strict=True):
        for status in COMPLETE:
            assert getattr(count, status) == results(action, status)
        assert (count.with_figures, count.verified) == with_figures(action)
        assert count.unanswered == read.numbers.agencies - sum(results(action, status) for status in COMPLETE)
        assert (count.total, count.total_done, count.extra) == tuple(
            result(c, action) for c in ("total", "done", "extra")
        )
    for group in read.groups:
        kind = f"EXISTS (SELECT 1 FROM agencies_agency g WHERE g.id = a.agency_id AND g.kind = '{group.kind}')"
        assert group.agencies == how_many(f"state <> 'withdrawn' AND {kind}", made.directive)
        assert group.reported == how_many(f"state IN ('submitted', 'accepted') AND {kind}", made.directive)
        assert group.overdue == how_many(f"{LATE} AND {kind}", made.directive, NOW)


def home_counts_the_answers_that_are_complete(made):
    for line in my_work(made.officer, now=NOW):
        state = Assignment.objects.get(pk=line.assignment_id).state
        table = "directives_submissionitem i JOIN directives_assignment a ON a.submission_id = i.submission_id"
        if state not in SENT_STATES:
            table = "directives_answer i JOIN directives_assignment a ON a.id = i.assignment_id"
        query = f"SELECT COUNT(*) FROM {table} WHERE a.id = %s AND i.status IN ({FULL})"
        assert line.complete == sql(query, line.assignment_id)


SUMS = {
    SystemRow: "COUNT(*), COUNT(CASE WHEN is_strengthened THEN 1 END), COUNT(CASE WHEN level >= 3 THEN 1 END)",
    ProductRow: "SUM(total), SUM(updated), SUM(total - updated)",
    UnitRow: "COUNT(*), COUNT(sent_on), COUNT(CASE WHEN is_done THEN 1 END)",
}


def figures_are_the_sums_of_the_rows(made):
    for answer in Answer.objects.select_related("action"):
        model = next(iter(ROWS[answer.action.kind]), None)
        if model in SUMS and model.objects.filter(answer=answer).exists():
            query = f"SELECT {SUMS[model]} FROM {model._meta.db_table} WHERE answer_id = %s"
            assert (answer.total, answer.done, answer.extra) == sql(query, answer.pk)


ROWS_THAT_STAND = """{table} r JOIN directives_answer w ON w.id = r.answer_id
    JOIN directives_assignment a ON a.id = w.assignment_id
    WHERE a.directive_id = %s AND a.parent_id IS NULL AND a.state IN ('submitted', 'accepted')"""


def coverage_counts_the_rows_of_the_reports_that_stand(made):
    read, directive = coverage(made.directive), made.directive
    systems = ROWS_THAT_STAND.format(table="directives_systemrow")
    for level, cover in zip(sorted(levels(systems, directive), reverse=True), read.levels, strict=True):
        counts = f"SELECT COUNT(*), COUNT(CASE WHEN r.is_strengthened THEN 1 END) FROM {systems}"
        assert (cover.total, cover.done) == sql(f"{counts} AND COALESCE(r.level, 0) = %s", directive.pk, level)
    for name, cover in zip(CATEGORIES, read.categories, strict=bool(read.categories)):
        counts = f"SELECT COUNT(*), COUNT(CASE WHEN r.is_strengthened THEN 1 END) FROM {systems}"
        assert (cover.total, cover.done) == sql(f"{counts} AND r.{name} = %s", directive.pk, True)
    machines = ROWS_THAT_STAND.format(table="directives_productrow")
    for cover in read.lines:
        query = f"SELECT SUM(r.total), SUM(r.updated) FROM {machines} AND r.product_line = %s"
        assert (cover.total, cover.done) == sql(query, directive.pk, cover.name)
    assert sum(cover.total for cover in read.lines) == sql(
        f"SELECT COALESCE(SUM(r.total), 0) FROM {machines}", directive.pk
    )


def levels(systems, directive):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT COALESCE(r.level, 0) FROM {systems}", [directive.pk])
        return [level for (level,) in cursor.fetchall()]


SEEDS = [seed if seed < 12 else pytest.param(seed, marks=pytest.mark.slow) for seed in range(50)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_what_plain_sql_counts(seed):
    with clock.frozen(NOW):
        made = Province(seed)
        numbers_are_what_plain_sql_counts(made)
        board_counts_what_was_sent_and_stands(made)
        summary_adds_up_the_reports_that_stand(made)
        home_counts_the_answers_that_are_complete(made)
        figures_are_the_sums_of_the_rows(made)
        coverage_counts_the_rows_of_the_reports_that_stand(made)
