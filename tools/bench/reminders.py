"""How fast the sender is, against the same messages by Django alone and by smtplib alone, in one run.

Everything goes to one mail server, which does nothing but write down what arrives. `per_s` of the workers is
counted there, from the first message to the last, so that starting a process is not part of it. The floors are
measured before and after the workers, and their mean stands: the machine may be busy with something else.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from tests.faults.arena import Arena, Run, open_arena

from .figures import Figure

NOTICES = int(os.environ.get("BENCH_NOTICES", "10000"))
TASKS = 2000
ROWS_PER_NOTICE = 2  # the notice and its delivery
UNHURRIED = {"lease": 120, "timeout": 20}


def measure(_world=None) -> Iterator[Figure]:
    """Plan, send with one worker and with two, and the floors around them."""
    with open_arena() as arena:
        yield _figure("planner", "per_s", _plan(arena), "rows/s")
        floors = [_floors(arena)]
        speeds = {f"{count}_worker{'s' if count > 1 else ''}": _send(arena, count) for count in (1, 2)}
        floors.append(_floors(arena))
        django, smtplib = (mean(times) for times in zip(*floors, strict=True))
        for case, per_s in {**speeds, "django": django, "smtplib": smtplib}.items():
            yield _figure(case, "per_s", per_s, "messages/s")
        yield _figure("celery_noop", "per_s", _nothing(arena), "tasks/s")
        for case, per_s in speeds.items():
            yield _figure(case, "ratio_to_django", per_s / django, "ratio")
            yield _figure(case, "ratio_to_smtplib", per_s / smtplib, "ratio")


def _figure(case: str, figure: str, value: float, unit: str) -> Figure:
    return Figure("reminders", case, figure, round(value, 3 if unit == "ratio" else 1), unit)


def _plan(arena: Arena) -> float:
    with arena.run("build", agencies=NOTICES) as run:
        return ROWS_PER_NOTICE * NOTICES / float(arena.desk(run).order(do="plan"))


def _floors(arena: Arena) -> tuple[float, float]:
    """Return messages a second by `send_messages` and by smtplib, each on one connection."""
    with arena.run("build", agencies=NOTICES) as run:
        desk = arena.desk(run)
        desk.order(do="plan")
        return tuple(NOTICES / float(desk.order(do=f"send_by_{way}", count=NOTICES)) for way in ("django", "smtplib"))


def _send(arena: Arena, workers: int) -> float:
    with arena.run("build", agencies=NOTICES) as run:
        arena.desk(run).order(do="plan")
        for _number in range(workers):
            run.worker(**UNHURRIED)
        run.beat()
        if not run.wait(run.is_done, seconds=1200, every=1):
            raise RuntimeError(f"Not all was sent: {run.outcome()}")
        return run.taken_per_second()


def _nothing(arena: Arena) -> float:
    """Return how many tasks that do nothing a worker gets through in a second."""
    with arena.run("build", agencies=1) as run:
        mark = run.folder / "done"
        run.worker()
        run.start("desk").order(do="ask_for_nothing", count=TASKS, mark=str(mark))
        return _growth(run, mark)


def _growth(run: Run, mark: Path) -> float:
    run.wait(mark.exists)
    begun, had = time.monotonic(), mark.stat().st_size
    run.wait(lambda: mark.stat().st_size >= TASKS)
    return (TASKS - had) / (time.monotonic() - begun)
