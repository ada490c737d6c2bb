"""Rows about the units below an agency: sent on, received, done; and the providers called to be sure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, ServiceProvider

from .base import AnswerRow


class UnitRow(AnswerRow):
    """One subordinate unit; `unit` is empty where it has no place in the directory."""

    FIELDS = ("name", "sent_on", "is_received", "is_done", "machines", "note")
    LINKS = ("unit",)

    unit = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("unit"), max_length=200)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    is_received = models.BooleanField(_("received"), default=False)
    is_done = models.BooleanField(_("reported done"), default=False)
    machines = models.PositiveIntegerField(_("machines"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(AnswerRow.Meta):
        verbose_name = _("subordinate unit")
        verbose_name_plural = _("subordinate units")
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "name"],
                name="unit_row_once",
                violation_error_message=_("This unit stands in the answer already."),
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def figures(cls, rows, beside=()):
        """Count the units, those it was sent on to, and those that reported back."""
        return {
            "total": len(rows),
            "done": sum(row.sent_on is not None for row in rows),
            "extra": sum(row.is_done for row in rows),
        }


class ProviderRow(AnswerRow):
    """A provider's line, and whether its contact was called to make sure that somebody answers."""

    is_single = False  # a provider may have several lines
    FIELDS = ("name", "service", "telephone", "confirmed_on", "confirmed_by")
    LINKS = ("provider",)
    SHARED = {"name": "name", "service": "service", "telephone": "telephone"}

    provider = models.ForeignKey(ServiceProvider, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("provider"), max_length=200)
    service = models.CharField(_("service"), max_length=10, choices=ServiceProvider.Service, blank=True)
    telephone = models.CharField(_("telephone, day and night"), max_length=40, blank=True)
    confirmed_on = models.DateField(_("called and confirmed on"), null=True, blank=True)
    confirmed_by = models.CharField(_("spoken with"), max_length=100, blank=True)

    class Meta(AnswerRow.Meta):
        verbose_name = _("provider called")
        verbose_name_plural = _("providers called")

    def __str__(self):
        return self.name
