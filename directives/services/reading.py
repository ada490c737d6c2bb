"""A person marks what they were told in the app as read; the mark itself is the record of it."""

from agencies.models import User
from alertdesk.lib import clock
from directives.models import Delivery


def mark_read(message: Delivery, *, actor: User) -> bool:
    """Mark one message of the person as read; False where it was read before or is not theirs."""
    own = Delivery.objects.shown_to(actor).unread().filter(pk=message.pk)
    return bool(own.update(read_at=clock.now()))


def mark_all_read(*, actor: User) -> int:
    """Mark everything the person has not read yet; returns how many."""
    return Delivery.objects.shown_to(actor).unread().update(read_at=clock.now())
