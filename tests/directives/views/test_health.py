"""What machines ask: is it alive, is it fit to work."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from directives.models import Heartbeat
from directives.views import health

GET = RequestFactory().get("/")


def ready() -> tuple[int, dict]:
    response = health.readyz(GET)
    return response.status_code, json.loads(response.content)


def test_alive_is_said_without_asking_the_database():
    assert health.healthz(GET).content == b"ok\n"


@pytest.mark.django_db
def test_ready_after_a_sweep():
    Heartbeat.objects.create(swept_at=timezone.now())
    status, facts = ready()
    assert (status, facts["ready"], facts["pending_migrations"]) == (200, True, 0)
    assert facts["sweep_age_seconds"] <= 5


@pytest.mark.django_db
def test_not_ready_before_the_first_sweep():
    assert ready() == (
        503,
        {
            "ready": False,
            "database": True,
            "pending_migrations": 0,
            "sweep_age_seconds": None,
            "swept_lately": False,
        },
    )


@pytest.mark.django_db
def test_not_ready_when_nothing_was_swept_for_long(settings):
    Heartbeat.objects.create(swept_at=timezone.now() - timedelta(seconds=4 * settings.SWEEP_INTERVAL_SECONDS + 10))
    status, facts = ready()
    assert (status, facts["swept_lately"]) == (503, False)


@pytest.mark.django_db
def test_a_heartbeat_of_a_clock_that_ran_ahead_does_not_hide_that_nothing_is_swept():
    Heartbeat.objects.create(swept_at=timezone.now() + timedelta(days=2))
    assert ready()[0] == 503


@pytest.mark.django_db
def test_not_ready_with_a_migration_to_come(monkeypatch):
    Heartbeat.objects.create(swept_at=timezone.now())
    monkeypatch.setattr(health, "_pending_migrations", lambda: 1)
    assert ready()[0] == 503


def test_not_ready_without_the_database(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(health, "_pending_migrations", away)
    assert ready() == (503, {"ready": False, "database": False})


@pytest.mark.parametrize("view", [health.healthz, health.readyz])
def test_only_reading_is_answered(view):
    assert view(RequestFactory().post("/")).status_code == 405
