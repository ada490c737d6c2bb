"""Without Celery a process of its own prints what waits, within the limits, while the web process goes on."""

import os

import pytest
from django.db import connection

from directives.models import PaperJob
from directives.papers import jobs, kinds, poke, room
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def long_job(monkeypatch, settings, tmp_path):
    """A summary that counts as long waits; a process that is started finds this test's database and files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(kinds, "LONG_FROM", 1)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{connection.settings_dict['NAME']}")
    monkeypatch.setenv("READ_DOT_ENV", "0")
    monkeypatch.delenv("REDIS_URL", raising=False)
    cast = make_cast()
    return jobs.ask("summary", cast.issue()[0].directive, actor=cast.leader)


def test_a_process_of_its_own_prints_what_waits(long_job):
    room.print_waiting()
    long_job.refresh_from_db()
    assert (long_job.state, long_job.problem) == ("ready", "")
    assert long_job.file.file.size == long_job.file.size


def test_the_rooms_thread_is_woken_by_asking_and_the_asker_does_not_wait(long_job, settings, monkeypatch):
    began, printed = [], []
    monkeypatch.setattr(room, "print_waiting", lambda: printed.append(os.getpid()))
    monkeypatch.setattr(room.Room, "start", lambda self: began.append(self))
    monkeypatch.setattr(room, "_room", None)
    settings.EMBEDDED_SCHEDULER = True
    poke.poke(long_job.pk)
    (thread,) = began
    assert thread.woken.is_set()
    assert printed == []
    assert PaperJob.objects.get().state == "waiting"


def test_a_process_that_ends_badly_leaves_the_job_to_the_next(long_job, monkeypatch, caplog):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////no/such/folder/x.sqlite3")
    room.print_waiting()
    assert "ended with status" in caplog.text
    long_job.refresh_from_db()
    assert long_job.state == "waiting"
