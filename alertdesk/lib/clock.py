"""The one source of domain time.

Everything the domain dates (deadlines, lateness, events, papers) asks here, so that the demo and
the tests can stand at a chosen moment. Leases and schedules use the database's clock instead.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return the domain's current moment, aware, in Vietnamese time."""
    return _frozen.get() or datetime.now(ZONE)


def today() -> date:
    """Return the domain's current day in Vietnam."""
    return now().date()


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """Return the aware moment of a Vietnamese wall-clock time."""
    return datetime(year, month, day, hour, minute, second, tzinfo=ZONE)


def end_of_day(day: date) -> datetime:
    """Return the last second of a day: what a bare date means as a deadline."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=ZONE)


@contextmanager
def frozen(moment: datetime | None):
    """Stand at `moment` (aware) within the block; None leaves the clock as it is."""
    token = _frozen.set(moment.astimezone(ZONE) if moment else _frozen.get())
    try:
        yield
    finally:
        _frozen.reset(token)
