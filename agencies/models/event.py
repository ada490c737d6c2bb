"""The audit trail: one line per act, never changed and never removed by the application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from .agency import Agency
from .user import User


class Event(models.Model):
    """Who did what to which thing; `data` holds ids and hashes only, no text that a person typed."""

    at = models.DateTimeField(_("at"), default=clock.now, editable=False)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="events")
    act = models.CharField(_("act"), max_length=40)
    subject_type = models.CharField(_("subject"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("subject id"))
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="events")
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_by_subject")]

    def __str__(self):
        return f"{self.act} {self.subject_type} {self.subject_id}"
