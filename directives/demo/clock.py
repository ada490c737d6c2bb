"""The demo stands still at a chosen moment, kept in one row; a database without that row is no demo."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from alertdesk.lib import clock
from directives.models import DemoClock

_known: ContextVar[bool | None] = ContextVar("known", default=None)


def moment() -> datetime | None:
    """Return where the demo's clock stands, None outside the demo."""
    row = DemoClock.objects.first()
    return row.now if row else None


def is_demo() -> bool:
    """Whether this database holds the demo story, so that everything it shows must say so."""
    known = _known.get()
    return DemoClock.objects.exists() if known is None else known


@contextmanager
def standing_clock():
    """Stand at the demo's moment within the block; the real clock runs where there is no demo.

    Whether there is a demo is asked once for the block: a sweep would ask for every message.
    """
    here = moment()
    token = _known.set(here is not None)
    try:
        with clock.frozen(here):
            yield
    finally:
        _known.reset(token)
