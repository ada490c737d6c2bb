"""Faults done to the processes and servers of a Celery site, and to two embedded schedulers."""

import signal
import subprocess

from .arena import Arena, Process, Run
from .counting import Outcome

# Makes the sending last long enough for a fault to fall into it.
SLOW_MS = 4
# Who is not killed while a server is silent or away has to live through it.
UNHURRIED = {"lease": 10, "timeout": 20}


def kill_9(arena: Arena, messages: int, kills: int, *, guard: str = "") -> Outcome:
    """Kill the sending child of a worker again and again, the whole worker now and then.

    Every second kill falls exactly between the mail server's taking a message and its answer.
    """
    with arena.run("build", agencies=messages) as run:
        run.behave("ok", delay_ms=SLOW_MS)
        run.beat()
        workers = [run.worker(guard=guard, **UNHURRIED) for _number in range(2)]
        for number in range(kills):
            run.wait(run.has_taken(messages * (number + 1) // (kills + 1)))
            if number % 2 == 0:
                _wait_for_silence(run)
            workers[0] = _kill(run, workers[0], whole=number % 6 == 0, guard=guard)
            run.behave("ok", delay_ms=SLOW_MS)
            workers.reverse()
        run.wait(run.is_done)
        return run.outcome(kills)


def _wait_for_silence(run: Run) -> None:
    """Let every sender wait for the answer to a message that has been taken."""
    had = len(run.taken())
    run.behave("pause")
    run.wait(run.has_taken(had + 1), seconds=2)


def _kill(run: Run, worker: Process, *, whole: bool, guard: str) -> Process:
    """Kill -9; returns the worker that goes on in its place."""
    if whole:
        worker.kill()
        return run.worker(guard=guard, **UNHURRIED)
    worker.kill_children()
    return worker


def redis_flushall(arena: Arena, messages: int, *, guard: str = "") -> Outcome:
    """Empty the broker while messages are sent in short sweeps, each of which has to be asked for."""
    with arena.run("build", agencies=messages) as run:
        _send_in_short_sweeps(run, guard)
        run.wait(run.has_taken(messages // 3))
        subprocess.run(["redis-cli", "-u", run.redis.url, "flushall"], check=True, stdout=subprocess.DEVNULL)
        _wait_or_give_up(run, guard)
        return run.outcome()


def redis_sigkill(arena: Arena, messages: int, *, guard: str = "") -> Outcome:
    """Kill the broker, which keeps nothing, and start it again empty."""
    with arena.run("build", agencies=messages) as run:
        _send_in_short_sweeps(run, guard)
        run.wait(run.has_taken(messages // 3))
        run.redis.stop(signal.SIGKILL)
        run.redis.start()
        _wait_or_give_up(run, guard)
        return run.outcome()


def _send_in_short_sweeps(run: Run, guard: str) -> None:
    run.behave("ok", delay_ms=SLOW_MS)
    run.worker(guard=guard, budget=0.3)
    run.beat()


def _wait_or_give_up(run: Run, guard: str) -> None:
    """Wait for the end; without the guard it never comes, so stop when nothing more arrives."""
    had = -1
    while not run.wait(run.is_done, seconds=15 if guard else 60) and len(run.taken()) > had:
        had = len(run.taken())


def two_beats(arena: Arena, messages: int, *, guard: str = "") -> Outcome:
    """Say "sweep" twice every second to two workers."""
    with arena.run("build", agencies=messages) as run:
        run.behave("ok", delay_ms=SLOW_MS)
        for _number in range(2):
            run.worker(guard=guard)
            run.beat()
        run.wait(run.is_done)
        return run.outcome()


def postgres_restart(arena: Arena, messages: int, restarts: int, *, guard: str = "") -> Outcome:
    """Restart PostgreSQL at once, between a message and its answer, while two workers send."""
    with arena.run("build", agencies=messages) as run:
        run.behave("ok", delay_ms=SLOW_MS)
        run.beat()
        for _number in range(2):
            run.worker(guard=guard, **UNHURRIED)
        for number in range(restarts):
            run.wait(run.has_taken(messages * (number + 1) // (restarts + 1)))
            _wait_for_silence(run)
            run.postgres.stop(signal.SIGQUIT)
            run.behave("ok", delay_ms=SLOW_MS)
            run.postgres.start()
        run.wait(run.is_done)
        return run.outcome()


def two_sweepers_sqlite(arena: Arena, messages: int, *, guard: str = "") -> Outcome:
    """Let two embedded schedulers, each elected in a VAR_DIR of its own, sweep one SQLite file."""
    with arena.run_on_sqlite(agencies=messages) as run:
        run.behave("ok", delay_ms=SLOW_MS)
        for _number in range(2):
            run.start("embedded", guard=guard)
        run.wait(run.is_done)
        run.wait(lambda: False, seconds=2 if guard else 0)
        return run.outcome()
