"""A later deadline for one agency: asked for, granted, perhaps until another day, refused, or withdrawn."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .assignment import Assignment
from .states import OWING, DirectiveState, ExtensionState


class ExtensionRequestQuerySet(models.QuerySet):
    def waiting(self):
        """Requests that the desk has to answer, oldest first; where nothing is owed any more they are moot."""
        asked = self.filter(state=ExtensionState.ASKED, assignment__state__in=OWING)
        return asked.filter(assignment__directive__state=DirectiveState.ISSUED).order_by("asked_at", "id")


class ExtensionRequest(models.Model):
    """A request for more time, or more time that the desk gave unasked (`asked_by` is then empty).

    `due_before` is the deadline that stood when it was asked for or given, `granted_until` the one since.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    state = models.CharField(_("state"), max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    reason = models.TextField(_("reason"))
    due_before = models.DateTimeField(_("deadline until then"))
    wanted_until = models.DateTimeField(_("asked for until"), null=True, blank=True)
    granted_until = models.DateTimeField(_("granted until"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(_("the desk's answer"), blank=True)

    objects = ExtensionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state=ExtensionState.ASKED),
                name="extension_one_open",
                violation_error_message=_("A request for more time is open already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="extension_has_reason",
                violation_error_message=_("Say why more time is needed."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.GRANTED) | Q(granted_until__gt=F("due_before")),
                name="extension_granted_is_later",
                violation_error_message=_("The new deadline must be later than the present one."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.REFUSED) | ~Q(decision_note=""),
                name="extension_refused_has_reason",
                violation_error_message=_("Say why more time is not granted."),
            ),
        ]

    def __str__(self):
        return f"{self.assignment} · {self.get_state_display()}"

    @property
    def is_asked(self) -> bool:
        """Whether nobody has decided or withdrawn it."""
        return self.state == ExtensionState.ASKED

    @property
    def is_moot(self) -> bool:
        """Whether it is open while no report is owed: sent meanwhile, no longer required, or the directive ended."""
        in_force = self.assignment.directive.state == DirectiveState.ISSUED
        return self.is_asked and not (self.assignment.owes_answer and in_force)
