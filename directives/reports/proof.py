"""The log of reminders: who was told what, why, by which channel, when, and what the other side answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.text import fold, squeeze
from directives.models import Assignment, Delivery, Notice

from .mail_today import UNDER_WAY, sent_on
from .refusals import Refusal, read_refusal

SENT_TODAY, OPEN = "today", "open"
STATES = (
    ("", _("All")),
    (SENT_TODAY, _("Sent today")),
    (OPEN, _("Waiting")),
    (Delivery.State.SENT, Delivery.State.SENT.label),
    (Delivery.State.DEAD, Delivery.State.DEAD.label),
    (Delivery.State.CANCELLED, Delivery.State.CANCELLED.label),
)
REFUSED_SHOWN = 100


@dataclass(frozen=True)
class ProofFilters:
    """What the log is narrowed to; empty values do not narrow. `q` is part of an agency's name or of an address."""

    q: str = ""
    state: str = ""
    kind: str = ""
    channel: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ProofFilters":
        """Read filters from a query string's mapping; what makes no sense is left out, never an error."""
        return cls(
            q=squeeze(query.get("q", ""))[:100],
            state=_known(query.get("state", ""), [code for code, _label in STATES]),
            kind=_known(query.get("kind", ""), Notice.Kind.values),
            channel=_known(query.get("channel", ""), Delivery.Channel.values),
        )

    @property
    def query_string(self) -> str:
        """The filters as they stand in a link, without the question mark."""
        return urlencode({name: value for name, value in vars(self).items() if value})


@dataclass(frozen=True)
class Line:
    """One notice and what became of its message, the letter itself left out."""

    notice_id: int
    delivery_id: int
    assignment_id: int
    agency: str
    address: str
    channel: str
    why: str
    occasion: date
    planned_at: datetime
    sent_at: datetime | None
    read_at: datetime | None
    state: str
    tries: int
    answer: str
    perhaps_double: bool
    message_id: str

    @property
    def channel_name(self) -> str:
        """The channel in words."""
        return str(Delivery.Channel(self.channel).label)

    @property
    def state_name(self) -> str:
        """What became of the message, in words."""
        return str(Delivery.State(self.state).label)

    @property
    def refusal(self) -> Refusal | None:
        """Why the message was refused, for those that were."""
        return read_refusal(self.answer) if self.state == Delivery.State.DEAD else None


@dataclass(frozen=True)
class Refused:
    """One message that was refused for good, and the agencies it was about."""

    delivery_id: int
    address: str
    agencies: tuple[str, ...]
    answer: str
    refusal: Refusal


def notices_about(*, now: datetime, filters: ProofFilters = ProofFilters(), **scope) -> QuerySet[Notice]:
    """Return the notices of a scope (`assignment=…`, `assignment__directive=…`) that pass, the latest first."""
    rows = Notice.objects.filter(_passing(filters, now), **scope).order_by("-planned_at", "-id")
    if filters.q:
        rows = rows.filter(Q(address__icontains=filters.q) | Q(assignment__in=_named(filters.q, rows)))
    return rows.select_related("delivery", "assignment").defer("delivery__text", "delivery__html")


def read_lines(rows) -> list[Line]:
    """Return rows of `notices_about` as lines; no query besides theirs."""
    return [_line(notice) for notice in rows]


def refused_messages(**scope) -> tuple[Refused, ...]:
    """Return the refused messages of a scope (as `notices_about` takes it), the oldest first, at most REFUSED_SHOWN."""
    notices = Notice.objects.filter(delivery__state=Delivery.State.DEAD, **scope)
    notices = notices.select_related("delivery", "assignment").defer("delivery__text", "delivery__html")
    found: dict[Delivery, dict[str, None]] = {}
    for notice in notices.order_by("delivery", "assignment__position"):
        found.setdefault(notice.delivery, {})[notice.assignment.agency_name] = None
    return tuple(
        Refused(delivery.pk, delivery.address, tuple(names), delivery.answer, read_refusal(delivery.answer))
        for delivery, names in list(found.items())[:REFUSED_SHOWN]
    )


def _known(value: str, values) -> str:
    return value if value in values else ""


def _passing(filters: ProofFilters, now: datetime) -> Q:
    wanted = Q()
    if filters.state == SENT_TODAY:
        wanted &= sent_on(now)
    elif filters.state == OPEN:
        wanted &= Q(delivery__state__in=UNDER_WAY)
    elif filters.state:
        wanted &= Q(delivery__state=filters.state)
    for name in ("kind", "channel"):
        if getattr(filters, name):
            wanted &= Q(**{name: getattr(filters, name)})
    return wanted


def _named(words: str, rows: QuerySet[Notice]) -> list[int]:
    """Return the assignments among the rows whose agency's name holds the words, accents apart."""
    told = Assignment.objects.filter(pk__in=rows.order_by().values("assignment"))
    return [pk for pk, name in told.values_list("pk", "agency_name") if fold(words) in fold(name)]


def _line(notice: Notice) -> Line:
    delivery = notice.delivery
    return Line(
        notice_id=notice.pk,
        delivery_id=delivery.pk,
        assignment_id=notice.assignment_id,
        agency=notice.assignment.agency_name,
        address=notice.address,
        channel=notice.channel,
        why=notice.get_kind_display(),
        occasion=notice.occasion,
        planned_at=notice.planned_at,
        sent_at=delivery.sent_at,
        read_at=delivery.read_at,
        state=delivery.state,
        tries=delivery.tries,
        answer=delivery.answer,
        perhaps_double=delivery.perhaps_double,
        message_id=delivery.message_id,
    )
