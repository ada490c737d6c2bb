"""The desk changes when a directive reminds."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from directives.models import FURTHEST, Directive, DirectiveState, ReminderPlan
from directives.permissions import is_staff_of
from directives.reminders.poke import poke_on_commit

from .errors import DomainError, Incomplete, NotAllowed, Overtaken

MOST_DAYS, MOST_SKIPPED = 6, 60


def plan_of(directive: Directive) -> ReminderPlan:
    """Return the plan of a directive: its own, or the usual one, which is in no database."""
    return ReminderPlan.objects.filter(directive=directive).first() or ReminderPlan(directive=directive)


@transaction.atomic
def replan(directive: Directive, *, actor: User, seen: int, **fields) -> ReminderPlan:
    """Change fields of the plan where it still is the version that was `seen`; else Overtaken.

    `days_before` are working days, at most MOST_DAYS of them and none beyond FURTHEST; `skipped` are dates.
    """
    if not is_staff_of(actor, directive):
        raise NotAllowed
    if directive.state != DirectiveState.ISSUED:
        raise DomainError(_("Only a directive in force has a plan of reminders that can be changed."))
    values = _checked(fields)
    ReminderPlan.objects.get_or_create(directive=directive)
    held = ReminderPlan.objects.filter(directive=directive, version=seen)
    if not held.update(**values, version=F("version") + 1):
        raise Overtaken(_("A colleague has changed the plan meanwhile. Look at it as it is now, and change it again."))
    record_event("replan", directive, actor=actor, agency=directive.issuer)
    poke_on_commit()
    return ReminderPlan.objects.get(directive=directive)


def _checked(fields: dict) -> dict:
    """Return the fields as the row keeps them; refuse what is no plan."""
    if unknown := set(fields) - set(ReminderPlan.FIELDS):
        raise ValueError(unknown)
    values = dict(fields)
    if "days_before" in values:
        values["days_before"] = _days_before(values["days_before"])
    if "skipped" in values:
        values["skipped"] = sorted(day.isoformat() for day in set(values["skipped"]))
        if len(values["skipped"]) > MOST_SKIPPED:
            raise Incomplete(_("At most %(count)d days can be left out.") % {"count": MOST_SKIPPED})
    return values


def _days_before(days) -> list[int]:
    days = sorted(set(days), reverse=True)
    if len(days) > MOST_DAYS or any(not 1 <= day <= FURTHEST for day in days):
        raise Incomplete(
            _("Write at most %(count)d numbers between 1 and %(furthest)d.")
            % {"count": MOST_DAYS, "furthest": FURTHEST}
        )
    return days
