"""What one paper may take at the most: memory of the process that prints it, and time."""

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MEGABYTE = 1024 * 1024
# Address space, libraries and all: a summary of 2,000 agencies needs about a half of it.
MEMORY = 2048 * MEGABYTE
# Computing time of one paper, which other programs of the machine do not use up; and when its worker is stopped at the
# latest, well before the lease of the job ends.
SECONDS, HARD_SECONDS = 100, 240


class TooLong(Exception):
    """A paper took more computing time than it may."""


def limit_memory() -> None:
    """Hold this process to the memory that a paper may take: what asks for more gets a MemoryError."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


@contextmanager
def limited_time(seconds: int = SECONDS) -> Iterator[None]:
    """Raise TooLong in the block when it computes too long; only a process's main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_long(_signal, _frame) -> None:
    raise TooLong
