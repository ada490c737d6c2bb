"""The demo stands still at a chosen moment, kept in one row; a database without that row is no demo."""

from contextlib import contextmanager
from datetime import datetime

from alertdesk.lib import clock
from directives.models import DemoClock


def moment() -> datetime | None:
    """Return where the demo's clock stands, None outside the demo."""
    row = DemoClock.objects.first()
    return row.now if row else None


def is_demo() -> bool:
    """Whether this database holds the demo story, so that everything it shows must say so."""
    return DemoClock.objects.exists()


@contextmanager
def standing_clock():
    """Stand at the demo's moment within the block; the real clock runs where there is no demo."""
    with clock.frozen(moment()):
        yield
