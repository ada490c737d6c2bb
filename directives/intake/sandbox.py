"""Read an untrusted file in a process of its own, with limits on memory and time.

A file made to exhaust its reader, or one that brings down a parser's C library, then costs one refusal.
"""

import json
import logging
import subprocess
import sys
from pathlib import Path

from .draft import Draft
from .errors import DirectiveUnreadable
from .reading import MAX_BYTES
from .scan_rows import ScanTable
from .vulnerability_rows import VulnerabilityTable
from .wire import unpacked, unpacked_scan, unpacked_table

WALL_SECONDS = 30
_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = [sys.executable, "-m", "directives.intake.child"]
_log = logging.getLogger(__name__)


def read_safely(data: bytes, name: str = "") -> Draft:
    """Return the draft of a file's bytes, or raise DirectiveUnreadable; never holds more than the file here.

    `name` is the file's name as the sender gave it; like `read_directive` this decides by the content alone.
    """
    return unpacked(_answer(data, "directive"))


def read_vulnerabilities_safely(data: bytes) -> VulnerabilityTable:
    """Return the weaknesses that a file lists, or raise DirectiveUnreadable."""
    return unpacked_table(_answer(data, "vulnerabilities"))


def read_scan_safely(data: bytes) -> ScanTable:
    """Return the rows of an agency's own scan, or raise DirectiveUnreadable."""
    return unpacked_scan(_answer(data, "scan"))


def _answer(data: bytes, what: str) -> str:
    """Return what the child printed, or raise the refusal that it named or came to.

    The child gets none of this process's environment: no key, no database, no mail server.
    """
    if len(data) > MAX_BYTES:
        raise DirectiveUnreadable("too_large")
    try:
        done = subprocess.run(  # noqa: S603 the command is our own; the file goes in as data
            [*_COMMAND, what],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8"},
            timeout=WALL_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise DirectiveUnreadable("too_heavy") from error
    if done.returncode:
        _log.warning("reading a file ended with status %s: %s", done.returncode, _last_line(done.stderr))
        raise DirectiveUnreadable("too_heavy")
    answer = done.stdout.decode()
    if answer.startswith('{"code": '):
        raise DirectiveUnreadable(json.loads(answer)["code"])
    return answer


def _last_line(stderr: bytes) -> str:
    """Return the name of the child's last error, never the document's text."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].split(":")[0][:80] if lines else ""
