"""Run the suite in its stages and end with one line of totals; `./dev test` calls it.

Stage by stage: everything on SQLite; everything again (but what is marked `once`), and what needs a
server, on PostgreSQL and Redis; the browser. `fast` is the first stage only, `slow` adds the long tests, and all other
arguments go to pytest. A stage that fails, or that executes no test, makes the whole run fail.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import throwaway

NO_TESTS = 5  # pytest's exit status when nothing was selected


@dataclass(frozen=True)
class Stage:
    """One run of pytest: which tests, and whether PostgreSQL and Redis stand behind them."""

    name: str
    marks: str
    servers: bool = False


@dataclass(frozen=True)
class Counts:
    """What became of a stage's tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


STAGES = [
    Stage("SQLite", "not browser and not server"),
    Stage("PostgreSQL and Redis", "not browser and not once", servers=True),
    Stage("browser", "browser"),
]


def main(arguments: list[str]) -> int:
    """Run the stages asked for, print the totals, return the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    mode = arguments.pop(0) if arguments[:1] in (["fast"], ["slow"]) else ""
    total, good = Counts(), True
    for stage in STAGES[:1] if mode == "fast" else STAGES:
        counts, stage_good = run_stage(stage, arguments, slow=mode == "slow")
        total, good = total + counts, good and stage_good
    if not total.passed + total.failed:
        print("No test was executed.")
        good = False
    print(total)
    return 0 if good else 1


def run_stage(stage: Stage, arguments: list[str], *, slow: bool) -> tuple[Counts, bool]:
    """Run one stage; return its counts and whether it counts as good."""
    print(f"== {stage.name}", flush=True)
    started = time.monotonic()
    marks = stage.marks if slow else f"({stage.marks}) and not slow"
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="alertdesk-test-"))
        environment = os.environ | {"VAR_DIR": scratch, "EMBEDDED_SCHEDULER": "0"}
        if stage.servers:
            environment["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(
                throwaway.postgres()
            )
            environment["REDIS_URL"] = os.environ.get("TEST_REDIS_URL") or stack.enter_context(throwaway.redis())
        report = Path(scratch, "report.xml")
        command = [sys.executable, "-m", "pytest", "-m", marks, f"--junit-xml={report}", *arguments]
        status = run_to_its_end(command, environment)
        counts = read_counts(report, status)
    print(f"== {stage.name}: {counts} in {time.monotonic() - started:.0f} s\n", flush=True)
    executed = counts.passed + counts.failed
    nothing_asked = bool(arguments) and status in (0, NO_TESTS)
    return counts, nothing_asked or (status == 0 and executed > 0)


def run_to_its_end(command: list[str], environment: dict[str, str]) -> int:
    """Run pytest; when we are stopped it gets the time to stop what it started itself."""
    with subprocess.Popen(command, env=environment) as process:
        try:
            return process.wait()
        except BaseException as stopped:
            if not isinstance(stopped, KeyboardInterrupt):  # Ctrl-C reaches pytest from the terminal
                process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            raise


def read_counts(report: Path, status: int) -> Counts:
    """Return the counts in pytest's report; a run that broke before writing one is one failure."""
    if not report.exists():
        return Counts(failed=1)
    suite = next(ElementTree.parse(report).iter("testsuite"))
    tests, failures, errors, skipped = (int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped"))
    failed = failures + errors
    if not failed and status not in (0, NO_TESTS):
        failed = 1
    return Counts(max(tests - failures - errors - skipped, 0), failed, skipped)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
