"""An incident that an agency reports, what was done about it, and the word that none arose."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Role
from agencies.permissions import province_of
from alertdesk.lib import clock

from .assignment import Assignment
from .directive import Directive
from .incident_limits import Clock, clocks_of
from .incident_report import ClosingReport, FirstReport, Kind, Severity


class IncidentState(models.TextChoices):
    OPEN = "open", _("Being dealt with")
    CLOSED = "closed", _("Ended")


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Incidents whose detail the person reads: their agency's, and those of the desk that answers for them."""
        own = Agency.objects.reached_by(user.agencies_as(Role.OFFICER, Role.HEAD)).values("pk")
        return self.filter(Q(agency__in=own) | Q(pk__in=self.kept_by(user).values("pk")))

    def kept_by(self, user):
        """Incidents of the person's desk: of its directives, and those outside any in its province."""
        kept = Directive.objects.kept_by(user).values("pk")
        outside = Q(assignment=None, agency__in=province_of(user).values("pk"))
        return self.filter(Q(assignment__directive__in=kept) | outside)

    def counted_for(self, user):
        """Incidents of which a leader knows the agency and the state, but no detail."""
        led = Directive.objects.visible_to(user).values("pk")
        outside = Q(assignment=None, agency__in=province_of(user, Role.LEADER).values("pk"))
        return self.filter(Q(assignment__directive__in=led) | outside)


class Incident(FirstReport, ClosingReport):
    """One incident of one agency; `assignment` names the directive around whose holiday it happened, if any.

    `version` counts the changes of the first report; `beyond_capacity_at` is blank while the agency can deal with it
    alone. The system's name and level are copied, so
    that the register may change.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="incidents", verbose_name=_("agency"))
    assignment = models.ForeignKey(
        Assignment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("around the holiday of"),
    )
    kind = models.CharField(_("kind of incident"), max_length=12, choices=Kind)
    severity = models.CharField(_("class"), max_length=10, choices=Severity, default=Severity.ORDINARY)
    beyond_capacity_at = models.DateTimeField(_("beyond the agency's capacity since"), null=True, blank=True)
    threatens_order = models.BooleanField(
        _("signs of harm to national security or public order, or a serious interruption"), default=False
    )
    has_personal_data = models.BooleanField(_("personal data are affected"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=IncidentState, default=IncidentState.OPEN)
    version = models.PositiveIntegerField(default=1, editable=False)
    reported_at = models.DateTimeField(_("reported at"))
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    desk_contact = models.CharField(_("taken over by"), max_length=100, blank=True)
    desk_phone = models.CharField(_("telephone at the desk"), max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-detected_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(description=""),
                name="incident_is_described",
                violation_error_message=_("Describe the incident briefly."),
            ),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values),
                name="incident_has_a_legal_class",
                violation_error_message=_("An incident is ordinary or serious."),
            ),
            models.CheckConstraint(
                condition=Q(system_level=None) | Q(system_level__gte=1, system_level__lte=5),
                name="incident_level_in_range",
                violation_error_message=_("A level is a number from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(state=IncidentState.OPEN, closed_at=None)
                | Q(state=IncidentState.CLOSED, closed_at__isnull=False, ended_at__isnull=False) & ~Q(result=""),
                name="incident_closed_with_its_report",
                violation_error_message=_("An incident ends with its closing report."),
            ),
            models.CheckConstraint(
                condition=Q(reported_at__gte=F("detected_at"))
                & (Q(ended_at=None) | Q(ended_at__gte=F("detected_at")))
                & (Q(beyond_capacity_at=None) | Q(beyond_capacity_at__gte=F("detected_at"))),
                name="incident_times_in_order",
                violation_error_message=_("Nothing about an incident comes before its detection."),
            ),
        ]

    def __str__(self):
        return f"{self.agency} · {self.detected_at:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        """Whether it still has to be dealt with."""
        return self.state == IncidentState.OPEN

    @property
    def is_serious(self) -> bool:
        """Whether it is of the graver of the two legal classes."""
        return self.severity == Severity.SERIOUS

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """What the law asks for by when; load `notices` before, where many incidents are read."""
        return clocks_of(self, [(notice.limit, notice.given_at) for notice in self.notices.all()])

    @property
    def next_due_at(self) -> datetime | None:
        """The earliest moment at which something is due that has not been done."""
        return min((one.due_at for one in self.clocks if one.is_running), default=None)

    def is_late(self, now: datetime) -> bool:
        """Whether a limit was missed."""
        return any(one.is_late(now) for one in self.clocks)


class IncidentNotice(models.Model):
    """A duty of the table of limits was done: what was sent out, when, under which number."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="notices")
    limit = models.CharField(max_length=20)
    given_at = models.DateTimeField(_("notified at"))
    reference = models.CharField(_("number of the document, or the person spoken to"), max_length=120, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("notice of an incident")
        verbose_name_plural = _("notices of incidents")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "limit"],
                name="incident_notice_once",
                violation_error_message=_("This notice is noted already."),
            ),
        ]

    def __str__(self):
        return f"{self.incident_id} {self.limit}"


class IncidentEntry(models.Model):
    """One line of the log of an incident: a note, or an act; of a notice the text is the code of its limit."""

    class Act(models.TextChoices):
        REPORT = "report", _("Reported")
        CHANGE = "change", _("The report was changed")
        ACKNOWLEDGE = "acknowledge", _("Received by the desk")
        NOTIFY = "notify", _("Notified")
        END = "end", _("The response has ended")
        CLOSE = "close", _("Ended with the closing report")
        REOPEN = "reopen", _("Opened again")
        NOTE = "note", _("Note")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="entries")
    act = models.CharField(_("act"), max_length=12, choices=Act, default=Act.NOTE)
    text = models.TextField(_("text"), blank=True)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("entry about an incident")
        verbose_name_plural = _("entries about incidents")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="", act__in=["note", "reopen"]),
                name="incident_entry_says_something",
                violation_error_message=_("Write what was done first."),
            ),
        ]

    def __str__(self):
        return f"{self.incident_id} {self.act}"


class NoIncident(models.Model):
    """An agency says that no incident arose up to the moment of its word; taken back when it reports one."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="no_incidents")
    confirmed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("word that no incident arose")
        verbose_name_plural = _("words that no incident arose")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(taken_back_at=None),
                name="no_incident_once",
                violation_error_message=_("This is confirmed already."),
            ),
        ]

    def __str__(self):
        return f"{self.assignment} · {self.confirmed_at:%d/%m/%Y %H:%M}"
