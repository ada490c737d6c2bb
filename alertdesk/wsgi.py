"""The WSGI entry point that gunicorn serves; without Celery its process also keeps the sweep's rhythm."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alertdesk.settings")

application = get_wsgi_application()

# Only a loaded application can be imported from: the settings and the models are ready now.
from django.conf import settings  # noqa: E402

from directives.reminders import scheduler  # noqa: E402

# What is loaded by now stays for good: no collection has to look through it during a request.
gc.freeze()

if settings.EMBEDDED_SCHEDULER:
    scheduler.start()
