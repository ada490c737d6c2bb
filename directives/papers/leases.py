"""Who prints a job now: a lease in the database, by the database's clock, like that of a delivery.

A printer writes to a job only while it carries the printer's own token, so one that was held up for too long cannot
undo what another did since.
"""

import secrets
from datetime import timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.db.models.functions import Now

from directives.models import TRIES, PaperFile, PaperJob

State, Problem = PaperJob.State, PaperJob.Problem
# Longer than a worker may take for one paper: while it lives, nobody else begins.
LEASE_SECONDS = 270


def claim(pk: int, *, after_loss: bool = False) -> PaperJob | None:
    """Take a job that waits, or whose printer has not been heard of for too long; None where neither is so.

    `after_loss` takes it from its printer at once.
    """
    token = secrets.token_hex(16)
    until = ExpressionWrapper(Now() + timedelta(seconds=LEASE_SECONDS), output_field=DateTimeField())
    takeable = Q(state__in=(State.WAITING, State.WORKING)) if after_loss else _free()
    free = PaperJob.objects.filter(takeable, pk=pk, tries__lt=TRIES)
    changes = {"state": State.WORKING, "token": token, "lease_until": until, "tries": F("tries") + 1}
    if not free.update(**changes):
        return None
    related = ("paper__directive__issuer", "paper__assignment__agency", "asked_by")
    return PaperJob.objects.select_related(*related).get(pk=pk, token=token)


def finish(job: PaperJob, file: PaperFile) -> None:
    """Record that the paper is there."""
    _own(job).update(state=State.READY, file=file, problem="", letters="", token="", lease_until=None)


def fail(job: PaperJob, problem: str, letters: str = "") -> None:
    """Record that trying again would come to the same."""
    _own(job).update(state=State.FAILED, problem=problem, letters=letters[:40], token="", lease_until=None)


def put_back(job: PaperJob, problem: str) -> bool:
    """Let the job be tried again, or fail after the last try; whether it waits."""
    state = State.WAITING if job.tries < TRIES else State.FAILED
    _own(job).update(state=state, problem=problem, token="", lease_until=None)
    return state == State.WAITING


def start_over(job: PaperJob) -> None:
    """Let a job that ended, with a file that is gone or without one, be printed anew."""
    ended = PaperJob.objects.filter(pk=job.pk, state__in=(State.READY, State.FAILED))
    ended.update(state=State.WAITING, tries=0, problem="", letters="", file=None)
    job.refresh_from_db()


def give_up() -> int:
    """Fail the jobs whose last printer has not been heard of; returns how many."""
    lost = PaperJob.objects.filter(state=State.WORKING, lease_until__lt=Now(), tries=TRIES)
    return lost.update(state=State.FAILED, problem=Problem.LOST, token="", lease_until=None)


def waiting() -> list[int]:
    """Return the jobs that could be printed now, the oldest first."""
    return list(PaperJob.objects.filter(_free(), tries__lt=TRIES).values_list("pk", flat=True))


def _free() -> Q:
    return Q(state=State.WAITING) | Q(state=State.WORKING, lease_until__lt=Now())


def _own(job: PaperJob):
    return PaperJob.objects.filter(pk=job.pk, token=job.token, state=State.WORKING)
