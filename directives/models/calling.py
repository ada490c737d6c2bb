"""The call log: who was telephoned about an assignment, when, and what was promised."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from .assignment import Assignment


class CallLog(models.Model):
    """One call by the desk about one assignment."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="calls")
    called_at = models.DateTimeField(_("called at"), default=clock.now)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    spoke_with = models.CharField(_("spoke with"), max_length=100)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    promised = models.CharField(_("what was said or promised"), max_length=300)
    promised_on = models.DateField(_("promised for"), null=True, blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-called_at", "-id"]

    def __str__(self):
        return f"{self.assignment} · {self.called_at:%d/%m/%Y %H:%M}"
