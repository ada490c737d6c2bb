"""Nothing is lost and nothing doubled, whatever breaks; without the guard the same harness sees it happen.

The short form; the full one has the sizes that docs/reminders.md gives its figures for.
"""

import pytest

from .arena import open_arena
from .cases import CASES

pytestmark = pytest.mark.server
GUARDED = [name for name, case in CASES.items() if not case.guard]
CONTROLS = [name for name, case in CASES.items() if case.guard]
LONG = {"redis_sigkill", "smtp_hangs"} | set(CONTROLS) - {"kill_9_guard_off", "smtp_drops_guard_off"}


def _short_first(names: list[str]) -> list:
    return [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in names]


@pytest.fixture(scope="module")
def arena():
    with open_arena() as opened:
        yield opened


def _assert_kept(outcome) -> None:
    assert outcome.planned > 0, outcome
    assert outcome.sent == outcome.planned, outcome
    assert outcome.lost == 0, outcome
    assert outcome.doubled <= outcome.kills, outcome
    assert outcome.unmarked == 0, outcome


@pytest.mark.parametrize("name", _short_first(GUARDED))
def test_nothing_is_lost_and_nothing_doubled_but_what_was_killed_in_mid_send(arena, name):
    _assert_kept(CASES[name].run(arena))


@pytest.mark.slow
@pytest.mark.parametrize("name", GUARDED)
def test_the_same_holds_in_the_full_size(arena, name):
    _assert_kept(CASES[name].run(arena, full=True))


@pytest.mark.parametrize("name", _short_first(CONTROLS))
def test_with_the_guard_off_the_harness_sees_the_loss_or_the_doubles(arena, name):
    outcome = CASES[name].run(arena)
    assert outcome.lost or outcome.doubled > outcome.kills, outcome
