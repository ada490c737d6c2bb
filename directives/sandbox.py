"""Read an untrusted file in a process of its own, with limits on memory and time.

A file made to exhaust its reader, or one that brings down a parser's C library, then costs one refusal.
`run_reader` is the parent's side, `limit` the child's first act.
"""

import logging
import resource
import subprocess
import sys
from pathlib import Path

WALL_SECONDS = 30
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 30
_ROOT = Path(__file__).resolve().parents[1]
_log = logging.getLogger(__name__)


class ReaderStopped(Exception):
    """The child ran out of time or memory, or fell over."""


def run_reader(module: str, *arguments: str, data: bytes, seconds: float = WALL_SECONDS) -> str:
    """Return what a module of ours prints when it is given `data` on its standard input; raises ReaderStopped.

    The child gets none of this process's environment: no key, no database, no mail server.
    """
    try:
        done = subprocess.run(  # noqa: S603 the command is our own; the file goes in as data
            [sys.executable, "-m", module, *arguments],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8"},
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise ReaderStopped from error
    if done.returncode:
        _log.warning("reading a file ended with status %s: %s", done.returncode, _last_line(done.stderr))
        raise ReaderStopped
    return done.stdout.decode()


def limit() -> None:
    """Take from this process what reading needs not: more memory, more time, files of its own, a core dump."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _last_line(stderr: bytes) -> str:
    """Return the name of the child's last error, never the document's text."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].split(":")[0][:80] if lines else ""
