"""What became of reminders: how many of today's were sent, wait, or were refused, and the lists behind the numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock
from directives.models import Delivery, Notice

UNDER_WAY = (Delivery.State.PENDING, Delivery.State.SENDING)
SENT_TODAY, OPEN = "today", "open"
LISTS = (
    ("", _("All")),
    (SENT_TODAY, _("Sent today")),
    (OPEN, _("Waiting")),
    (Delivery.State.SENT, Delivery.State.SENT.label),
    (Delivery.State.DEAD, Delivery.State.DEAD.label),
    (Delivery.State.CANCELLED, Delivery.State.CANCELLED.label),
)


@dataclass(frozen=True)
class MailToday:
    """Notices of one directive: sent today, waiting now, and refused and not sent again."""

    sent: int = 0
    waiting: int = 0
    refused: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.sent or self.waiting or self.refused)


def notices_in(name: str, directive, *, now: datetime):
    """Return a directive's notices of one of LISTS, the latest first; an unknown list is all of them."""
    rows = Notice.objects.filter(assignment__directive=directive).select_related("delivery", "assignment")
    if name == SENT_TODAY:
        rows = rows.filter(_sent_on(now))
    elif name == OPEN:
        rows = rows.filter(delivery__state__in=UNDER_WAY)
    elif name in Delivery.State.values:
        rows = rows.filter(delivery__state=name)
    return rows.order_by("-planned_at", "-id")


def _sent_on(now: datetime) -> Q:
    """Return what picks the notices whose message went out on today's day in Vietnam."""
    day = now.astimezone(clock.ZONE)
    begin = clock.local(day.year, day.month, day.day)
    return Q(
        delivery__state=Delivery.State.SENT,
        delivery__sent_at__gte=begin,
        delivery__sent_at__lt=begin + timedelta(days=1),
    )


def mail_today(directive_ids, *, now: datetime) -> dict[int, MailToday]:
    """Count several directives' notices by mail in one query; a refusal counts until the message is sent again."""
    rows = (
        Notice.objects.filter(assignment__directive__in=directive_ids, channel=Delivery.Channel.EMAIL)
        .order_by()
        .values("assignment__directive")
        .annotate(
            sent=Count("pk", filter=_sent_on(now)),
            waiting=Count("pk", filter=Q(delivery__state__in=UNDER_WAY)),
            refused=Count("pk", filter=Q(delivery__state=Delivery.State.DEAD)),
        )
    )
    return {row.pop("assignment__directive"): MailToday(**row) for row in rows}
