"""The embedded scheduler: a thread of the web process that sweeps where there is no Celery."""

import fcntl
import logging
import threading
from typing import TextIO

from django.conf import settings
from django.db import connections

from directives.papers import jobs

from .poke import WAKE
from .sweep import sweep_now

logger = logging.getLogger(__name__)


class Scheduler(threading.Thread):
    """Sweeps at once, at every interval and when poked, until told to stop.

    Of several processes the one that holds the lock keeps the rhythm; the others sweep only when
    poked, which is harmless beside the first.
    """

    def __init__(self):
        super().__init__(name="scheduler", daemon=True)
        self._stopping = threading.Event()
        self._lock: TextIO | None = None

    def run(self):
        """Sweep until stopped."""
        poked = False
        while not self._stopping.is_set():
            if poked or self._is_elected():
                self._sweep()
            poked = WAKE.wait(settings.SWEEP_INTERVAL_SECONDS)
            WAKE.clear()
        if self._lock:
            self._lock.close()

    def stop(self) -> None:
        """Finish the sweep under way and end the thread."""
        self._stopping.set()
        WAKE.set()
        self.join()

    def _is_elected(self) -> bool:
        """Take the lock or keep it; the system frees it when its process ends, however it ends."""
        if self._lock is None:
            lock = (settings.VAR_DIR / "scheduler.lock").open("a")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.close()
                return False
            self._lock = lock
        return True

    def _sweep(self) -> None:
        for work in (sweep_now, jobs.tend):  # neither keeps the other back
            try:
                work()
            except Exception:  # the rhythm has to outlive a database that is away for a while
                logger.exception("A sweep failed; the next one comes in %s s.", settings.SWEEP_INTERVAL_SECONDS)
        connections.close_all()


_starting = threading.Lock()
_running: Scheduler | None = None


def start() -> Scheduler:
    """Start the process's scheduler, once; returns it."""
    global _running
    with _starting:
        if _running is None or not _running.is_alive():
            _running = Scheduler()
            _running.start()
    return _running
