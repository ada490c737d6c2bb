"""Waking the sweep: only after commit, and never at the request's cost."""

import time

import pytest
from celery import Celery
from django.db import transaction

from alertdesk import celery_settings  # before a test changes what it reads
from directives.reminders import poke
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asleep():
    poke.WAKE.clear()
    yield
    poke.WAKE.clear()


def test_a_poke_wakes_the_embedded_scheduler_after_commit(settings, django_capture_on_commit_callbacks):
    settings.EMBEDDED_SCHEDULER, settings.REDIS_URL = True, ""
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        poke.poke_on_commit()
        assert not poke.WAKE.is_set()
    assert poke.WAKE.is_set()


@pytest.mark.django_db(transaction=True)
def test_a_poke_of_a_transaction_that_was_rolled_back_wakes_nobody(settings):
    settings.EMBEDDED_SCHEDULER = True
    with transaction.atomic():
        poke.poke_on_commit()
        transaction.set_rollback(True)
    assert not poke.WAKE.is_set()


def test_issuing_a_directive_pokes(settings, django_capture_on_commit_callbacks):
    settings.EMBEDDED_SCHEDULER, settings.REDIS_URL = True, ""
    cast = make_cast()
    with django_capture_on_commit_callbacks(execute=True):
        cast.issue(cast.health)
    assert poke.WAKE.is_set()


def test_a_broker_that_is_away_costs_the_request_nothing(settings, monkeypatch, caplog):
    settings.EMBEDDED_SCHEDULER, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    app = Celery("away", set_as_current=False)
    app.config_from_object(celery_settings)
    app.conf.broker_url = settings.REDIS_URL
    monkeypatch.setattr(poke, "current_app", app)
    started_at = time.monotonic()
    poke.poke()
    assert "could not be told" in caplog.text
    assert time.monotonic() - started_at < 3


def test_with_a_broker_the_task_is_named_and_expires(settings, monkeypatch):
    told = {}
    settings.EMBEDDED_SCHEDULER, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    monkeypatch.setattr(poke.current_app, "send_task", lambda name, **options: told.update(options, name=name))
    poke.poke()
    assert (told["name"], told["expires"]) == ("directives.tasks.sweep", 120)
    assert not poke.WAKE.is_set()
