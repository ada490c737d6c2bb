"""The cases of the benchmark on papers, as they run in processes of their own; each returns (figure, value, unit)."""

import resource
import time
from collections.abc import Callable
from statistics import median

import django

django.setup()  # a spawned process begins here

from weasyprint import HTML  # noqa: E402

from directives.models import Assignment, Directive  # noqa: E402
from directives.papers import render_reply, render_summary  # noqa: E402
from directives.papers.jobs import ask, work  # noqa: E402
from directives.papers.keeping import fetch, kept_file  # noqa: E402
from directives.papers.kinds import content_of  # noqa: E402
from directives.papers.render import MemoryFetcher, set_for_print, warm  # noqa: E402
from directives.papers.standard import VARIANT  # noqa: E402

ROUNDS = 15
SUMMARIES = 3


def begin(assignment: int) -> None:
    """Print once, so that fonts and stylesheet are read."""
    render_reply(Assignment.objects.get(pk=assignment))


def reply(pk: int) -> list[tuple]:
    """Print a reply, beside WeasyPrint alone on the same HTML, stylesheet, fonts and variant; and from its rows."""
    assignment = Assignment.objects.get(pk=pk)
    content = content_of("reply", "pdf", assignment)
    html, (css, fonts) = set_for_print(content.html), warm()

    def bare() -> None:
        page = HTML(string=html, url_fetcher=MemoryFetcher(), media_type="print")
        page.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant=VARIANT)

    ours, from_rows, floor = _in_turn(content.print, lambda: render_reply(assignment), bare)
    return [
        ("ms", round(ours, 1), "ms"),
        ("ratio_to_bare", round(ours / floor, 2), "ratio"),
        ("from_rows_ms", round(from_rows, 1), "ms"),
        ("from_rows_ratio_to_bare", round(from_rows / floor, 2), "ratio"),
        peak(),
    ]


def summary(pk: int) -> list[tuple]:
    """Print the summary of all agencies from its rows, beside one reply."""
    directive = Directive.objects.get(pk=pk)
    first = directive.assignments.exclude(submission=None).earliest("pk")
    long, short = _in_turn(lambda: render_summary(directive), lambda: render_reply(first), rounds=SUMMARIES)
    return [("ms", round(long, 1), "ms"), ("ratio_to_reply", round(long / short, 1), "ratio"), peak()]


def cached(pk: int) -> list[tuple]:
    """Hand over a reply that was printed before, beside printing it; and ask for it again, reading its rows anew."""
    assignment = Assignment.objects.get(pk=pk)
    actor = assignment.submission.submitted_by
    kept, content = ask("reply", assignment, actor=actor), content_of("reply", "pdf", assignment)
    handed, again, printed = _in_turn(
        lambda: fetch(kept_file(kept.paper, "pdf", content.key), actor=actor),
        lambda: fetch(ask("reply", assignment, actor=actor), actor=actor),
        content.print,
    )
    return [
        ("ms", round(handed, 1), "ms"),
        ("ratio_to_render", round(handed / printed, 3), "ratio"),
        ("asked_again_ms", round(again, 1), "ms"),
        ("asked_again_ratio_to_render", round(again / printed, 3), "ratio"),
        peak(),
    ]


def print_job(pk: int) -> bool:
    """Print one job; whether it was there to be taken."""
    return work(pk)


def wait(_number: int) -> None:
    """Keep a worker busy long enough for all of them to be started."""
    time.sleep(0.5)


def peak(_number: int = 0) -> tuple:
    """Return the most memory that this process has held."""
    time.sleep(0.1)  # so that one worker does not answer for both
    return ("peak_mb", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1), "MB")


def _in_turn(*acts: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return each act's median in milliseconds; they take turns, so that a busy moment hits all."""
    times: list[list[float]] = [[] for _act in acts]
    for _round in range(rounds):
        for act, spent in zip(acts, times, strict=True):
            started = time.perf_counter()
            act()
            spent.append((time.perf_counter() - started) * 1000)
    return [median(spent) for spent in times]
