"""The ways to a reader; `CHANNELS` names each, in the order in which a sweep serves them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from directives.models import Delivery

from . import Channel
from .in_app import InAppChannel
from .mail import MailChannel

CHANNELS: dict[str, Callable[[], Channel]] = {
    Delivery.Channel.IN_APP: InAppChannel,
    Delivery.Channel.EMAIL: MailChannel,
}


@contextmanager
def open_channel(name: str) -> Iterator[Channel]:
    """Give a channel for one sweep; close it at the end."""
    channel = CHANNELS[name]()
    try:
        yield channel
    finally:
        channel.close()
