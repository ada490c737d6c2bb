"""A deadline typed as one text: a day, or a day and an hour."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock
from alertdesk.lib.text import squeeze
from alertdesk.lib.working_days import add_working_hours, holiday_around, suggest_deadline, working_days_between
from directives.models import CalendarOverride
from directives.reminders.occasions import Occasion, schedule
from directives.reminders.planning import CALM

DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")


class DeadlineField(forms.DateTimeField):
    """Takes "17:00 28/4/2023", "28/4/2023 17:00" or "28/4/2023"; a bare day lasts to its last second."""

    default_error_messages = {"invalid": _("Write the deadline as 17:00 28/4/2023, or only the day.")}

    def to_python(self, value):
        """Return the aware moment in Vietnam, or None."""
        if isinstance(value, str) and (day := _bare_day(value)):
            return clock.end_of_day(day)
        moment = super().to_python(value)
        return moment and timezone.localtime(moment, clock.ZONE)

    def prepare_value(self, value):
        """Write a stored moment the way it is typed."""
        return shown_moment(value) if isinstance(value, datetime) else value

    def has_changed(self, initial, data):
        """Compare moments, not their spelling."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def _bare_day(text: str):
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(squeeze(text), form).date()
        except ValueError:
            continue
    return None


def shown_moment(moment: datetime | None) -> str:
    """Write a deadline as it is typed: without an hour when it is the end of its day."""
    if moment is None:
        return ""
    here = timezone.localtime(moment, clock.ZONE)
    return f"{here:%d/%m/%Y}" if here.time().isoformat()[:8] == "23:59:59" else f"{here:%H:%M %d/%m/%Y}"


def read_moment(text: str) -> datetime | None:
    """Return the moment a typed deadline means, None when it is blank or means nothing."""
    try:
        return DeadlineField(required=False).clean(text)
    except ValidationError:
        return None


@dataclass(frozen=True)
class Advice:
    """What the office calendar says of a deadline; `better` is offered when its day is a day off.

    `holiday` is the first and last day of the holiday near it. Where it takes the place of another deadline,
    `before`, `added` counts the working days from that one to this (negative when it is earlier).
    """

    moment: datetime
    working_days: int
    has_passed: bool
    is_day_off: bool
    better: datetime | None
    holiday: tuple[date, date] | None
    before: datetime | None
    added: int
    reminders: tuple[Occasion, ...]


def advise(moment: datetime | None, *, before: datetime | None = None) -> Advice | None:
    """Look a deadline up in the office calendar, perhaps beside the one it replaces; nothing for a blank one."""
    if moment is None:
        return None
    overrides = CalendarOverride.objects.as_mapping()
    now, day = clock.now(), _day(moment)
    better = suggest_deadline(moment, overrides)
    days = working_days_between(now.date(), day, overrides)
    return Advice(
        moment=moment,
        working_days=max(0, days),
        has_passed=moment <= now,
        is_day_off=better is not None,
        better=better if better and better > now else None,
        holiday=holiday_around(day, overrides),
        before=before,
        added=working_days_between(_day(before), day, overrides) if before else 0,
        reminders=_reminders(now, moment, overrides) if moment > now else (),
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.ZONE).date()


def _reminders(now: datetime, moment: datetime, overrides) -> tuple[Occasion, ...]:
    """Return the reminders that would follow an issue right now, without those too near to the first message."""
    calm_until = add_working_hours(now, CALM, overrides)
    return tuple(one for one in schedule(now, moment, _day(moment), overrides) if one.moment >= calm_until)
