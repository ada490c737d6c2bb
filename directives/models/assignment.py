"""An assignment: one directive put to one agency, with its deadline and state."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Role

from .action import RequiredAction
from .directive import Directive
from .states import EDITABLE, OWING, REPORTED, State


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The person's agency's, its units' and predecessors' assignments; for staff and leaders their directives'."""
        own = Agency.objects.reached_by(user.agencies_as(Role.OFFICER, Role.HEAD)).values("pk")
        mine = Q(responsible_agency__in=own) | Q(agency__in=own) | Q(parent__responsible_agency__in=own)
        return self.filter(mine | Q(directive__in=Directive.objects.visible_to(user).values("pk")))

    def reviewed_by(self, user):
        """Assignments whose reports are the person's to review: their desk's, and those of their own units."""
        desk = Q(parent__isnull=True, directive__in=Directive.objects.kept_by(user).values("pk"))
        own = Agency.objects.reached_by(user.agencies_as(Role.OFFICER, Role.HEAD)).values("pk")
        return self.filter(desk | Q(parent__responsible_agency__in=own))

    def on_board(self):
        """Rows of the board: assignments put by the issuing body itself, in the order of issue."""
        return self.filter(parent__isnull=True).order_by("position", "id")

    def owing(self):
        """Assignments that still owe an answer."""
        return self.filter(state__in=OWING)

    def overdue(self, now: datetime):
        """Assignments that owe an answer past its deadline: the rule of `Assignment.due_for`, as SQL."""
        actions = RequiredAction.objects.filter(directive=OuterRef("directive"))
        by_the_end = Q(due_at__lt=now) & Exists(actions.filter(Q(due_at__isnull=True) | Q(due_at__lt=now)))
        by_its_own = Q(is_extended=False) & Exists(actions.filter(due_at__lt=now))
        of_unit = Q(parent__isnull=False, due_at__lt=now) & Exists(actions)
        return self.owing().filter(by_the_end | by_its_own | of_unit)


class Assignment(models.Model):
    """One directive × one agency. `agency` never changes; `responsible_agency` follows a succession.

    With a `parent` it is a unit's: the agency of the parent passed the directive on, sets its deadline and reviews it.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments")
    responsible_agency = models.ForeignKey(Agency, models.PROTECT, related_name="responsible_assignments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    agency_name = models.CharField(_("name at issue"), max_length=200)
    agency_short_name = models.CharField(_("short name at issue"), max_length=100)
    search_text = models.CharField(max_length=500, editable=False, default="")
    due_at = models.DateTimeField(_("deadline"))
    is_extended = models.BooleanField(_("its deadline was extended"), default=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.SENT)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    cycle = models.PositiveIntegerField(default=1)
    lapsed_from = models.CharField(max_length=20, blank=True)
    incoming_number = models.CharField(_("your number on arrival"), max_length=40, blank=True)
    incoming_on = models.DateField(_("arrived on"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approval_note = models.TextField(_("the head's note"), blank=True)
    submission = models.ForeignKey("Submission", models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "agency"],
                name="assignment_once_per_agency",
                violation_error_message=_("This agency already has this directive."),
            ),
        ]

    def __str__(self):
        return f"{self.agency_short_name} · {self.directive.full_number}"

    @property
    def owes_answer(self) -> bool:
        """Whether a report is still awaited."""
        return self.state in OWING

    @property
    def is_editable(self) -> bool:
        """Whether the agency may change its answers now."""
        return self.state in EDITABLE

    @property
    def is_reported(self) -> bool:
        """Whether a report has come and stands."""
        return self.state in REPORTED

    def due_for(self, action: RequiredAction) -> datetime:
        """Return an action's effective deadline: the extension granted, else the action's own, else the assignment's.

        An extension never shortens what an action had. The deadline that an agency set for a unit goes for all actions.
        """
        own = action.due_at or self.due_at
        if self.parent_id:
            own = min(own, self.due_at)
        return max(own, self.due_at) if self.is_extended else own

    def first_due_at(self, actions: Iterable[RequiredAction]) -> datetime:
        """Return the earliest effective deadline of the directive's actions."""
        return min((self.due_for(action) for action in actions), default=self.due_at)

    def due_for_units(self, actions: Iterable[RequiredAction]) -> datetime:
        """Return until when units can be asked at the latest: when the agency owes its own word on passing it on."""
        asked = (self.due_for(action) for action in actions if action.kind == RequiredAction.Kind.CASCADE)
        return max(asked, default=self.due_at)

    def is_overdue(self, actions: Iterable[RequiredAction], now: datetime) -> bool:
        """Whether an answer is owed past its effective deadline."""
        return self.owes_answer and self.first_due_at(actions) < now

    @property
    def may_be_taken_back(self) -> bool:
        """Whether a sent report can be taken back: nobody has begun to review it."""
        return (
            self.state == State.SUBMITTED and self.submission_id is not None and not hasattr(self.submission, "review")
        )
