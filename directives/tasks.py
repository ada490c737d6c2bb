"""What the Celery workers do."""

from celery import shared_task

from directives.papers import jobs
from directives.papers.limits import HARD_SECONDS, limit_memory
from directives.papers.poke import PRINT_TASK
from directives.reminders.poke import SWEEP_TASK
from directives.reminders.sweep import sweep_now


@shared_task(name=SWEEP_TASK)
def sweep() -> None:
    """Plan and deliver what is due; have printed what waits."""
    try:
        sweep_now()
    finally:
        jobs.tend()


@shared_task(name=PRINT_TASK, bind=True, soft_time_limit=HARD_SECONDS - 10, time_limit=HARD_SECONDS)
def print_paper(self, pk: int) -> None:
    """Print one paper; a message that comes again after its worker was lost takes the job at once."""
    limit_memory()
    jobs.work(pk, after_loss=bool((self.request.delivery_info or {}).get("redelivered")))
