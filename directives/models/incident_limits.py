"""Within which time an incident has to be notified or reported, and to whom: the law as data, with its dates.

Which rows bind an incident is decided by the day on which it was detected. A day is 24 hours of the clock, which is
never later than the end of the last day. Where a source gives no beginning, the time runs from the detection.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock


class Trigger(StrEnum):
    """The field of an incident that starts a clock; blank there, the clock does not run."""

    DETECTED = "detected_at"
    BEYOND_CAPACITY = "beyond_capacity_at"
    ENDED = "ended_at"


class Applies(StrEnum):
    """The property of an incident on which a limit depends; `ALWAYS` asks nothing."""

    ALWAYS = ""
    SERIOUS = "is_serious"
    THREATENS_ORDER = "threatens_order"
    PERSONAL_DATA = "has_personal_data"


@dataclass(frozen=True)
class Limit:
    """One duty: `within` no time means at once. `since` and `until` are inclusive; None is without limit."""

    code: str
    duty: str
    addressee: str
    trigger: Trigger
    within: timedelta
    source: str
    applies: Applies = Applies.ALWAYS
    since: date | None = None
    until: date | None = None

    @property
    def is_at_once(self) -> bool:
        """Whether the law gives no time at all."""
        return not self.within

    def is_in_force(self, day: date) -> bool:
        """Whether the rule binds what was detected on `day`."""
        return (self.since or date.min) <= day <= (self.until or date.max)


NETWORK = _("the body in charge of the system, the specialised incident response unit, VNCERT/CC")
MINISTRY = _("the specialised body of the Ministry of Public Security")
DATA_PROTECTION = _("the Ministry of Public Security (A05)")
# Nghị định 331/2026/NĐ-CP is in force from this day; what stood before it ends on the eve.
FROM_2026 = date(2026, 8, 19)
UNTIL_2026 = FROM_2026 - timedelta(days=1)
RULES_2017 = "Quyết định 05/2017/QĐ-TTg, Điều 11; Thông tư 20/2017/TT-BTTTT, Điều 9"
RULES_2026 = "Nghị định 331/2026/NĐ-CP, Điều 31 khoản 2 điểm d"

LIMITS = (
    Limit(
        code="notice_2017",
        duty=_("Notice of the incident"),
        addressee=NETWORK,
        trigger=Trigger.DETECTED,
        within=timedelta(days=5),
        source=RULES_2017,
        until=UNTIL_2026,
    ),
    Limit(
        code="beyond_2017",
        duty=_("First report (form 03), because it goes beyond the agency's capacity"),
        addressee=NETWORK,
        trigger=Trigger.BEYOND_CAPACITY,
        within=timedelta(),
        source=RULES_2017,
        until=UNTIL_2026,
    ),
    Limit(
        code="closing_2017",
        duty=_("Closing report (form 04)"),
        addressee=NETWORK,
        trigger=Trigger.ENDED,
        within=timedelta(days=5),
        source=RULES_2017,
        until=UNTIL_2026,
    ),
    Limit(
        code="data_2023",
        duty=_("Notice of the breach of personal data (form 03 of Nghị định 13/2023)"),
        addressee=DATA_PROTECTION,
        trigger=Trigger.DETECTED,
        within=timedelta(hours=72),
        source="Nghị định 13/2023/NĐ-CP, Điều 23",
        applies=Applies.PERSONAL_DATA,
        since=date(2023, 7, 1),
        until=date(2025, 12, 31),
    ),
    Limit(
        code="data_2026",
        duty=_("Notice of the breach of personal data (form 08 of Nghị định 356/2025)"),
        addressee=DATA_PROTECTION,
        trigger=Trigger.DETECTED,
        within=timedelta(hours=72),
        source="Luật 91/2025/QH15, Điều 23; Nghị định 356/2025/NĐ-CP, Mẫu 08",
        applies=Applies.PERSONAL_DATA,
        since=date(2026, 1, 1),
    ),
    Limit(
        code="order_2026",
        duty=_("Notice at once: national security, public order, or a serious interruption"),
        addressee=MINISTRY,
        trigger=Trigger.DETECTED,
        within=timedelta(),
        source=RULES_2026,
        applies=Applies.THREATENS_ORDER,
        since=FROM_2026,
    ),
    Limit(
        code="serious_2026",
        duty=_("First notice of a serious incident"),
        addressee=MINISTRY,
        trigger=Trigger.DETECTED,
        within=timedelta(hours=24),
        source=RULES_2026,
        applies=Applies.SERIOUS,
        since=FROM_2026,
    ),
    Limit(
        code="cause_2026",
        duty=_("Cause, extent and measures of a serious incident"),
        addressee=MINISTRY,
        trigger=Trigger.DETECTED,
        within=timedelta(hours=72),
        source=RULES_2026,
        applies=Applies.SERIOUS,
        since=FROM_2026,
    ),
)
BY_CODE = {limit.code: limit for limit in LIMITS}
# Given by the closing report itself, so nobody notes it apart.
GIVEN_BY_CLOSING = frozenset({"closing_2017"})
# The receivers acknowledge at once (Quyết định 05/2017/QĐ-TTg, Điều 12 khoản 1 điểm c): the desk's own duty, no clock.


@dataclass(frozen=True)
class Clock:
    """One limit on one incident; `starts_at` and `due_at` are None while it does not run."""

    limit: Limit
    starts_at: datetime | None
    met_at: datetime | None

    @property
    def due_at(self) -> datetime | None:
        """The moment the limit ends."""
        return self.starts_at + self.limit.within if self.starts_at else None

    @property
    def is_running(self) -> bool:
        """Whether something is still due."""
        return self.starts_at is not None and self.met_at is None

    @property
    def may_be_noted(self) -> bool:
        """Whether a person notes when the duty was done."""
        return self.is_running and self.limit.code not in GIVEN_BY_CLOSING

    def is_late(self, now: datetime) -> bool:
        """Whether the limit was missed: still due after its end, or met after it; "at once" is late only while due."""
        if self.starts_at is None:
            return False
        if self.met_at is None:
            return now > self.due_at
        return self.met_at > self.due_at and not self.limit.is_at_once


def limits_on(day: date) -> tuple[Limit, ...]:
    """Return the rules that bind what was detected on `day`, whatever it is."""
    return tuple(limit for limit in LIMITS if limit.is_in_force(day))


def clocks_of(incident, notices: Iterable[tuple[str, datetime]]) -> tuple[Clock, ...]:
    """Return the clocks of an incident; `notices` are (code of the limit, when it was met)."""
    given = dict(notices)
    if incident.closed_at:
        given |= {code: incident.closed_at for code in GIVEN_BY_CLOSING}
    day = incident.detected_at.astimezone(clock.ZONE).date()
    binding = [limit for limit in limits_on(day) if not limit.applies or getattr(incident, limit.applies)]
    return tuple(Clock(limit, getattr(incident, limit.trigger), given.get(limit.code)) for limit in binding)
