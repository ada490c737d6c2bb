"""What became of mails: how many of today's were sent, wait, or were refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from alertdesk.lib import clock
from directives.models import Delivery, Notice

UNDER_WAY = (Delivery.State.PENDING, Delivery.State.SENDING)


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


def sent_on(now: datetime) -> Q:
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
            sent=Count("pk", filter=sent_on(now)),
            waiting=Count("pk", filter=Q(delivery__state__in=UNDER_WAY)),
            refused=Count("pk", filter=Q(delivery__state=Delivery.State.DEAD)),
        )
    )
    return {row.pop("assignment__directive"): MailToday(**row) for row in rows}
