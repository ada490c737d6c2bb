"""Run the suite in its stages and end with one line of totals; `./dev test` calls it.

Two lanes side by side: everything on SQLite; everything again (but what is marked `once`), and what needs a server,
on PostgreSQL and Redis, then the browser, there as well. The first lane is seen as it runs, the second when a stage
has ended. `fast` is SQLite only, `slow` adds the long tests, and all other arguments go to pytest. A stage that
fails, or that executes no test, makes the whole run fail.
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


SQLITE = Stage("SQLite", "not browser and not server")
SERVERS = Stage("PostgreSQL and Redis", "not browser and not once", servers=True)
BROWSER = Stage("browser", "browser", servers=True)
LANES = [[SQLITE], [SERVERS, BROWSER]]


class Run:
    """One stage under way: its process, the servers behind it, and where it writes."""

    def __init__(self, stage: Stage, arguments: list[str], *, slow: bool, is_seen: bool):
        self.stage, self.has_arguments, self.started = stage, bool(arguments), time.monotonic()
        with ExitStack() as stack:
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="alertdesk-test-"))
            self._report, self._output = Path(scratch, "report.xml"), Path(scratch, "output.txt")
            marks = stage.marks if slow else f"({stage.marks}) and not slow"
            command = [sys.executable, "-m", "pytest", "-m", marks, f"--junit-xml={self._report}", *arguments]
            output = None if is_seen else stack.enter_context(self._output.open("wb"))
            environment = _environment(stage, scratch, stack)
            self.process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
            self._stack = stack.pop_all()
        print(f"== {stage.name}{'' if is_seen else ' (beside it; shown at its end)'}", flush=True)

    def finish(self) -> tuple[Counts, bool]:
        """Show what has not been seen, clear up, and return the counts and whether the stage counts as good."""
        status = self.process.wait()
        if self._output.exists():
            print(f"== {self.stage.name}\n{self._output.read_text(errors='replace')}", flush=True)
        counts = read_counts(self._report, status)
        self._stack.close()
        print(f"== {self.stage.name}: {counts} in {time.monotonic() - self.started:.0f} s\n", flush=True)
        executed = counts.passed + counts.failed
        nothing_asked = self.has_arguments and status in (0, NO_TESTS)
        return counts, nothing_asked or (status == 0 and executed > 0)

    def stop(self) -> None:
        """Wait for a run that was told to stop; pytest gets the time to stop what it started itself."""
        self.process.wait(timeout=30)
        self._stack.close()


def _environment(stage: Stage, scratch: str, stack: ExitStack) -> dict[str, str]:
    environment = os.environ | {"VAR_DIR": scratch, "EMBEDDED_SCHEDULER": "0"}
    if stage.servers:
        postgres, redis = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")
        environment["DATABASE_URL"] = postgres or stack.enter_context(throwaway.postgres())
        environment["REDIS_URL"] = redis or stack.enter_context(throwaway.redis())
    return environment


def main(arguments: list[str]) -> int:
    """Run the stages asked for, print the totals, return the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    mode = arguments.pop(0) if arguments[:1] in (["fast"], ["slow"]) else ""
    lanes = [[SQLITE]] if mode == "fast" else [list(lane) for lane in LANES]
    total, good = run_lanes(lanes, arguments, slow=mode == "slow")
    if not total.passed + total.failed:
        print("No test was executed.")
        good = False
    print(total)
    return 0 if good else 1


def run_lanes(lanes: list[list[Stage]], arguments: list[str], *, slow: bool) -> tuple[Counts, bool]:
    """Run each lane's stages one after the other, the lanes side by side; return all counts and whether all is good."""
    total, good = Counts(), True
    running: dict[int, Run] = {}
    try:
        while running or any(lanes):
            for number, lane in enumerate(lanes):
                if number in running and running[number].process.poll() is not None:
                    counts, stage_good = running.pop(number).finish()
                    total, good = total + counts, good and stage_good
                if number not in running and lane:
                    running[number] = Run(lane.pop(0), arguments, slow=slow, is_seen=number == 0)
            time.sleep(0.2)
    except BaseException as stopped:
        for run in running.values():
            if not isinstance(stopped, KeyboardInterrupt):  # Ctrl-C has reached pytest from the terminal
                run.process.send_signal(signal.SIGINT)
            run.stop()
        raise
    return total, good


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
