"""What a directive asks: its numbered actions and the weaknesses they name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .directive import Directive


class RequiredAction(models.Model):
    """One numbered demand of a directive; its kind decides which figures are asked for."""

    class Kind(models.TextChoices):
        SYSTEMS = "systems", _("Important systems")
        VULNERABILITIES = "vulnerabilities", _("Weaknesses and updates")
        PORTALS = "portals", _("Portals and websites")
        LAYERS_AND_DUTY = "layers_and_duty", _("Four layers and 24/7 duty")
        CASCADE = "cascade", _("Subordinate units")
        GENERAL = "general", _("Other demand")

    class EvidenceRule(models.TextChoices):
        OPTIONAL = "optional", _("Optional")
        REQUIRED = "required", _("Required")

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("short title"), max_length=120)
    text = models.TextField(_("text"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.GENERAL)
    evidence_rule = models.CharField(_("evidence"), max_length=10, choices=EvidenceRule, default=EvidenceRule.OPTIONAL)
    due_at = models.DateTimeField(_("its own deadline"), null=True, blank=True)
    carries_out = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_out_by", verbose_name=_("carries out")
    )
    amendment = models.ForeignKey(
        "Amendment", models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("added by")
    )

    class Meta:
        verbose_name = _("required action")
        verbose_name_plural = _("required actions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "position"],
                name="action_position_once",
                violation_error_message=_("Two actions cannot have the same number."),
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.title}"


class Vulnerability(models.Model):
    """A weakness that a directive names; `exploited_since` is the day it was first known to be used."""

    action = models.ForeignKey(RequiredAction, models.CASCADE, related_name="vulnerabilities")
    cve = models.CharField(_("CVE"), max_length=20)
    product_line = models.CharField(_("product line"), max_length=100, blank=True)
    impact = models.CharField(_("impact"), max_length=60, blank=True)
    cvss = models.DecimalField(_("CVSS"), max_digits=3, decimal_places=1, null=True, blank=True)
    exploited_since = models.DateField(_("exploited since"), null=True, blank=True)
    fix = models.CharField(_("fix"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("vulnerability")
        verbose_name_plural = _("vulnerabilities")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["action", "cve"], name="vulnerability_once_per_action"),
            models.CheckConstraint(
                condition=Q(cvss__isnull=True) | Q(cvss__range=(0, 10)), name="vulnerability_cvss_range"
            ),
        ]

    def __str__(self):
        return self.cve
