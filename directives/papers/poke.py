"""Tell somebody who prints that a job waits: a Celery worker, or this process's own room; may be lost or doubled."""

import logging

from celery import current_app
from django.conf import settings

from . import room

PRINT_TASK = "directives.tasks.print_paper"
# A message that nobody took for so long is worth nothing: the sweep has told again meanwhile.
EXPIRES_SECONDS = 600

logger = logging.getLogger(__name__)


def poke(pk: int) -> None:
    """Have a job printed; whatever goes wrong, the next sweep tells again."""
    if settings.EMBEDDED_SCHEDULER:
        room.wake()
    if settings.PAPERS_IN_PROCESS:
        return
    options = {"retry": False, "ignore_result": True, "expires": EXPIRES_SECONDS}
    try:
        current_app.send_task(PRINT_TASK, args=[pk], **options)
    except Exception as error:  # the broker's client raises its own, kombu's and the socket's errors
        logger.warning("The broker could not be told of a paper; the next sweep will do it: %s", error)
