"""What the Celery worker does."""

from celery import shared_task

from directives.reminders.poke import SWEEP_TASK
from directives.reminders.sweep import sweep_now


@shared_task(name=SWEEP_TASK)
def sweep() -> None:
    """Plan and deliver what is due."""
    sweep_now()
