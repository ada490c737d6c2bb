"""Wake the sweep when something was written; a poke may be lost or doubled freely."""

import logging
import threading

from celery import current_app
from django.conf import settings
from django.db import transaction

SWEEP_TASK = "directives.tasks.sweep"

# The embedded scheduler waits on this.
WAKE = threading.Event()

logger = logging.getLogger(__name__)


def poke_on_commit() -> None:
    """Wake the sweep as soon as the current transaction is committed, not at all if it is rolled back."""
    transaction.on_commit(poke, robust=True)


def poke() -> None:
    """Wake the sweep of this installation; whatever goes wrong, the next scheduled sweep comes anyway."""
    if settings.EMBEDDED_SCHEDULER:
        WAKE.set()
    if not settings.REDIS_URL:
        return
    try:
        current_app.send_task(SWEEP_TASK, retry=False, ignore_result=True, expires=2 * settings.SWEEP_INTERVAL_SECONDS)
    except Exception as error:  # the broker's client raises its own, kombu's and the socket's errors
        logger.warning("The broker could not be told to sweep; the next scheduled sweep will do it: %s", error)
