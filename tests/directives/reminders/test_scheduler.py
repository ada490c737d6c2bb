"""The embedded thread: sweeps at once, at intervals, when poked; one of several processes is elected."""

import fcntl
import threading

import pytest

from directives.models import Delivery, Heartbeat
from directives.reminders import scheduler
from directives.reminders.poke import WAKE
from tests.cast import make_cast

SECONDS = 20


@pytest.fixture
def sweeps(settings, tmp_path, monkeypatch):
    """Count the sweeps of a scheduler that would wait for an hour; gives a function that waits for the n-th."""
    settings.VAR_DIR, settings.SWEEP_INTERVAL_SECONDS = tmp_path, 3600
    WAKE.clear()
    done = threading.Semaphore(0)
    real = scheduler.sweep_now

    def counted():
        try:
            return real()
        finally:
            done.release()

    monkeypatch.setattr(scheduler, "sweep_now", counted)
    return done


@pytest.mark.django_db(transaction=True)
def test_the_thread_sweeps_at_its_start_and_when_poked(sweeps):
    thread = scheduler.start()
    try:
        assert sweeps.acquire(timeout=SECONDS)
        assert scheduler.start() is thread, "one thread per process"
        cast = make_cast()
        cast.issue(cast.health)
        WAKE.set()
        assert sweeps.acquire(timeout=SECONDS)
    finally:
        thread.stop()
    assert not thread.is_alive()
    assert Delivery.objects.count() == 2
    assert Heartbeat.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_printing_that_fails_keeps_back_no_reminder(sweeps, monkeypatch):
    monkeypatch.setattr(scheduler.jobs, "tend", lambda: 1 / 0)
    thread = scheduler.Scheduler()
    thread.start()
    assert sweeps.acquire(timeout=SECONDS)
    thread.stop()
    assert Heartbeat.objects.count() == 1


def test_a_sweep_that_fails_does_not_end_the_rhythm(settings, tmp_path, monkeypatch):
    settings.VAR_DIR, settings.SWEEP_INTERVAL_SECONDS = tmp_path, 0.01
    calls = threading.Semaphore(0)

    def failing():
        calls.release()
        raise RuntimeError("the database is away")

    monkeypatch.setattr(scheduler, "sweep_now", failing)
    thread = scheduler.Scheduler()
    thread.start()
    assert all(calls.acquire(timeout=SECONDS) for _call in range(3))
    thread.stop()


def test_only_the_elected_process_keeps_the_rhythm_and_the_others_follow_pokes(settings, tmp_path, monkeypatch):
    settings.VAR_DIR, settings.SWEEP_INTERVAL_SECONDS = tmp_path, 0.05
    swept = threading.Event()
    monkeypatch.setattr(scheduler, "sweep_now", swept.set)
    with (tmp_path / "scheduler.lock").open("a") as another:
        fcntl.flock(another, fcntl.LOCK_EX)
        thread = scheduler.Scheduler()
        thread.start()
        assert not swept.wait(0.5)
        WAKE.set()
        assert swept.wait(SECONDS)
        swept.clear()
        assert not swept.wait(0.5)
    assert swept.wait(SECONDS), "the lock is free: this one is elected"
    thread.stop()
