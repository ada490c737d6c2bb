"""Read mutants, each in a process of its own under the sandbox's limits; prints what became of them as JSON.

`python -m tests.directives.intake.fuzz KIND COUNT SEED`. The processes are forked from this one: that
costs milliseconds where a fresh interpreter costs a second, and the limits are the same.
"""

import json
import os
import sys
import time
from collections import Counter

from directives.intake import DirectiveUnreadable, child
from directives.intake.sandbox import WALL_SECONDS
from tests.directives.intake.mutants import mutants

DRAFT, NAMED = 0, 10
_TICK = 0.002


def main(kind: str, count: int, seed: int) -> None:
    """Print {"outcomes": {…}, "bad": [numbers of mutants], "slowest": seconds}."""
    outcomes, bad, slowest = Counter(), [], 0.0
    for number, data in enumerate(mutants(kind, count, seed)):
        started = time.monotonic()
        outcome = _outcome(data)
        slowest = max(slowest, time.monotonic() - started)
        outcomes[outcome] += 1
        if outcome not in ("draft", "named", "too_heavy"):
            bad.append(number)
    json.dump({"outcomes": outcomes, "bad": bad, "slowest": round(slowest, 2)}, sys.stdout)


def _outcome(data: bytes) -> str:
    """Return what became of one mutant: draft, named, too_heavy (stopped by its memory limit), traceback, late …"""
    pid = os.fork()
    if not pid:
        _read_and_exit(data)
    deadline = time.monotonic() + WALL_SECONDS
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            known = {DRAFT: "draft", NAMED: "named", NAMED + 1: "traceback", NAMED + 2: "too_heavy"}
            return known.get(os.waitstatus_to_exitcode(status), f"exit {os.waitstatus_to_exitcode(status)}")
        time.sleep(_TICK)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return "late"


def _read_and_exit(data: bytes) -> None:
    """Read as the sandbox's child does and leave by an exit status."""
    child.limit()
    try:
        child.READERS["directive"](data)
        status = DRAFT
    except DirectiveUnreadable:
        status = NAMED
    except MemoryError:
        status = NAMED + 2
    except BaseException:
        status = NAMED + 1
        if os.environ.get("FUZZ_TRACEBACK"):
            sys.excepthook(*sys.exc_info())
    os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
