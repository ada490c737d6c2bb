"""The number by which one request is found again in the logs."""

import logging
import secrets
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="-")


def current() -> str:
    """Return the number of the request being answered, a dash outside of one."""
    return _current.get()


@contextmanager
def numbered():
    """Give what happens inside a fresh number, short enough to be read out on the telephone."""
    number = secrets.token_hex(5)
    token = _current.set(number)
    try:
        yield number
    finally:
        _current.reset(token)


class RequestIdFilter(logging.Filter):
    """Puts the request's number on every log line."""

    def filter(self, record):
        # Django logs refusals after the last middleware has let go, but names the request.
        record.request_id = getattr(getattr(record, "request", None), "request_id", current())
        return True
