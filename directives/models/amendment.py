"""A change to an issued directive: what stood before and after, by which document, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from .directive import Directive


class Amendment(models.Model):
    """One change of an issued directive; `changes` is a list of {"what", "action", "before", "after"}.

    "what" is the name of a field (`deadline`, `closing`, `text`, `title`, `due_at`, …) or "added"; "action" is the
    number of the action it belongs to, null for the directive itself. Moments stand in it as ISO text.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="amendments")
    position = models.PositiveSmallIntegerField(_("number of the change"))
    reason = models.TextField(_("reason"))
    document_number = models.CharField(_("number of the amending document"), max_length=60, blank=True)
    document_on = models.DateField(_("date of the amending document"), null=True, blank=True)
    changes = models.JSONField(_("changes"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "position"], name="amendment_position_once"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="amendment_has_reason",
                violation_error_message=_("Say why the directive is changed."),
            ),
        ]

    def __str__(self):
        return f"{self.directive.full_number} · {self.position}"
