"""Words for the clocks of an incident: what is left to the minute, how late it is, when it was done."""

from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.models.incident_limits import Clock

from .alertdesk import vn_datetime

register = template.Library()


@register.simple_tag
def clock_words(clock: Clock, now: datetime) -> str:
    """Say how one clock stands: "3 days 4 hours left", "2 hours 5 minutes late", done at, or not running."""
    if clock.starts_at is None:
        return _("does not run yet")
    if clock.met_at:
        words = _("done late, at %(moment)s") if clock.is_late(now) else _("done at %(moment)s")
        return words % {"moment": vn_datetime(clock.met_at)}
    if clock.limit.is_at_once:
        return _("at once; %(time)s have passed") % {"time": duration(now - clock.due_at)}
    if clock.is_late(now):
        return _("%(time)s late") % {"time": duration(now - clock.due_at)}
    return _("%(time)s left") % {"time": duration(clock.due_at - now)}


def duration(time: timedelta) -> str:
    """Write a time in days and hours, under a day in hours and minutes; what is smaller is left out."""
    minutes = max(0, int(time.total_seconds())) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = (_days(days), _hours(hours)) if days else (_hours(hours), _minutes(minutes))
    return " ".join(part for part in parts if part) or _("less than a minute")


def _days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count} if count else ""


def _hours(count: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", count) % {"n": count} if count else ""


def _minutes(count: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": count} if count else ""


@register.simple_tag
def is_late_now(clock: Clock, now: datetime) -> bool:
    """Whether a clock has missed its limit."""
    return clock.is_late(now)
