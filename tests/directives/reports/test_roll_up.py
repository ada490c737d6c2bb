"""Units counted upwards: the sum over the leaves of any tree, each unit once, only of what is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertdesk.lib import clock
from directives.models import Assignment, State, Unit, UnitRow, units_below
from directives.reports.board import board
from directives.reports.numbers import numbers
from directives.reports.roll_up import Counts, Group, roll_up
from directives.reports.units import units_sent, units_written
from directives.services.answering import acknowledge, save_answer
from directives.services.submitting import submit_report
from tests.cast import ISSUED_AT, answer_everything, make_cast
from tests.directives.units import make_unit, passed_on, report

UNITS = st.builds(Unit, st.just("Xã"), st.booleans(), st.booleans(), st.booleans())
GIVEN = st.integers(0, 30).flatmap(
    lambda units: st.builds(Counts, st.just(units), st.integers(0, units), st.integers(0, units))
)
TREES = st.recursive(UNITS | GIVEN, lambda parts: st.lists(parts, max_size=5).map(lambda found: Group(tuple(found))))


def leaves(part):
    """Yield the leaves of a tree without recursion of its own kind: a stack."""
    open_parts = [part]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, Group):
            open_parts.extend(part.parts)
        else:
            yield part


@pytest.mark.once
@given(TREES)
def test_roll_up_is_the_sum_over_the_leaves_of_any_tree(tree):
    found = list(leaves(tree))
    units = [leaf for leaf in found if isinstance(leaf, Unit)]
    given_counts = [leaf for leaf in found if isinstance(leaf, Counts)]
    counts = roll_up(tree)
    assert counts.units == len(units) + sum(leaf.units for leaf in given_counts)
    assert counts.sent == sum(u.is_sent for u in units) + sum(leaf.sent for leaf in given_counts)
    assert counts.reported == sum(u.is_reported for u in units) + sum(leaf.reported for leaf in given_counts)
    assert (counts.listed, counts.received) == (len(units), sum(u.is_received for u in units))
    assert counts.open >= 0


@pytest.mark.once
@given(TREES, TREES)
def test_roll_up_of_a_group_is_the_roll_ups_added(one, other):
    assert roll_up(Group((one, other))) == roll_up(one) + roll_up(other)


ROWS = [
    {"row": "unitrow", "name": "Xã  MINH HỌA 1", "sent_on": "2023-04-26", "is_received": True, "is_done": True},
    {"row": "unitrow", "name": "Xã Minh họa 3", "sent_on": "2023-04-26", "is_received": False, "is_done": True},
    {"row": "unitrow", "name": "Xã Minh họa 4", "sent_on": None, "is_received": False, "is_done": False},
]


@pytest.mark.once
def test_a_unit_that_is_a_row_and_reports_here_counts_once_by_its_report():
    child = Assignment(agency_name="UBND xã Minh họa 1", agency_short_name="UBND xã Minh họa 1", state=State.SENT)
    units = units_below(ROWS, [child])
    assert [unit.name for unit in units] == ["UBND xã Minh họa 1", "Xã Minh họa 3", "Xã Minh họa 4"]
    assert roll_up(Group(tuple(units))) == Counts(units=3, sent=2, reported=1, listed=3, received=1)


@pytest.mark.once
def test_a_unit_that_was_let_go_counts_by_its_row():
    child = Assignment(agency_name="UBND xã Minh họa 1", agency_short_name="", state=State.WITHDRAWN)
    assert len(units_below(ROWS, [child])) == 3
    assert units_below([], [child]) == []


@pytest.fixture
def cast(db):
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def two(cast):
    """Two communes with an account, the directive passed on to both."""
    pairs = [make_unit(cast.town, number) for number in (1, 2)]
    return list(zip(passed_on(cast, *(unit for unit, _officer in pairs)), (o for _u, o in pairs), strict=True))


def cascade_answer(assignment):
    return assignment.answers.get(action__kind="cascade")


def test_the_agencys_figures_count_the_units_own_reports(cast, two):
    (first, officer), (second, _other) = two
    report(first, officer)
    acknowledge(second, actor=_other)
    town = first.parent
    answer = cascade_answer(town)
    rows = [unit_row(row) for row in ROWS[1:]]
    save_answer(answer, actor=cast.head, version=0, status="partly", note="Còn 2 xã.", rows=rows)
    assert (answer.total, answer.done, answer.extra) == (4, 3, 2)
    counts = units_written(town, now=clock.now()).counts
    assert counts == Counts(units=4, sent=3, reported=2, listed=4, received=3)


def unit_row(values):
    from_dict = {name: value for name, value in values.items() if name != "row"}
    return UnitRow(**from_dict)


def test_what_is_sent_counts_the_units_as_they_are_then(cast, two):
    (first, officer), (second, other) = two
    town = first.parent
    answer_everything(town, cast.head)
    report(first, officer)
    town.refresh_from_db()
    sent = submit_report(town, actor=cast.head).items.get(action__kind="cascade")
    assert (sent.total, sent.done, sent.extra) == (2, 2, 1)
    report(second, other)
    assert units_sent(Assignment.objects.get(pk=town.pk), now=clock.now()).counts.reported == 2


def test_the_desk_sees_the_units_and_not_what_the_agency_is_still_writing(cast, two):
    town = two[0][0].parent
    answer = cascade_answer(town)
    save_answer(answer, actor=cast.head, version=0, status="partly", note="…", rows=[unit_row(ROWS[1])])
    town.refresh_from_db()
    assert units_sent(town, now=clock.now()).counts.units == 2
    assert units_written(town, now=clock.now()).counts.units == 3


def test_the_board_has_the_agencys_row_only_with_its_units_in_the_cell(cast, two):
    (first, officer), _second = two
    report(first, officer)
    read = board(first.directive, now=clock.now())
    assert [row.name for row in read.rows] == ["Sở Y tế", "UBND thành phố Quy Nhơn"]
    assert read.rows[1].cells[4].units == Counts(units=2, sent=2, reported=1, listed=2, received=1)
    assert read.heads[4].units.units == 2
    counted = numbers(first.directive, now=clock.now())
    assert (counted.agencies, counted.reported, counted.to_review) == (2, 0, 0)


def test_counts_given_without_names_are_taken_as_they_are(cast):
    town = cast.issue()[1]
    answer_everything(town, cast.head)
    town.refresh_from_db()
    submit_report(town, actor=cast.head)
    town.refresh_from_db()
    assert units_sent(town, now=clock.now()).counts == Counts(units=4, sent=4, reported=0)
