"""Rows about portals: the signed commitment and the checks of each, and what was found on them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Portal

from ..answer import Evidence
from .base import AnswerRow


class PortalRow(AnswerRow):
    """One portal: who signed the commitment and when, how often it is checked, how posts are moderated."""

    FIELDS = ("name", "url", "moderation", "committed_by", "committed_on", "checks_per_day")
    LINKS = ("portal", "commitment")
    SHARED = {"name": "name", "url": "url", "moderation": "moderation"}

    portal = models.ForeignKey(Portal, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name of the page"), max_length=200)
    url = models.CharField(_("address"), max_length=200, blank=True)
    moderation = models.CharField(
        _("moderation of readers' posts"), max_length=8, choices=Portal.Moderation, blank=True
    )
    committed_by = models.CharField(_("commitment signed by"), max_length=100, blank=True)
    committed_on = models.DateField(_("signed on"), null=True, blank=True)
    commitment = models.ForeignKey(Evidence, models.SET_NULL, null=True, blank=True, related_name="+")
    checks_per_day = models.PositiveSmallIntegerField(_("checks a day"), null=True, blank=True)

    class Meta(AnswerRow.Meta):
        verbose_name = _("portal watched")
        verbose_name_plural = _("portals watched")
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "name"],
                name="portalrow_once",
                violation_error_message=_("This page stands in the answer already."),
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def figures(cls, rows, beside=()):
        """Count the portals, those with a signed commitment, and what was found on them."""
        committed = sum(row.committed_on is not None for row in rows)
        return {"total": len(rows), "done": committed, "extra": sum(isinstance(row, FindingRow) for row in beside)}


class FindingRow(AnswerRow):
    """Something bad found on a portal, and when it was gone."""

    class Kind(models.TextChoices):
        LINKS = "links", _("Injected or hidden links")
        DEFACED = "defaced", _("Changed appearance")
        POST = "post", _("Bad or untrue post")
        OTHER = "other", _("Other")

    is_single = False
    FIELDS = ("portal_name", "kind", "found_at", "removed_at", "handling")

    portal_name = models.CharField(_("portal"), max_length=200)
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    found_at = models.DateTimeField(_("found at"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    handling = models.CharField(_("what was done"), max_length=300, blank=True)

    class Meta(AnswerRow.Meta):
        verbose_name = _("finding on a portal")
        verbose_name_plural = _("findings on portals")
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("found_at")),
                name="finding_removed_after_found",
                violation_error_message=_("It cannot be removed before it was found."),
            )
        ]

    def __str__(self):
        return f"{self.portal_name} · {self.get_kind_display()}"
