"""Where there is no Celery: a thread of the web process has long papers printed in a process of their own.

A request is never held up by it, neither by the printer's lock nor by a busy interpreter, and a paper that takes
too much brings down nothing but that process.
"""

import logging
import subprocess
import sys
import threading

from django.conf import settings

# Time for several papers; each has its own limit, and what is left over is begun again.
CHILD_SECONDS = 600

logger = logging.getLogger(__name__)


class Room(threading.Thread):
    """Starts a printing process whenever it is woken, one at a time."""

    def __init__(self):
        super().__init__(name="papers", daemon=True)
        self.woken = threading.Event()

    def run(self):
        """Print when woken, as long as the process lives."""
        while True:
            self.woken.wait()
            self.woken.clear()
            print_waiting()


def print_waiting() -> None:
    """Print all that waits in a process of its own, and come back when it has ended."""
    command = [sys.executable, "manage.py", "print_papers"]
    try:
        ended = subprocess.run(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, timeout=CHILD_SECONDS)  # noqa: S603 our own command
    except (OSError, subprocess.TimeoutExpired):
        logger.exception("The printing process could not do its work; the next sweep starts another.")
    else:
        if ended.returncode:
            logger.warning("The printing process ended with status %s.", ended.returncode)


_starting = threading.Lock()
_room: Room | None = None


def wake() -> None:
    """Have what waits printed soon; returns at once."""
    global _room
    with _starting:
        if _room is None or not _room.is_alive():
            _room = Room()
            _room.start()
        _room.woken.set()
