"""The charts put each count where it belongs, on a screen and on paper alike."""

from datetime import date
from itertools import pairwise

import pytest

from agencies.models import Agency, Role
from directives.models import Assignment
from directives.reports.charts import FULL, LIGHT, OPEN, PAPER, SCREEN, by_action, by_day, by_group
from directives.reports.progress import Point, Progress
from directives.reports.summary import summary
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_agency, make_cast, make_user

NAMES = dict(Agency.Kind.choices)


def progress_of(*reported, total=10, deadline_on=date(2023, 4, 28), last=date(2023, 4, 28)):
    points = tuple(Point(date(2023, 4, 26 + n), count) for n, count in enumerate(reported))
    return Progress(total, deadline_on, points[-1].day, points, last)


@pytest.fixture
def read(db):
    """One department accepted, one department sent partly, the town silent."""
    cast = make_cast()
    other = make_agency("Sở Nội vụ", parent=cast.province)
    health, interior, _town = cast.issue(cast.health, other, cast.town)
    answer_everything(health, cast.officer)
    sent = submit_report(Assignment.objects.get(pk=health.pk), actor=cast.officer)
    finish_review(sent, actor=cast.staff, verdicts={item.pk: ("ok", "") for item in sent.items.all()})
    clerk = make_user("vanthu@snv.example", Role.OFFICER, other)
    answer_everything(interior, clerk)
    interior.answers.filter(action__position=2).update(status="partly")
    submit_report(Assignment.objects.get(pk=interior.pk), actor=clerk)
    return summary(health.directive, now=DEADLINE)


@pytest.mark.parametrize("frame", [SCREEN, PAPER], ids=["screen", "paper"])
def test_a_column_is_as_high_as_its_share_of_all_agencies(frame):
    chart = by_day(progress_of(0, 5, 10), frame)
    room = chart.bottom - chart.top
    assert [column.height for column in chart.columns] == [0, room // 2, room]
    assert all(column.y + column.height == chart.bottom for column in chart.columns)
    assert [column.value for column in chart.columns] == ["0", "5", "10"]
    assert [column.label for column in chart.columns] == ["26/4", "27/4", "28/4"]


@pytest.mark.parametrize("frame", [SCREEN, PAPER], ids=["screen", "paper"])
def test_the_drawing_keeps_inside_its_frame_however_many_days(frame):
    long = progress_of(1, last=date(2023, 6, 20), deadline_on=date(2023, 6, 20))
    chart = by_day(long, frame)
    assert len(chart.columns) == 56
    assert sum(bool(column.label) for column in chart.columns) <= frame.labels
    assert chart.columns[-1].x + chart.columns[-1].width <= frame.width
    assert chart.deadline_x <= frame.width


def test_the_deadline_stands_after_its_day_and_days_to_come_are_empty():
    chart = by_day(progress_of(2, last=date(2023, 4, 28)))
    assert [column.value for column in chart.columns] == ["2", "", ""]
    assert chart.columns[-1].x < chart.deadline_x
    assert chart.deadline == "28/4"
    assert by_day(progress_of(2, deadline_on=None)).deadline_x is None


def test_a_group_shows_acknowledged_sent_and_silent(read):
    chart = by_group(read, NAMES)
    assert [(bar.full_name, bar.value, bar.counts) for bar in chart.bars] == [
        (str(Agency.Kind.DEPARTMENT.label), "2/2", (1, 1, 0)),
        (str(Agency.Kind.DISTRICT.label), "0/1", (0, 0, 1)),
    ]
    assert [[part.fill for part in bar.parts] for bar in chart.bars] == [[FULL, LIGHT], [OPEN]]


def test_an_action_shows_done_partly_and_without_a_result(read):
    chart = by_action(read)
    assert [bar.counts for bar in chart.bars] == [(2, 0, 1), (1, 1, 1), (2, 0, 1), (2, 0, 1), (2, 0, 1)]
    assert chart.bars[1].full_name == "2. Nội dung 2"


@pytest.mark.parametrize("frame", [SCREEN, PAPER], ids=["screen", "paper"])
def test_the_pieces_of_a_bar_lie_end_to_end_and_rows_do_not_overlap(read, frame):
    chart = by_action(read, frame)
    for bar in chart.bars:
        assert all(one.x + one.width == then.x for one, then in pairwise(bar.parts))
        assert bar.parts[-1].x + bar.parts[-1].width <= frame.width
    tops = [bar.y for bar in chart.bars]
    assert all(then - one > chart.thickness for one, then in pairwise(tops))
    assert tops[-1] + chart.thickness <= chart.height


def test_a_long_title_is_cut_in_the_drawing_and_whole_in_the_table(read):
    read.actions[0].__dict__["title"] = "Cổng thông tin điện tử của cơ quan " * 4
    bar = by_action(read).bars[0]
    assert bar.name.endswith("…")
    assert len(bar.full_name) > 100


def test_a_directive_without_agencies_still_draws(db):
    directive = make_cast().issue()[0].directive
    Assignment.objects.update(state="withdrawn")
    read = summary(directive, now=DEADLINE)
    assert by_group(read, NAMES).bars == ()
    assert [bar.parts for bar in by_action(read).bars] == [()] * 5
    assert by_day(read.progress).columns
