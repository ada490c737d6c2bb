"""When a directive reminds, where its desk has planned otherwise than usual."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .directive import Directive

FURTHEST = 20  # working days before the deadline


def usual_days() -> list[int]:
    """Return on which working days before the deadline a directive reminds unless its desk decides otherwise."""
    return [7, 3, 1]


class ReminderPlan(models.Model):
    """The plan of one directive; one without a row keeps to the defaults below.

    `days_before` are working days before the deadline, `skipped` ISO days on which the calendar sends nothing.
    """

    class Every(models.IntegerChoices):
        NEVER = 0, _("No reminder after the deadline")
        DAY = 1, _("Every working day")
        SECOND = 2, _("Every second working day")
        THIRD = 3, _("Every third working day")
        WEEK = 5, _("Every fifth working day")

    FIELDS = ("days_before", "on_the_day", "overdue_every", "roster", "check_in", "skipped")

    directive = models.OneToOneField(Directive, models.PROTECT, related_name="reminder_plan")
    days_before = models.JSONField(_("working days before the deadline"), default=usual_days, blank=True)
    on_the_day = models.BooleanField(_("on the day of the deadline"), default=True)
    overdue_every = models.PositiveSmallIntegerField(_("after the deadline"), choices=Every, default=Every.DAY)
    roster = models.BooleanField(_("ask for the duty roster before the holiday"), default=True)
    check_in = models.BooleanField(_("let people on duty confirm on the mornings of the holiday"), default=True)
    skipped = models.JSONField(_("days without reminders"), default=list, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reminder plan")
        verbose_name_plural = _("reminder plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(overdue_every__in=[0, 1, 2, 3, 5]),
                name="reminder_plan_overdue_every_known",
                violation_error_message=_("Choose how often to remind after the deadline from the list."),
            ),
        ]

    def __str__(self):
        return str(self.directive)
