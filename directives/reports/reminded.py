"""What became of the reminders that the desk sent by hand."""

from dataclasses import dataclass
from datetime import date, datetime

from directives.models import Assignment, Delivery, Directive, Notice


@dataclass(frozen=True)
class Sent:
    """One address of an agency, by one channel, and the state of its message; `answer` is what the server said last."""

    address: str
    channel: str
    state: str
    at: datetime
    answer: str


@dataclass(frozen=True)
class Reminded:
    """One agency that the desk reminded on a day."""

    assignment: Assignment
    messages: tuple[Sent, ...]


def reminded_today(directive: Directive, day: date) -> list[Reminded]:
    """Return the agencies of a directive that the desk reminded on `day`, in the order of the board."""
    notices = Notice.objects.filter(assignment__directive=directive, kind=Notice.Kind.MANUAL, occasion=day)
    found: dict[Assignment, list[Sent]] = {}
    rows = notices.select_related("assignment", "delivery").order_by(
        "assignment__position", "assignment", "address", "channel"
    )
    for notice in rows:
        found.setdefault(notice.assignment, []).append(_sent(notice.address, notice.delivery))
    return [Reminded(assignment, tuple(sent)) for assignment, sent in found.items()]


def _sent(address: str, delivery: Delivery) -> Sent:
    refused = delivery.answer if delivery.state != Delivery.State.SENT else ""
    return Sent(address, delivery.channel, delivery.state, delivery.sent_at or delivery.planned_at, refused)
