"""What the rows of all registers share: whose they are, in which version, and that they are never deleted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from ..agency import Agency
from ..user import User


class Register(models.TextChoices):
    SYSTEMS = "systems", _("Information systems")
    MACHINES = "machines", _("Machines by product line")
    PORTALS = "portals", _("Portals, websites and fan pages")
    PROVIDERS = "providers", _("Service providers")
    DUTY = "duty", _("People on duty")


class RegisterQuerySet(models.QuerySet):
    def kept(self):
        """Rows that stand in the register today; the removed ones stay as history."""
        return self.filter(removed_at__isnull=True)


class RegisterRow(models.Model):
    """One row of an agency's register; `version` grows with every change.

    Each register says which one it is (`register`), what is typed in a row (`FIELDS`, which forms and files
    follow) and which of these tell two rows of an agency apart (`KEY`).
    """

    register: Register
    FIELDS: tuple[str, ...]
    KEY: tuple[str, ...] = ("name",)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="%(class)ss")
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        abstract = True


def unique_among_kept(*fields: str, name: str, message) -> models.UniqueConstraint:
    """Return the rule that no two rows kept by an agency agree in `fields`."""
    return models.UniqueConstraint(
        fields=["agency", *fields],
        condition=models.Q(removed_at__isnull=True),
        name=name,
        violation_error_message=message,
    )
