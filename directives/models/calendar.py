"""Days that the office calendar decides otherwise than the public-holiday rules."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarOverrideQuerySet(models.QuerySet):
    def as_mapping(self) -> dict[date, bool]:
        """Return the decided days as `alertdesk.lib.working_days` takes them: day → is it worked?"""
        return dict(self.values_list("day", "is_working"))


class CalendarOverride(models.Model):
    """A day worked or not worked by decision; it wins over the holiday rules."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("is a working day"))
    source_document = models.CharField(_("document"), max_length=200, blank=True)

    objects = CalendarOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar exception")
        verbose_name_plural = _("calendar exceptions")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}"
