"""How an agency heads, words and signs its papers."""

import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from .agency import Agency
from .user import User

# What a standing sentence may hold in braces. Anything else in braces is refused: there is no other language in them.
PLACEHOLDERS = ("văn bản", "ngày", "nơi ban hành", "trích yếu", "cơ quan", "nơi nhận")
# Decree 30/2020/NĐ-CP: who signs for whom is told by these alone, each followed by a space.
AUTHORITIES = ("TM.", "Q.", "KT.", "TL.", "TUQ.")
_IN_BRACES = re.compile(r"\{([^{}]*)\}")


class Letterhead(models.Model):
    """An agency's own choices for its papers; what is blank follows from its kind and its names.

    `signers` holds up to three of {"titles": [line, …], "name": …}; `signing` says which of them signs.
    """

    class ReplyKind(models.TextChoices):
        LETTER = "letter", _("an official letter")
        REPORT = "report", _("a written report")

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="letterhead")
    parent_name = models.CharField(_("body above, as printed"), max_length=200, blank=True)
    own_name = models.CharField(_("own name, as printed"), max_length=200, blank=True)
    symbol = models.CharField(_("symbol of its letters"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    signers = models.JSONField(_("signers"), default=list, blank=True)
    signing = models.PositiveSmallIntegerField(_("who signs"), default=0)
    copies = models.TextField(_("copies to (nơi nhận)"), max_length=2000, blank=True)
    reply_kind = models.CharField(_("kind of reply"), max_length=6, choices=ReplyKind, default=ReplyKind.LETTER)
    reply_opening = models.CharField(_("first sentence of the reply"), max_length=600, blank=True)
    reply_closing = models.CharField(_("last sentence of the reply"), max_length=600, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("last changed"), default=clock.now, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("fixed parts of its papers")
        verbose_name_plural = _("fixed parts of papers")
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_kind__in=("letter", "report")),
                name="letterhead_reply_kind_known",
                violation_error_message=_("A reply is an official letter or a report."),
            ),
            models.CheckConstraint(
                condition=Q(signing__lt=3),
                name="letterhead_signer_of_three",
                violation_error_message=_("Choose one of the three signers."),
            ),
        ]

    # What its agency chooses, in the order of the page.
    FIELDS = (
        "parent_name",
        "own_name",
        "symbol",
        "place",
        "signers",
        "signing",
        "copies",
        "reply_kind",
        "reply_opening",
        "reply_closing",
    )

    def __str__(self):
        return f"{self.agency}"

    @property
    def signer(self) -> dict | None:
        """The one who signs now; None where nobody has been named."""
        return self.signers[self.signing] if self.signing < len(self.signers) else next(iter(self.signers), None)


def unknown_braces(sentence: str) -> list[str]:
    """Return what stands in braces and is no placeholder, and every brace without its other half."""
    unknown = [f"{{{name}}}" for name in _IN_BRACES.findall(sentence) if name not in PLACEHOLDERS]
    return unknown + sorted(set(re.findall(r"[{}]", _IN_BRACES.sub("", sentence))))
