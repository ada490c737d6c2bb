"""Where a directive stands around its holiday: what its leaders ask changes with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alertdesk.lib import clock
from alertdesk.lib.working_days import Overrides, holiday_after


class Phase(StrEnum):
    """Before: who has not answered. During: what happens now. After: what came of it."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True)
class Stage:
    """A phase, and the holiday it is seen from; without a holiday near the deadline, the deadline decides."""

    phase: Phase
    first_day: date | None = None
    last_day: date | None = None

    @property
    def day_to_cover(self) -> date | None:
        """The day up to which a word that no incident arose must reach, None while the holiday is not over."""
        return self.last_day if self.phase == Phase.AFTER else None


def stage_of(deadline: datetime, *, now: datetime, overrides: Overrides) -> Stage:
    """Return the stage at `now`; the holiday is the one that begins within ten days after the deadline."""
    holiday = holiday_after(deadline.astimezone(clock.ZONE).date(), overrides)
    if holiday is None:
        return Stage(Phase.BEFORE if now <= deadline else Phase.AFTER)
    first_day, last_day = holiday
    today = now.astimezone(clock.ZONE).date()
    if today < first_day:
        return Stage(Phase.BEFORE, first_day, last_day)
    return Stage(Phase.DURING if today <= last_day else Phase.AFTER, first_day, last_day)
