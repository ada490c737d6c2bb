"""What a person was told in the app: subject, words, since when, and the reports it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from directives.models import Assignment, Delivery, Notice


@dataclass(frozen=True)
class About:
    """One report that a message tells of and that the person may open."""

    assignment_id: int
    number: str
    agency: str


@dataclass(frozen=True)
class Message:
    """One message; `read_at` is None until the person has opened it or marked it."""

    message_id: int
    subject: str
    text: str
    sent_at: datetime
    read_at: datetime | None
    about: tuple[About, ...]


def messages_to(user):
    """Return the person's messages as rows for a pager, the latest first."""
    return Delivery.objects.shown_to(user).order_by("-sent_at", "-id")


def read_messages(rows: Iterable[Delivery], user) -> list[Message]:
    """Return rows of `messages_to` with their reports that the person still sees; one query, whatever the number."""
    rows = list(rows)
    notices = Notice.objects.filter(delivery__in=rows, assignment__in=Assignment.objects.visible_to(user))
    about: dict[int, dict[int, About]] = {}
    for notice in notices.select_related("assignment__directive"):
        report = notice.assignment
        one = About(report.pk, report.directive.full_number, report.agency_name)
        about.setdefault(notice.delivery_id, {})[report.pk] = one
    return [_message(row, tuple(about.get(row.pk, {}).values())) for row in rows]


def _message(row: Delivery, about: tuple[About, ...]) -> Message:
    return Message(row.pk, row.subject, row.text, row.sent_at, row.read_at, about)


def unread_messages(user, limit: int) -> list[Message]:
    """Return the person's newest messages that are not read yet."""
    return read_messages(messages_to(user).unread()[:limit], user)
