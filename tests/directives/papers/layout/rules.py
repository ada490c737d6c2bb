"""A rule of Decree 30/2020/NĐ-CP, Annex I, as a check of a printed paper, and the list of all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from .paper import Paper

SIZE_SLACK = 0.05  # points, as sizes are read back
PLACE_SLACK = 1.5  # points, for edges and middles


@dataclass(frozen=True)
class Rule:
    """One check; it asserts, and `applies` says to which papers."""

    name: str
    check: Callable[[Paper], None]
    applies: Callable[[Paper], bool]


RULES: list[Rule] = []


def rule(applies: Callable[[Paper], bool] = lambda paper: True):
    """Add a check to the list; its docstring cites the row it stands for."""

    def _add(check):
        RULES.append(Rule(check.__name__, check, applies))
        return check

    return _add


def faults(paper: Paper) -> list[str]:
    """Return what a paper does against the rules that apply to it."""
    found = []
    for each in RULES:
        try:
            if each.applies(paper):
                each.check(paper)
        except AssertionError as error:
            found.append(f"{each.name}: {str(error).partition(chr(10))[0]}")
        except (StopIteration, ValueError, IndexError) as error:
            found.append(f"{each.name}: a part was not found ({type(error).__name__})")
    return found


# --- what many rules say ---


def assert_size(run, low: float, high: float) -> None:
    """The letters of a run have one size within a range."""
    assert len(run.sizes) == 1, f"{run.text!r} has several sizes {run.sizes}"
    assert low - SIZE_SLACK <= run.size <= high + SIZE_SLACK, f"{run.text!r} is {run.size:.2f} pt, not {low}-{high}"


def assert_face(run, face: str) -> None:
    """A run is set in one face."""
    assert run.faces == {face}, f"{run.text!r} is set {run.faces}, not {face or 'upright regular'!r}"


def assert_capital(run) -> None:
    """A run is in capitals."""
    assert run.text == run.text.upper(), f"{run.text!r} is not in capitals"


def assert_middle(run, middle: float, slack: float = PLACE_SLACK) -> None:
    """A run is centred on a place."""
    assert abs(run.middle - middle) <= slack, f"{run.text!r} has its middle at {run.middle:.1f}, not {middle:.1f}"


def the_rule_below(page, run):
    """Return the one rule under a run."""
    found = page.below(run)
    assert len(found) == 1, f"{len(found)} rules under {run.text!r}"
    return found[0]


def assert_part_rule(page, lines) -> None:
    """Under the last of some lines stands a rule of a third to a half of the longest or the last of them, centred."""
    drawn = the_rule_below(page, lines[-1])
    ratios = [drawn.width / line.width for line in (lines[-1], max(lines, key=lambda line: line.width))]
    assert any(1 / 3 - 0.005 <= ratio <= 0.505 for ratio in ratios), f"the rule is {ratios} of its line"
    assert abs(drawn.middle - lines[-1].middle) <= PLACE_SLACK, "the rule is not centred"
    assert drawn.colour == (0, 0, 0), "the rule is not black"
