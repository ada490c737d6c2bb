"""Ask for a paper and print it: at once where it is short, else as a job of its own that may be tried three times.

The row is the truth: a message to a worker may be lost or doubled, the sweep tells again of every job that waits.
"""

import logging
import time

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from agencies.models import User
from alertdesk.lib import clock
from directives.demo.clock import standing_clock
from directives.models import Assignment, Directive, Incident, Paper, PaperFile, PaperJob

from . import leases
from .keeping import clear_old, keep, kept_file, paper_of
from .kinds import Printable, content_of, is_long
from .limits import TooLong, limited_time
from .poke import poke
from .render import MissingGlyph, PaperError
from .sheet import paper_file_name

Problem = PaperJob.Problem
LOOK_EVERY = 0.05
TOLD_AT_ONCE = 100

logger = logging.getLogger(__name__)


def ask(
    kind: str, subject: Directive | Assignment | Incident, *, actor: User, file_format: str = "pdf", form: str = ""
) -> PaperFile | PaperJob:
    """Return the paper's file where this very content was printed before or is quickly printed, else its job.

    Raises PaperError for a text that cannot be printed. A long paper is not even read here.
    """
    paper, long = paper_of(kind, subject), is_long(kind, file_format, subject)
    content = None if long else content_of(kind, file_format, subject, form)
    if content and (kept := kept_file(paper, file_format, content.key)):
        return kept
    job = _job(paper, file_format, form, content.key if content else _minute(), actor)
    if job.is_open and content and settings.PAPERS_IN_PROCESS:
        work(job.pk, content)
        job.refresh_from_db()
    elif job.is_open:
        poke(job.pk)
    if job.problem == Problem.GLYPHS and content:
        raise MissingGlyph(list(job.letters))
    return job.file or job


def wait_for(job: PaperJob, seconds: float) -> PaperJob:
    """Return the job as soon as it has ended, or as it stands after some seconds."""
    ends_at = time.monotonic() + seconds
    while job.is_open and time.monotonic() < ends_at:
        time.sleep(LOOK_EVERY)
        job.refresh_from_db()
    return job


def try_again(job: PaperJob) -> None:
    """Print a job anew that failed, or whose file is gone."""
    leases.start_over(job)
    poke(job.pk)


def work(pk: int, content: Printable | None = None, *, after_loss: bool = False) -> bool:
    """Print one job, if nobody else is at it; whether it was ours. Never call it inside a transaction.

    `after_loss` says that the printer who had it is known to be gone.
    """
    job = leases.claim(pk, after_loss=after_loss)
    if job is None:
        return False
    try:
        with standing_clock(), limited_time():
            file = _printed(job, content)
    except PaperError as problem:
        leases.fail(job, Problem.GLYPHS, "".join(getattr(problem, "letters", ())))
    except Exception as error:  # whatever goes wrong in printing one paper, its row says so and others go on
        logger.exception("Printing %s failed, try %s.", job, job.tries)
        if leases.put_back(job, _problem(error)):
            poke(pk)
    else:
        leases.finish(job, file)
    return True


def work_off() -> int:
    """Print all that waits, the oldest first; returns how many jobs were taken."""
    taken = 0
    while any(works := [work(pk) for pk in leases.waiting()]):
        taken += sum(works)
    return taken


def tend() -> None:
    """Fail what was lost for the third time, tell again of what waits, clear away what nobody fetches."""
    leases.give_up()
    for pk in leases.waiting()[:TOLD_AT_ONCE]:
        poke(pk)
    clear_old()


def _printed(job: PaperJob, content: Printable | None) -> PaperFile:
    """Print a job's paper, unless exactly this has been printed before."""
    paper = job.paper
    content = content or content_of(paper.kind, job.format, paper.subject, job.form)
    if kept := kept_file(paper, job.format, content.key):
        return kept
    name = paper_file_name(paper.kind, paper.subject, job.format)
    return keep(paper, job.format, content.key, content.print(), name=name, actor=job.asked_by)


def _job(paper: Paper, file_format: str, form: str, key: str, actor: User) -> PaperJob:
    """Return the job for a content, to be done again where what it printed is gone or printing failed by accident."""
    found = {"paper": paper, "format": file_format, "form": form, "key": key}
    job, _made = PaperJob.objects.select_related("file").get_or_create(**found, defaults={"asked_by": actor})
    by_accident = job.state == PaperJob.State.FAILED and job.problem != Problem.GLYPHS
    if by_accident or (job.file and not job.file.file):
        leases.start_over(job)
    return job


def _minute() -> str:
    return f"{clock.now():%Y-%m-%dT%H:%M}"


def _problem(error: Exception) -> str:
    if isinstance(error, SoftTimeLimitExceeded | TooLong):
        return Problem.TIME
    return Problem.MEMORY if isinstance(error, MemoryError) else Problem.BROKEN
