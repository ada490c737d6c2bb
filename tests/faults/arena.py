"""Where a fault is done: servers of this run alone, the product's processes, and a mail server that obeys.

Nothing named in the environment is used: PostgreSQL and Redis are started here, and every process gets
an environment of its own.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count as numbers
from pathlib import Path

import psycopg2

from tools import throwaway

from .counting import Outcome, count

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 180
QUICK = '{"lease": 3, "timeout": 2}'  # instead of minutes and half minutes
OPEN = """
    SELECT count(*), coalesce(sum(CASE WHEN state IN ('pending', 'sending') THEN 1 ELSE 0 END), 0)
    FROM directives_delivery WHERE channel = 'email'
"""
ROWS = "SELECT message_id, state, perhaps_double FROM directives_delivery WHERE channel = 'email'"


class Process:
    """A process of this run, in a group of its own; one that obeys gets orders as JSON lines."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path):
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                throwaway.ended_with_us([sys.executable, "-m", *arguments]),
                env=environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if arguments[0].endswith("sink") or "desk" in arguments else output,
                stderr=output,
                text=True,
                start_new_session=True,
            )
        self._log = log

    def order(self, **order):
        """Have one order carried out; returns the answer."""
        self.popen.stdin.write(json.dumps(order) + "\n")
        self.popen.stdin.flush()
        answer = self.popen.stdout.readline()
        if not answer:
            raise RuntimeError(f"{order} was not carried out:\n{self._log.read_text(errors='replace')[-3000:]}")
        return answer

    def children(self) -> list[int]:
        """Return the process ids that it has started (Linux)."""
        task = Path(f"/proc/{self.popen.pid}/task/{self.popen.pid}/children")
        return [int(pid) for pid in task.read_text().split()]

    def kill_children(self) -> None:
        """Kill -9 what it has started; the process itself lives on."""
        for pid in self.children():
            os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        """Kill -9 the process and all it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def stop(self) -> None:
        """End it in good order, and kill what is left of its group."""
        self.popen.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.popen.wait(timeout=10)
        self.kill()


class Run:
    """One database with its mail server, and the processes started on it."""

    postgres: throwaway.Server
    redis: throwaway.Server

    def __init__(self, url: str, environment: dict[str, str], folder: Path):
        self.url, self.folder, self._environment = url, folder, environment
        self._taken = folder / "taken"
        self._taken.touch()
        self._started: list[Process] = []
        self.port = throwaway.free_port()
        self._environment |= {"DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{self.port}"}
        self.sink = self._start("tests.faults.sink", str(self.port), str(self._taken))
        self.sink.popen.stdout.readline()

    def start(self, *role: str, interval: float = 1, **faults) -> Process:
        """Start a process of the product with a VAR_DIR of its own; `faults` are for `guards.apply`."""
        var = self.folder / f"var{len(self._started)}"
        wanted = json.dumps(json.loads(QUICK) | faults)
        extra = {"VAR_DIR": str(var), "SWEEP_INTERVAL_SECONDS": str(interval), "FAULTS": wanted}
        return self._start("tests.faults.launch", *role, **extra)

    def worker(self, **faults) -> Process:
        """Start a Celery worker with one child, so that what is killed is what sends."""
        return self.start("celery", "worker", "--concurrency", "1", "--loglevel", "WARNING", **faults)

    def beat(self, **faults) -> Process:
        """Start a beat that says "sweep" every second."""
        return self.start("celery", "beat", "--loglevel", "WARNING", **faults)

    def _start(self, *arguments: str, **extra: str) -> Process:
        log = self.folder / "log"
        process = Process(list(arguments), self._environment | extra, log)
        self._started.append(process)
        return process

    def behave(self, mode: str, **how) -> None:
        """Tell the mail server how to behave."""
        self.sink.order(mode=mode, **how)

    def taken(self) -> list[str]:
        """Return the Message-IDs that the mail server has written down, in order."""
        return [line.split()[0] for line in self._taken.read_text().splitlines()]

    def taken_per_second(self) -> float:
        """Return how fast the messages arrived, from the first to the last."""
        times = [float(line.split()[2]) for line in self._taken.read_text().splitlines()]
        return (len(times) - 1) / (times[-1] - times[0])

    def sql(self, statement: str) -> list[tuple]:
        """Run one statement on the database."""
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20) as connection:
                return connection.execute(statement).fetchall()
        return ask(self.url, statement)

    def is_done(self) -> bool:
        """Whether something was planned and nothing of it waits."""
        ((planned, waiting),) = self.sql(OPEN)
        return planned > 0 and not waiting

    def outcome(self, kills: int = 0) -> Outcome:
        """Count what became of the messages."""
        return count(self.sql(ROWS), self.taken(), kills)

    def wait(self, condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS, every: float = 0.05) -> bool:
        """Wait until it holds, looking so often (in seconds); whether it came to hold."""
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                return False
            time.sleep(every)
        return True

    def has_taken(self, number: int) -> Callable[[], bool]:
        """Return a condition: the mail server has written down so many."""
        return lambda: len(self.taken()) >= number

    def close(self) -> None:
        """Stop all that was started."""
        for process in reversed(self._started):
            process.stop() if process is not self.sink else process.kill()


class Arena:
    """The servers and the databases that runs are copied from."""

    def __init__(self, folder: Path, stack: ExitStack):
        self._folder, self._stack, self._numbers = folder, stack, numbers(1)
        self._built: dict[str, str] = {}
        self.postgres = stack.enter_context(throwaway.postgres_server())
        self._desk: Process | None = None

    def desk(self, run: Run | None = None) -> Process:
        """Return the process that builds, acts and sweeps, started once; it works on `run` from now on."""
        if self._desk is None:
            own = {"DATABASE_URL": self.postgres.url, "VAR_DIR": str(self._folder / "desk"), "FAULTS": QUICK}
            own["EMAIL_URL"] = "smtp://127.0.0.1:1"  # until it is told where to send
            self._desk = Process(["tests.faults.launch", "desk"], _environment() | own, self._folder / "desk.log")
            self._stack.callback(self._desk.kill)
        if run:
            self._desk.order(do="use", url=run.url, port=run.port)
        return self._desk

    @contextmanager
    def run(self, world: str, **size: int) -> Iterator[Run]:
        """Give a run on a copy of a world: `build` (agencies=…) or `build_story`."""
        template = self._template(world, size)
        number = next(self._numbers)
        url = self._sibling(f"run{number}")
        self._admin(f"CREATE DATABASE run{number} TEMPLATE {template}")
        with self._running(url, f"run{number}") as run:
            yield run

    @contextmanager
    def run_on_sqlite(self, **size: int) -> Iterator[Run]:
        """Give a run on a SQLite file of its own, without a broker."""
        folder = self._folder / f"sqlite{next(self._numbers)}"
        folder.mkdir()
        run = Run(f"sqlite:///{folder / 'site.sqlite3'}", _environment(), folder)
        try:
            run.start("desk").order(do="build", **size)
            yield run
        finally:
            run.close()

    @contextmanager
    def _running(self, url: str, name: str) -> Iterator[Run]:
        folder = self._folder / name
        folder.mkdir()
        with throwaway.redis_server() as redis:
            run = Run(url, _environment() | {"REDIS_URL": redis.url}, folder)
            run.postgres, run.redis = self.postgres, redis
            try:
                yield run
            finally:
                run.close()

    def _template(self, world: str, size: dict[str, int]) -> str:
        name = "_".join([world, *map(str, size.values())])
        if name not in self._built:
            self._admin(f"CREATE DATABASE {name}")
            self.desk().order(do="use", url=self._sibling(name))
            self.desk().order(do=world, **size)
            self._built[name] = name
        return name

    def _sibling(self, name: str) -> str:
        return f"{self.postgres.url.rpartition('/')[0]}/{name}"

    def _admin(self, statement: str) -> None:
        ask(self.postgres.url, statement)


def ask(url: str, statement: str) -> list[tuple]:
    """Run one statement on a database of `throwaway`, outside a transaction."""
    folder, _slash, name = url.removeprefix("postgres://postgres@/").rpartition("/")
    connection = psycopg2.connect(host=folder, user="postgres", dbname=name)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def _environment() -> dict[str, str]:
    """Return what every process of a run is given, and nothing of this machine's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
    return kept | {"READ_DOT_ENV": "0", "LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "alertdesk.settings"}


@contextmanager
def open_arena() -> Iterator[Arena]:
    """Start the servers; stop everything at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alertdesk-faults-")))
        yield Arena(folder, stack)
