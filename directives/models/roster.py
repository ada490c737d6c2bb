"""The duty roster: when somebody must be on duty, and the shifts by which an agency sees to it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import DutyPerson
from alertdesk.lib import clock
from alertdesk.lib.duty import Watch
from alertdesk.lib.text import fold
from alertdesk.lib.working_days import Overrides, holiday_around

from .assignment import Assignment
from .calendar import CalendarOverride
from .directive import Directive

# How long before a shift its person may confirm to be there, and how long after its beginning that is missed.
CHECK_IN_MARGIN = timedelta(minutes=30)
# How long after a shift its telephones are kept.
TELEPHONES_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class DutyWindow:
    """The days on which somebody must be on duty at every hour, both included."""

    first: date
    last: date

    @property
    def starts_at(self) -> datetime:
        """The first moment of the first day."""
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=clock.ZONE)

    @property
    def ends_at(self) -> datetime:
        """The moment when the last day is over."""
        after = self.last + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=clock.ZONE)


def duty_window(directive: Directive, overrides: Overrides | None = None) -> DutyWindow | None:
    """Return the days that the desk has set, else the holiday near the deadline, else None.

    `overrides` is the office calendar where it has been read already.
    """
    if directive.duty_from and directive.duty_to:
        return DutyWindow(directive.duty_from, directive.duty_to)
    if directive.deadline is None:
        return None
    decided = CalendarOverride.objects.as_mapping() if overrides is None else overrides
    return _holiday_near(directive.deadline.astimezone(clock.ZONE).date(), tuple(decided.items()))


@lru_cache(maxsize=256)
def _holiday_near(day: date, decided: tuple[tuple[date, bool], ...]) -> DutyWindow | None:
    """Return the holiday near a day; asked again and again for the same few days when reminders are written."""
    holiday = holiday_around(day, dict(decided))
    return DutyWindow(*holiday) if holiday else None


class ShiftQuerySet(models.QuerySet):
    def current(self, now: datetime):
        """Shifts that have begun and not ended."""
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def missed(self, now: datetime):
        """Shifts whose person should have confirmed to be there and has not."""
        return self.filter(checked_in_at__isnull=True, starts_at__lte=now - CHECK_IN_MARGIN)


class Shift(models.Model):
    """One person on one post of one agency for some hours; `person` is their row in the register, if any.

    Name, position and telephone are copied, so that a roster stays what it was.
    """

    FIELDS = (
        "post", "name", "position", "telephone", "starts_at", "ends_at", "backup_name", "backup_telephone",
    )  # fmt: skip

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="shifts")
    post = models.CharField(_("post"), max_length=100)
    person = models.ForeignKey(DutyPerson, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("full name"), max_length=100)
    position = models.CharField(_("position"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40)
    backup_name = models.CharField(_("stands in"), max_length=100, blank=True)
    backup_telephone = models.CharField(_("telephone of who stands in"), max_length=40, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    checked_in_at = models.DateTimeField(_("confirmed to be there at"), null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "post", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_start",
                violation_error_message=_("A shift must end after it begins."),
            ),
            models.UniqueConstraint(
                fields=["assignment", "post", "starts_at", "name"],
                name="shift_once",
                violation_error_message=_("This person has a shift on this post from the same moment already."),
            ),
        ]

    def __str__(self):
        return f"{self.post} · {self.name} · {self.starts_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"

    @property
    def given_name(self) -> str:
        """The last word of the name, by which people are called."""
        return self.name.split()[-1] if self.name.split() else ""

    @property
    def who(self) -> tuple[str, str]:
        """What tells people apart: the name without accents, and the digits of the telephone."""
        return fold(self.name), "".join(filter(str.isdigit, self.telephone))

    @property
    def identity(self) -> tuple[str, datetime, str]:
        """What makes it the same shift after a change of its end, telephone or stand-in."""
        return fold(self.post), self.starts_at, fold(self.name)

    @property
    def watch(self) -> Watch:
        """The shift as `alertdesk.lib.duty` looks it through."""
        return Watch(self.post, " ".join(self.who), self.starts_at, self.ends_at)

    def is_missed(self, now: datetime) -> bool:
        """Whether its person should have confirmed by now and has not; the rule of `ShiftQuerySet.missed`."""
        return self.checked_in_at is None and self.starts_at <= now - CHECK_IN_MARGIN

    def is_current(self, now: datetime) -> bool:
        """Whether it has begun and not ended."""
        return self.starts_at <= now < self.ends_at
