"""A leader's mail on a holiday morning, which leads to the quick report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .directive import Directive
from .notice import Delivery


class Briefing(models.Model):
    """That one address is sent the quick report of one directive on one day in Vietnam; its delivery has no notices."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="briefings")
    day = models.DateField(_("day"))
    address = models.EmailField(_("address"))
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="briefing")

    class Meta:
        verbose_name = _("morning briefing")
        verbose_name_plural = _("morning briefings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "day", "address"], name="briefing_once_a_morning"),
        ]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} · {self.address}"
