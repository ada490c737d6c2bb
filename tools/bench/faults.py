"""What the faults of tests/faults cost in their full size: messages lost and doubled, with the guard and without."""

import sys
from collections.abc import Iterator

from tests.faults.arena import open_arena
from tests.faults.cases import CASES

from .figures import Figure

FIGURES = ("planned", "sent", "lost", "doubled", "kills")


def measure(_world=None) -> Iterator[Figure]:
    """Yield the counts of every fault; each run has servers and processes of its own."""
    with open_arena() as arena:
        for name, case in CASES.items():
            outcome = case.run(arena, full=True)
            print(f"{name}: {outcome}", file=sys.stderr, flush=True)
            for figure in FIGURES:
                yield Figure("faults", name, figure, getattr(outcome, figure), "count")
