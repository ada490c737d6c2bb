"""One rule for deadlines: what a loaded row says and what the database finds are the same."""

from datetime import timedelta
from itertools import product

import pytest

from directives.models import Assignment, RequiredAction
from tests.cast import DEADLINE, make_cast

pytestmark = pytest.mark.django_db
EARLY, LATE = DEADLINE - timedelta(days=1), DEADLINE + timedelta(days=4)


@pytest.fixture
def cast():
    return make_cast()


def test_an_extension_comes_before_an_actions_own_deadline_and_never_shortens_it():
    assignment = Assignment(due_at=DEADLINE)
    own_early, own_late, without = (RequiredAction(due_at=due_at) for due_at in (EARLY, LATE, None))
    assert [assignment.due_for(a) for a in (own_early, own_late, without)] == [EARLY, LATE, DEADLINE]
    assignment.is_extended = True
    assert [assignment.due_for(a) for a in (own_early, own_late, without)] == [DEADLINE, LATE, DEADLINE]


def test_without_actions_the_assignments_own_deadline_counts():
    assert Assignment(due_at=DEADLINE).first_due_at([]) == DEADLINE


@pytest.mark.parametrize("owns", [*product((None, EARLY, LATE), repeat=2)])
@pytest.mark.parametrize("is_extended", [False, True])
def test_the_database_finds_overdue_what_a_loaded_row_calls_overdue(cast, owns, is_extended):
    assignment = cast.issue(cast.health, actions=2)[0]
    Assignment.objects.update(is_extended=is_extended)
    for action, due_at in zip(assignment.directive.actions.all(), owns, strict=True):
        RequiredAction.objects.filter(pk=action.pk).update(due_at=due_at)
    loaded = Assignment.objects.get()
    actions = list(loaded.directive.actions.all())
    for moment in (EARLY, DEADLINE, LATE):
        for now in (moment, moment + timedelta(seconds=1)):
            assert Assignment.objects.overdue(now).exists() == loaded.is_overdue(actions, now)
