"""Rows about weaknesses: three numbers per product line, and on demand one weakness on one product line or system."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import MachineGroup

from ..action import Vulnerability
from .base import AnswerRow


class ProductRow(AnswerRow):
    """How many machines of one product line there are and how many are updated; the rest needs its reason."""

    FIELDS = ("product_line", "total", "updated", "build", "reason", "until")
    LINKS = ("group",)
    SHARED = {"product_line": "product_line", "machines": "total"}

    group = models.ForeignKey(MachineGroup, models.PROTECT, null=True, blank=True, related_name="+")
    product_line = models.CharField(_("product line"), max_length=100)
    total = models.PositiveIntegerField(_("machines"))
    updated = models.PositiveIntegerField(_("updated"))
    build = models.CharField(_("lowest build"), max_length=20, blank=True)
    reason = models.CharField(_("why not yet"), max_length=300, blank=True)
    until = models.DateField(_("to be updated by"), null=True, blank=True)

    class Meta(AnswerRow.Meta):
        verbose_name = _("machines of a product line")
        verbose_name_plural = _("machines by product line")
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "product_line"],
                name="product_row_once",
                violation_error_message=_("This product line stands in the answer already."),
            ),
            models.CheckConstraint(
                condition=Q(updated__lte=F("total")),
                name="product_row_adds_up",
                violation_error_message=_("More machines cannot be updated than there are."),
            ),
        ]

    def __str__(self):
        return self.product_line

    @property
    def pending(self) -> int:
        """How many machines are not updated yet."""
        return self.total - self.updated

    @classmethod
    def figures(cls, rows, beside=()):
        """Count machines, those updated, and those not yet."""
        total, updated = sum(row.total for row in rows), sum(row.updated for row in rows)
        return {"total": total, "done": updated, "extra": total - updated}


class WeaknessRow(AnswerRow):
    """What an agency says of one weakness on one of its systems or product lines."""

    class State(models.TextChoices):
        FIXED = "fixed", _("Fixed")
        MITIGATED = "mitigated", _("Mitigated")
        EXPOSED = "exposed", _("Not fixed yet")
        ABSENT = "absent", _("Not affected")

    FIELDS = ("cve", "place", "state", "note")
    LINKS = ("vulnerability",)

    vulnerability = models.ForeignKey(Vulnerability, models.SET_NULL, null=True, blank=True, related_name="+")
    cve = models.CharField(_("CVE"), max_length=20)
    place = models.CharField(_("system or product line"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(AnswerRow.Meta):
        verbose_name = _("weakness on a system")
        verbose_name_plural = _("weaknesses by system")
        constraints = [models.UniqueConstraint(fields=["answer", "cve", "place"], name="weakness_row_once")]

    def __str__(self):
        return f"{self.cve} · {self.place}"
