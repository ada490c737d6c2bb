"""Replies of the desk: told at once, at most once a day, and none of them forgotten."""

import pytest

from alertdesk.lib import clock
from directives.models import Assignment, Notice, Remark, State
from directives.services.remarking import write_remark

from .conftest import sweep_at
from .test_messages import MAILBOX, mail_at, words

Kind = Notice.Kind


@pytest.fixture
def assignment(cast, way_out):
    (assignment,) = cast.issue(cast.health, deadline=clock.local(2023, 5, 26, 17))
    sweep_at(2023, 4, 26, 9)
    Assignment.objects.update(state=State.SUBMITTED)
    return Assignment.objects.get(pk=assignment.pk)


def write(assignment, actor, position: int, *moment: int):
    """Write a line to the thread of an action, as the desk or as the agency."""
    action = assignment.directive.actions.get(position=position)
    with clock.frozen(clock.local(2023, *moment)):
        write_remark(assignment, action, actor=actor, text="Đề nghị xem phụ lục.")


def told() -> list[str]:
    return [f"{n.occasion:%d/%m}" for n in Notice.objects.filter(kind=Kind.REPLY, address=MAILBOX).order_by("id")]


def test_a_second_reply_of_the_day_is_told_the_next_working_morning_with_all_that_are_open(cast, assignment, way_out):
    write(assignment, cast.staff, 1, 4, 27, 9)
    sweep_at(2023, 4, 27, 9)
    write(assignment, cast.staff, 3, 4, 27, 15)
    assert sweep_at(2023, 4, 27, 15)["planned"] == 0
    assert sweep_at(2023, 4, 28, 6)["planned"] == 0
    mail = mail_at(way_out, 2023, 4, 28, 7, 30)
    assert "Trả lời về nội dung 1. Nội dung 1" in words(mail)
    assert "Trả lời về nội dung 3. Nội dung 3" in words(mail)
    assert sweep_at(2023, 4, 28, 9)["planned"] == 0
    assert told() == ["27/04", "28/04"]


def test_what_the_agency_has_answered_meanwhile_is_not_told_again(cast, assignment, way_out):
    write(assignment, cast.staff, 1, 4, 27, 9)
    sweep_at(2023, 4, 27, 9)
    write(assignment, cast.staff, 3, 4, 27, 15)
    write(assignment, cast.officer, 3, 4, 27, 16)
    sweep_at(2023, 4, 28, 9)
    assert told() == ["27/04"]


def test_a_reply_on_the_eve_of_the_holiday_waits_for_its_end(cast, assignment, way_out):
    write(assignment, cast.staff, 1, 4, 28, 9)
    sweep_at(2023, 4, 28, 9)
    write(assignment, cast.staff, 3, 4, 28, 17)
    for day in ((4, 29), (5, 1), (5, 3)):
        sweep_at(2023, *day, 9)
    sweep_at(2023, 5, 4, 8)
    assert told() == ["28/04", "04/05"]


def test_nothing_is_told_of_a_report_no_longer_asked_for(cast, assignment, way_out):
    write(assignment, cast.staff, 1, 4, 27, 9)
    sweep_at(2023, 4, 27, 9)
    write(assignment, cast.staff, 3, 4, 27, 15)
    Assignment.objects.update(state=State.WITHDRAWN)
    sweep_at(2023, 4, 28, 9)
    assert told() == ["27/04"]
    assert Remark.objects.count() == 2
