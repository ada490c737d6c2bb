"""A real Celery worker and beat on Redis, in processes of their own, against a mail server on this machine."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.conf import settings as django_settings
from django.db.models.functions import Now

from alertdesk.lib import clock
from directives.models import Delivery, Heartbeat
from directives.reminders import poke
from tests.cast import make_agency, make_cast
from tests.servers import own_database_url

from .sink import running_sink

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
SECONDS = 40
WORKER, BEAT = ["worker", "--concurrency", "2", "--loglevel", "INFO"], ["beat", "--loglevel", "INFO"]


def environment(tmp_path, smtp_port: int, interval: int) -> dict[str, str]:
    """Return what a worker needs to work for this test's database."""
    return os.environ | {
        "READ_DOT_ENV": "0",
        "DATABASE_URL": own_database_url(),
        "REDIS_URL": os.environ["REDIS_URL"],
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "VAR_DIR": str(tmp_path),
        "SWEEP_INTERVAL_SECONDS": str(interval),
    }


@contextmanager
def celery(arguments: list[str], env: dict[str, str]):
    """Run a Celery process in the block; it is stopped at the end, killed when it does not stop."""
    command = [sys.executable, "-m", "celery", "-A", "alertdesk", *arguments]
    process = subprocess.Popen(command, env=env, cwd=django_settings.BASE_DIR, start_new_session=True)
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def wait_until(condition) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"not within {SECONDS} s"
        time.sleep(0.1)


@pytest.fixture
def issue():
    """Issue a directive to some agencies now: the worker's clock is the real one."""
    cast, now = make_cast(), clock.now()
    deadline = clock.end_of_day(now.date() + timedelta(days=60))

    def issued(count: int = 1):
        agencies = [make_agency(f"Sở {n}", mailbox=f"so{n}@binhdinh.example") for n in range(count)]
        return cast.issue(*agencies, at=now, deadline=deadline)

    return issued


@pytest.fixture(autouse=True)
def broker(settings):
    """Poke through Redis, whose queue is empty at the start."""
    settings.REDIS_URL, settings.EMBEDDED_SCHEDULER = os.environ["REDIS_URL"], False
    with poke.current_app.connection_for_write(settings.REDIS_URL) as connected:
        connected.default_channel.queue_purge("celery")


def all_sent(count: int):
    return lambda: Delivery.objects.filter(state="sent").count() == count


def test_beat_and_worker_send_what_was_issued(issue, tmp_path, settings):
    settings.REDIS_URL = ""  # nobody pokes: the rhythm alone does it
    with running_sink() as (sink, port):
        env = environment(tmp_path, port, interval=1)
        with celery(WORKER, env), celery(BEAT, env):
            wait_until(Heartbeat.objects.exists)
            issue(3)
            wait_until(all_sent(3))
        assert sorted(sink.addresses()) == [f"so{n}@binhdinh.example" for n in range(3)]


def test_a_poke_reaches_the_worker_without_beat(issue, tmp_path):
    with running_sink() as (sink, port), celery(WORKER, environment(tmp_path, port, interval=3600)):
        issue(3)
        wait_until(all_sent(3))
        assert len(sink.taken) == 3


def test_a_worker_killed_in_mid_send_loses_nothing_and_marks_the_one_in_doubt(issue, tmp_path):
    with running_sink() as (sink, port):
        env = environment(tmp_path, port, interval=3600)
        sink.script = {("DATA", "so3@binhdinh.example"): ["hang"]}
        with celery(WORKER, env) as worker:
            issue(6)
            wait_until(lambda: "so3@binhdinh.example" in sink.addresses())
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        Delivery.objects.filter(state="sending").update(lease_until=Now())
        with celery(WORKER, env):
            poke.poke()
            wait_until(all_sent(6))
    times = Counter(sink.addresses())
    assert times == {f"so{n}@binhdinh.example": 2 if n == 3 else 1 for n in range(6)}
    assert [d.address for d in Delivery.objects.filter(perhaps_double=True)] == ["so3@binhdinh.example"]
    assert len({message_from_bytes(content)["Message-ID"] for _address, content in sink.taken}) == 6
