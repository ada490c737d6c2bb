"""The Celery app: it only says "sweep now" and "print this"; what is to be done is in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alertdesk.settings")

app = Celery("alertdesk")
# Read at first use, not here: the package is imported before Django's settings are.
app.config_from_object("alertdesk.celery_settings")
app.autodiscover_tasks(["directives"])
