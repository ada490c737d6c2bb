"""The log of reminders as rows of a table, for people to take with them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alertdesk.lib import clock

from .proof import Line


def proof_table(lines: Iterable[Line]) -> list[list[str]]:
    """Return the log as rows of text under their headings."""
    heads = [_("Agency"), _("Address"), _("Channel"), _("Why"), _("Occasion"), _("Planned at"), _("Sent at")]
    heads += [_("State"), _("Failed tries"), _("Answer of the mail server"), _("Reason for the refusal"), _("Read at")]
    heads += [_("Perhaps sent twice"), _("Message-ID")]
    return [heads, *(_row(line) for line in lines)]


def _row(line: Line) -> list[str]:
    return [
        line.agency,
        line.address,
        line.channel_name,
        line.why,
        f"{line.occasion:%d/%m/%Y}",
        _moment(line.planned_at),
        _moment(line.sent_at),
        line.state_name,
        str(line.tries),
        line.answer,
        line.refusal.reason if line.refusal else "",
        _moment(line.read_at),
        _("yes") if line.perhaps_double else "",
        line.message_id,
    ]


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment, clock.ZONE):%H:%M:%S %d/%m/%Y}" if moment else ""
