"""The demo stands still at a chosen moment; outside the demo this does nothing."""

from contextlib import contextmanager

from django.conf import settings

from alertdesk.lib import clock
from directives.models import DemoClock


@contextmanager
def standing_clock():
    """Stand at the demo's moment within the block; the real clock runs where there is no demo."""
    row = DemoClock.objects.first() if settings.DEMO else None
    with clock.frozen(row.now if row else None):
        yield
