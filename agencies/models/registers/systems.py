"""The systems an agency answers for, and its machines by product line."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .rows import Register, RegisterRow, unique_among_kept

MOST_MACHINES = 100_000
# Offered while typing; the first are the lines that the ministry's warnings name.
PRODUCT_LINES = (
    "Windows 10",
    "Windows 11",
    "Windows Server 2012 R2",
    "Windows Server 2016",
    "Windows Server 2019",
    "Windows Server 2022",
    "Exchange Server",
    "SharePoint Server",
    "Microsoft Office",
    "Windows 7",
    "Linux",
)


class InformationSystem(RegisterRow):
    """A system with its level of security (cấp độ) and the four layers of protection.

    Approval and plan take the values of form 08 of Nghị định 331/2026; the layers are those of
    Công văn 1552/BTTTT-CATTT of 28/4/2020. A blank layer is not in place, a blank operator is the agency.
    """

    class Level(models.IntegerChoices):
        ONE = 1, _("Level 1")
        TWO = 2, _("Level 2")
        THREE = 3, _("Level 3")
        FOUR = 4, _("Level 4")
        FIVE = 5, _("Level 5")

        __empty__ = _("Not yet classified")

    class Approval(models.TextChoices):
        DRAFTED = "drafted", _("Being drafted")
        SENT = "sent", _("Sent for appraisal")
        APPRAISED = "appraised", _("Appraised")
        APPROVED = "approved", _("Approved")

        __empty__ = _("No dossier yet")

    class ProtectionPlan(models.TextChoices):
        NOT_STARTED = "not_started", _("Not carried out yet")
        PARTLY = "partly", _("Some parts carried out")
        WHOLE = "whole", _("Carried out in full")

    register = Register.SYSTEMS
    FIELDS = (
        "name",
        "is_important",
        "has_personal_data",
        "for_leadership",
        "operator",
        "level",
        "approval",
        "decision_number",
        "decided_on",
        "plan",
        "local_force",
        "monitored_by",
        "assessed_by",
        "assessed_on",
        "is_connected",
    )

    name = models.CharField(_("name of the system"), max_length=200)
    is_important = models.BooleanField(_("important system"), default=False)
    has_personal_data = models.BooleanField(_("holds personal data"), default=False)
    for_leadership = models.BooleanField(_("serves the leadership's direction"), default=False)
    operator = models.CharField(_("operated by"), max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    approval = models.CharField(_("approval of the level"), max_length=10, choices=Approval, blank=True)
    decision_number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    plan = models.CharField(
        _("protection plan"), max_length=12, choices=ProtectionPlan, default=ProtectionPlan.NOT_STARTED
    )
    local_force = models.CharField(_("layer 1: force on the spot"), max_length=200, blank=True)
    monitored_by = models.CharField(_("layer 2: monitored and protected by"), max_length=200, blank=True)
    assessed_by = models.CharField(_("layer 3: independently assessed by"), max_length=200, blank=True)
    assessed_on = models.DateField(_("layer 3: last assessment"), null=True, blank=True)
    is_connected = models.BooleanField(_("layer 4: connected to the national monitoring system"), default=False)

    class Meta:
        verbose_name = _("information system")
        verbose_name_plural = _("information systems")
        constraints = [
            unique_among_kept(
                "name", name="system_name_once", message=_("The register has a system of this name already.")
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=5),
                name="system_level_in_range",
                violation_error_message=_("A level is a number from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(approval="approved") | Q(decision_number="", decided_on__isnull=True),
                name="system_decision_when_approved",
                violation_error_message=_("A decision is given only for a level that has been approved."),
            ),
            models.CheckConstraint(
                condition=Q(assessed_on__isnull=True) | ~Q(assessed_by=""),
                name="system_assessed_by_someone",
                violation_error_message=_("Say who made the assessment of that day."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def layers(self) -> tuple[bool, bool, bool, bool]:
        """Which of the four layers are in place, in their order."""
        return bool(self.local_force), bool(self.monitored_by), bool(self.assessed_by), self.is_connected

    @property
    def layers_in_place(self) -> int:
        """How many of the four layers are in place."""
        return sum(self.layers)


class MachineGroup(RegisterRow):
    """How many machines of an agency run one product line, which weaknesses are later counted against."""

    register = Register.MACHINES
    FIELDS = ("product_line", "machines")
    KEY = ("product_line",)

    product_line = models.CharField(_("product line"), max_length=100)
    machines = models.PositiveIntegerField(
        _("machines"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MACHINES)]
    )

    class Meta:
        verbose_name = _("group of machines")
        verbose_name_plural = _("groups of machines")
        constraints = [
            unique_among_kept(
                "product_line", name="machines_line_once", message=_("The register has this product line already.")
            ),
            models.CheckConstraint(
                condition=Q(machines__gte=1, machines__lte=MOST_MACHINES),
                name="machines_in_range",
                violation_error_message=_("Write a number of machines from 1 to 100,000."),
            ),
        ]

    def __str__(self):
        return self.product_line
