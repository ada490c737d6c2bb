"""How the fault runs count: by Message-ID, what was cancelled left out."""

from .counting import Outcome, count

ROWS = [("<1>", "sent", False), ("<2>", "sent", True), ("<3>", "sent", False), ("<4>", "cancelled", False)]


def test_what_never_arrived_is_lost_and_what_arrived_again_doubled():
    assert count(ROWS, ["<1>", "<2>", "<2>"], kills=1) == Outcome(planned=3, sent=2, lost=1, doubled=1, kills=1)


def test_a_double_that_nobody_marked_is_told_apart():
    assert count(ROWS, ["<1>", "<1>", "<1>", "<2>", "<3>"]).unmarked == 1
    assert count(ROWS, ["<1>", "<1>", "<1>", "<2>", "<3>"]).doubled == 2
