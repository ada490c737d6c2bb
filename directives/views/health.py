"""Whether the site lives, and whether it is fit to work: for machines, not for people."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from directives.models import Heartbeat

# A sweep may be late by its own length and a restart.
INTERVALS_ALLOWED, SLACK_SECONDS = 3, 60


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers, is migrated, and was swept lately; 503 when not."""
    try:
        pending, age = _pending_migrations(), _sweep_age()
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False}, status=503)
    is_swept = age is not None and abs(age) <= INTERVALS_ALLOWED * settings.SWEEP_INTERVAL_SECONDS + SLACK_SECONDS
    ready = not pending and is_swept
    facts = {"database": True, "pending_migrations": pending, "sweep_age_seconds": age, "swept_lately": is_swept}
    return JsonResponse({"ready": ready, **facts}, status=200 if ready else 503)


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _sweep_age() -> int | None:
    """Return how many seconds ago the last sweep ended, None before the first.

    Both moments are the database's; a heartbeat far in its future was left by a clock put right since.
    """
    found = Heartbeat.objects.annotate(now=Now()).values_list("now", "swept_at").first()
    return found and int((found[0] - found[1]).total_seconds())
