"""Rows about information systems: what was strengthened, and the four layers of protection."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import InformationSystem

from .base import AnswerRow

LEVEL_THREE = 3


class OfSystem(AnswerRow):
    """A row about one system; name and level are copied, so that a report stays what it was.

    `system` is empty until the row is saved by a press of the button, which puts it into the register.
    """

    system = models.ForeignKey(InformationSystem, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name of the system"), max_length=200)
    level = models.PositiveSmallIntegerField(_("level"), choices=InformationSystem.Level, null=True, blank=True)

    LINKS = ("system",)

    class Meta(AnswerRow.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "name"],
                name="%(class)s_once",
                violation_error_message=_("This system stands in the answer already."),
            )
        ]

    def __str__(self):
        return self.name


class SystemRow(OfSystem):
    """What was done to strengthen one system, by whom and when."""

    FIELDS = (
        "name", "level", "is_important", "has_personal_data", "for_leadership",
        "is_strengthened", "measures", "responsible", "done_on",
    )  # fmt: skip
    SHARED = {name: name for name in ("name", "level", "is_important", "has_personal_data", "for_leadership")}

    is_important = models.BooleanField(_("important system"), default=False)
    has_personal_data = models.BooleanField(_("holds personal data"), default=False)
    for_leadership = models.BooleanField(_("serves the leadership's direction"), default=False)
    is_strengthened = models.BooleanField(_("strengthened"), default=False)
    measures = models.CharField(_("measures taken"), max_length=500, blank=True)
    responsible = models.CharField(_("by whom"), max_length=100, blank=True)
    done_on = models.DateField(_("on"), null=True, blank=True)

    class Meta(OfSystem.Meta):
        verbose_name = _("system strengthened")
        verbose_name_plural = _("systems strengthened")

    @classmethod
    def figures(cls, rows, beside=()):
        """Count the systems, those strengthened, and those at level 3 or above."""
        return {
            "total": len(rows),
            "done": sum(row.is_strengthened for row in rows),
            "extra": sum((row.level or 0) >= LEVEL_THREE for row in rows),
        }


class LayerRow(OfSystem):
    """Which of the four layers of Công văn 1552/BTTTT-CATTT of 28/4/2020 one system has, and by whom."""

    FIELDS = ("name", "level", "local_force", "monitored_by", "assessed_by", "assessed_on", "is_connected")
    SHARED = {name: name for name in FIELDS}

    local_force = models.CharField(_("layer 1: force on the spot"), max_length=200, blank=True)
    monitored_by = models.CharField(_("layer 2: monitored and protected by"), max_length=200, blank=True)
    assessed_by = models.CharField(_("layer 3: independently assessed by"), max_length=200, blank=True)
    assessed_on = models.DateField(_("layer 3: last assessment"), null=True, blank=True)
    is_connected = models.BooleanField(_("layer 4: connected to the national monitoring system"), default=False)

    class Meta(OfSystem.Meta):
        verbose_name = _("layers of a system")
        verbose_name_plural = _("layers of systems")

    @property
    def layers(self) -> tuple[bool, bool, bool, bool]:
        """Which of the four layers are in place, in their order."""
        return bool(self.local_force), bool(self.monitored_by), bool(self.assessed_by), self.is_connected

    @classmethod
    def figures(cls, rows, beside=()):
        """Count the systems and those with all four layers; people on duty are counted from the roster."""
        return {"total": len(rows), "done": sum(all(row.layers) for row in rows)}
