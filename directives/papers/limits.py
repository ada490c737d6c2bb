"""What one paper may take at the most: memory of the process that prints it, and time."""

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MEGABYTE = 1024 * 1024
# Address space, libraries and all: a summary of 2,000 agencies needs about a half of it.
MEMORY = 2048 * MEGABYTE
# Below the lease of a job.
SECONDS, HARD_SECONDS = 100, 120


class TooLong(Exception):
    """A paper took longer than it may."""


def limit_memory() -> None:
    """Hold this process to the memory that a paper may take: what asks for more gets a MemoryError."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


@contextmanager
def limited_time(seconds: int = SECONDS) -> Iterator[None]:
    """Raise TooLong in the block when it lasts too long; only a process's main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _too_long(_signal, _frame) -> None:
    raise TooLong
