"""The files that go with a directive."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .action import RequiredAction
from .directive import Directive
from .files import StoredFile


class DirectiveFile(StoredFile):
    """A file that goes with a directive: the signed original, the ministry's letter, guidance for an action."""

    class Kind(models.TextChoices):
        SIGNED_ORIGINAL = "signed_original", _("Signed original")
        BASE_LETTER = "base_letter", _("Letter it carries out")
        GUIDANCE = "guidance", _("Guidance")
        OTHER = "other", _("Other")

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="files")
    action = models.ForeignKey(RequiredAction, models.CASCADE, null=True, blank=True, related_name="files")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.OTHER)

    class Meta:
        verbose_name = _("file of a directive")
        verbose_name_plural = _("files of a directive")
        ordering = ["id"]
