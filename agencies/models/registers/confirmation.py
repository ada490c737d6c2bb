"""An agency says that a register is still right."""

import hashlib
import json
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from ..agency import Agency
from ..user import User
from .rows import Register


class RegisterConfirmation(models.Model):
    """One act of "still right"; it holds while the register's fingerprint is the one confirmed.

    Times would not tell: a row may be changed in the same moment, and the demo's clock stands still.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="register_confirmations")
    register = models.CharField(_("register"), max_length=10, choices=Register)
    fingerprint = models.CharField(max_length=16, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), default=clock.now, editable=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("confirmation of a register")
        verbose_name_plural = _("confirmations of registers")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(register__in=Register.values),
                name="confirmation_of_a_register",
                violation_error_message=_("There is no such register."),
            )
        ]

    def __str__(self):
        return f"{self.register} {self.agency_id}"


def fingerprint_of(rows: Iterable[tuple[int, int]]) -> str:
    """Return what changes with any row kept in a register; `rows` are (id, version)."""
    return hashlib.sha256(json.dumps(sorted(rows)).encode()).hexdigest()[:16]
