"""An answer: what an agency says about one required action, its revisions and its evidence."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .action import RequiredAction
from .assignment import Assignment
from .files import StoredFile
from .states import COMPLETE, WITH_REASON, AnswerStatus


@dataclass(frozen=True)
class FigureLabels:
    """How the three counts of an answer are called for one kind of action; `extra` None is not asked."""

    total: str
    done: str
    extra: str | None = None
    reference: str | None = None


Kind = RequiredAction.Kind
FIGURES = {
    Kind.SYSTEMS: FigureLabels(_("Systems in scope"), _("Systems strengthened"), _("Of these at level 3 or above")),
    Kind.VULNERABILITIES: FigureLabels(
        _("Machines checked"), _("Machines updated"), _("Machines that cannot be updated yet")
    ),
    Kind.PORTALS: FigureLabels(_("Portals and websites"), _("With a signed commitment"), _("Bad posts found")),
    Kind.LAYERS_AND_DUTY: FigureLabels(
        _("Systems at level 3 or important"), _("With all four layers"), _("People on duty during the holiday")
    ),
    Kind.CASCADE: FigureLabels(
        _("Subordinate units"), _("Units notified"), _("Units that reported back"), _("Number and date of the notice")
    ),
    Kind.GENERAL: FigureLabels(_("Total"), _("Done")),
}


class Figures(models.Model):
    """The few counts that fit an action's kind; what they mean is in `FIGURES`."""

    total = models.PositiveIntegerField(_("total"), null=True, blank=True)
    done = models.PositiveIntegerField(_("done"), null=True, blank=True)
    extra = models.PositiveIntegerField(_("further count"), null=True, blank=True)
    reference = models.CharField(_("document"), max_length=120, blank=True)
    # What the rows behind the answer say (`AnswerRow.to_dict`), so that reading and freezing need no further query.
    rows = models.JSONField(_("rows"), default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def has_figures(self) -> bool:
        """Whether the answer carries a count, which is more than a tick."""
        return self.total is not None

    def says_as(self, other: "Figures") -> bool:
        """Whether another answer, revision or sent item says the same in every word, count and row."""
        return all(getattr(self, name) == getattr(other, name) for name in SAID)


# What an answer, a revision and a sent item say alike.
SAID = ("status", "note", "total", "done", "extra", "reference", "rows")


def figure_constraints(prefix: str) -> list[models.CheckConstraint]:
    """Return the rules that counts obey, named for one table."""
    return [
        models.CheckConstraint(
            condition=Q(done__isnull=True) | Q(total__isnull=False, done__lte=F("total")),
            name=f"{prefix}_done_within_total",
            violation_error_message=_("What is done cannot exceed the total."),
        ),
        models.CheckConstraint(
            condition=~Q(status__in=WITH_REASON) | ~Q(note=""),
            name=f"{prefix}_reason_given",
            violation_error_message=_("“Nothing arose” and “not applicable” need a reason."),
        ),
    ]


class Answer(Figures):
    """One assignment × one required action, as the agency is writing it."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="answers")
    action = models.ForeignKey(RequiredAction, models.PROTECT, related_name="answers")
    status = models.CharField(_("status"), max_length=16, choices=AnswerStatus, default=AnswerStatus.NOT_STARTED)
    note = models.TextField(_("what was done, or the reason"), blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["action__position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "action"], name="answer_once_per_action"),
            *figure_constraints("answer"),
        ]

    def __str__(self):
        return f"{self.action} · {self.get_status_display()}"

    @property
    def says_nothing(self) -> bool:
        """Whether nobody has written anything into it yet."""
        return self.status == AnswerStatus.NOT_STARTED and not (self.note or self.has_figures or self.rows)

    @property
    def kept_evidence(self) -> list["Evidence"]:
        """The files that stand behind the answer now."""
        return [item for item in self.evidence.all() if item.removed_at is None]

    def missing(self) -> str:
        """Say what the answer still lacks before the report can be sent, or nothing."""
        if self.status not in COMPLETE:
            return _("Choose a result.")
        if self.status == AnswerStatus.PARTLY and not self.note:
            return _("Say what is still open and until when.")
        needs_file = (
            self.action.evidence_rule == RequiredAction.EvidenceRule.REQUIRED and self.status not in WITH_REASON
        )
        return _("Attach a file as evidence.") if needs_file and not self.kept_evidence else ""


class AnswerRevision(Figures):
    """What an answer said after one save, a preset, or up to ten minutes of one person's autosaves.

    `origin` LAST_TIME stays with what one person makes of last time's result before they open the page again.
    Only a running autosave still changes its own row (`services.autosaving`); then `saved_at` says when it began.
    """

    class Origin(models.TextChoices):
        SAVED = "saved", _("Saved")
        AUTOSAVED = "autosaved", _("Saved while typing")
        PRESET = "preset", _("Set by the opening questions")
        LAST_TIME = "last_time", _("Started from last time's result")
        SCANNED = "scanned", _("Taken from a scan's file")

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=AnswerStatus)
    note = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.SAVED)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="revision_once")]

    def __str__(self):
        return f"{self.answer_id} v{self.version}"


class Evidence(StoredFile):
    """A file behind an answer; a removed one stays for the submissions that named it."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="evidence")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]

    @property
    def is_kept(self) -> bool:
        """Whether the file still stands behind the answer."""
        return self.removed_at is None
