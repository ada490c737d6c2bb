"""The thread of questions and answers between an agency and the desk about one required action."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from .action import RequiredAction
from .assignment import Assignment
from .states import State


class RemarkQuerySet(models.QuerySet):
    def awaiting_reply(self):
        """The agencies' last words in threads that the desk has neither answered nor settled, where a report counts."""
        later = Remark.objects.filter(
            assignment=OuterRef("assignment"), action=OuterRef("action"), pk__gt=OuterRef("pk")
        )
        open_ones = self.exclude(assignment__state=State.WITHDRAWN)
        return open_ones.filter(~Exists(later), by_desk=False, settled_at__isnull=True)


class Remark(models.Model):
    """One line of a thread; `by_desk` says which side wrote it, `settled_at` that it needs no reply."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="remarks")
    action = models.ForeignKey(RequiredAction, models.PROTECT, related_name="remarks")
    text = models.TextField(_("text"))
    by_desk = models.BooleanField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="remark_not_empty", violation_error_message=_("Write the question first.")
            ),
        ]

    def __str__(self):
        return f"{self.assignment} · {self.action}"
