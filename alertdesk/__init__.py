"""The wiring of alertdesk: settings, URLs, policy, and the Celery app that every process shares."""

from .celery import app as celery_app

__all__ = ["celery_app"]
