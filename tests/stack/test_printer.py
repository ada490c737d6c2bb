"""A real Celery worker prints papers from a queue of its own, and a worker that is killed loses none."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from directives.models import PaperFile, PaperJob
from directives.papers import jobs, keeping, poke
from tests.cast import make_cast
from tests.directives.reminders.test_celery import celery, environment, wait_until

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
PRINTER = ["worker", "--queues", "papers", "--concurrency", "1", "--loglevel", "INFO"]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def assignment(cast):
    return cast.issue()[0]


@pytest.fixture
def printer(settings, tmp_path):
    """Papers are left to a worker, whose queue is empty at the start; returns the worker's environment."""
    settings.REDIS_URL, settings.PAPERS_IN_PROCESS = os.environ["REDIS_URL"], False
    settings.MEDIA_ROOT = tmp_path / "files"
    with poke.current_app.connection_for_write(settings.REDIS_URL) as connected:
        connected.default_channel.queue_purge("papers")
    return environment(tmp_path, 1, interval=3600)


def test_a_worker_prints_what_was_asked_for_and_the_web_hands_it_over(cast, assignment, printer):
    with celery(PRINTER, printer):
        job = jobs.ask("reply", assignment, actor=cast.officer)
        assert isinstance(job, PaperJob), "not printed in the request"
        wait_until(lambda: PaperJob.objects.filter(state="ready").exists())
    file = PaperFile.objects.get()
    assert keeping.fetch(file, actor=cast.officer).startswith(b"%PDF")
    assert jobs.ask("reply", assignment, actor=cast.officer) == file, "and it is printed once"


def test_a_job_whose_message_was_lost_is_told_again(cast, assignment, printer, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "poke", lambda pk: None)
        jobs.ask("reply", assignment, actor=cast.officer)
    with celery(PRINTER, printer):
        jobs.tend()
        wait_until(lambda: PaperJob.objects.filter(state="ready").exists())


def test_a_worker_killed_in_the_middle_of_a_paper_leaves_it_to_the_next(cast, assignment, printer):
    with celery(PRINTER, printer) as worker:
        job = jobs.ask("reply", assignment, actor=cast.officer)
        while not PaperJob.objects.exclude(state="waiting").exists():
            time.sleep(0.001)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    taken = PaperJob.objects.filter(pk=job.pk, state="working")
    taken.update(lease_until=Now() - timedelta(seconds=1))
    with celery(PRINTER, printer):
        jobs.tend()
        wait_until(lambda: PaperJob.objects.filter(state="ready").exists())
    assert PaperFile.objects.count() == 1
