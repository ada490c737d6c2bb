"""What papers cost: one reply against bare WeasyPrint, a batch on one and on two workers, a long summary, a kept file.

Every case runs in a warm process of its own, so that its peak memory is its own. What is compared takes turns.
"""

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from statistics import median

from directives.models import Assignment, PaperFile, PaperJob
from directives.papers.keeping import paper_of

from . import paper_cases
from .figures import Figure
from .world import World

BATCH, BATCHES = 32, 5


def measure(world: World) -> Iterator[Figure]:
    """Yield the figures of each case; ratios compare what was measured in the same run."""
    reply, directive = world.submitted.pk, world.directive.pk
    cases = {
        "reply": (paper_cases.reply, reply),
        "summary_150": (paper_cases.summary, directive),
        "cached": (paper_cases.cached, reply),
    }
    for name, (case, pk) in cases.items():
        with _workers(1, reply) as one:
            figures = one.submit(case, pk).result()
        yield from (Figure("papers", name, *figure) for figure in figures)
    yield from (Figure("papers", "batch_32", *figure) for figure in _batch(directive))


def _workers(count: int, assignment: int) -> ProcessPoolExecutor:
    """Return processes that have printed once before they are asked."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=spawn, initializer=paper_cases.begin, initargs=(assignment,))


def _batch(directive: int) -> list[tuple]:
    """Print 32 replies as jobs, on one worker and on two in turn."""
    rows = list(Assignment.objects.filter(directive=directive).order_by("pk")[:BATCH])
    with _workers(1, rows[0].pk) as one, _workers(2, rows[0].pk) as two:
        for workers in (one, two):
            list(workers.map(paper_cases.wait, range(4)))
        spent = [(_print_all(one, rows), _print_all(two, rows)) for _round in range(BATCHES)]
        _name, peak, unit = max(two.map(paper_cases.peak, range(4)))
    alone = median(single for single, _double in spent)
    speedup = median(single / double for single, double in spent)
    return [
        ("ms", round(alone, 1), "ms"),
        ("speedup_2_workers", round(speedup, 2), "ratio"),
        ("peak_mb", peak, unit),
    ]


def _print_all(workers: ProcessPoolExecutor, assignments: list[Assignment]) -> float:
    """Return the milliseconds that the workers need for one job per assignment, none of them printed before."""
    PaperJob.objects.all().delete()
    PaperFile.objects.all().delete()
    papers = [paper_of("reply", assignment) for assignment in assignments]
    jobs = [PaperJob.objects.create(paper=paper, key=f"{number}").pk for number, paper in enumerate(papers)]
    started = time.perf_counter()
    done = list(workers.map(paper_cases.print_job, jobs))
    spent = (time.perf_counter() - started) * 1000
    if not all(done) or PaperJob.objects.filter(state="ready").count() != len(jobs):
        raise RuntimeError("Not every paper of the batch was printed.")
    return spent
