"""A submission: a frozen copy of all answers, made by the agency or recorded by the desk for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from .action import RequiredAction
from .answer import Figures, figure_constraints
from .assignment import Assignment
from .files import StoredFile
from .states import AnswerStatus, Verdict


class Submission(models.Model):
    """One sending of an assignment's answers: a round, a reference number, and the SHA-256 of what was sent."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField(_("round"))
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now)
    signed_number = models.CharField(_("number of the signed reply"), max_length=60, blank=True)
    signed_on = models.DateField(_("date of the signed reply"), null=True, blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "round"], name="submission_once_per_round"),
            models.CheckConstraint(
                condition=Q(signed_number="", signed_on__isnull=True)
                | (~Q(signed_number="") & Q(signed_on__isnull=False)),
                name="submission_signed_number_with_date",
                violation_error_message=_("Give both the number and the date of the signed reply."),
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_recorded(self) -> bool:
        """Whether the desk entered it for the agency."""
        return hasattr(self, "recorded")


class SubmissionItem(Figures):
    """What a submission says about one required action."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="items")
    action = models.ForeignKey(RequiredAction, models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=16, choices=AnswerStatus)
    note = models.TextField(_("note"), blank=True)
    evidence = models.ManyToManyField("Evidence", related_name="submission_items", blank=True)

    class Meta:
        ordering = ["action__position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "action"], name="submission_item_once"),
            *figure_constraints("submission_item"),
        ]

    def __str__(self):
        return f"{self.submission} · {self.action}"


class SubmissionFile(StoredFile):
    """A paper that came with a submission: the signed reply, or the document the desk recorded."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of a submission")
        ordering = ["id"]


class RecordedReport(models.Model):
    """How a report reached the desk outside the system; its content is the submission it belongs to."""

    class Channel(models.TextChoices):
        E_OFFICE = "e_office", _("E-office")
        EMAIL = "email", _("E-mail")
        PAPER = "paper", _("Paper")
        TELEPHONE = "telephone", _("Telephone")
        CHAT = "chat", _("Chat message")

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="recorded")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    document_number = models.CharField(_("the agency's number"), max_length=60, blank=True)
    document_on = models.DateField(_("the agency's date"), null=True, blank=True)
    arrival_number = models.CharField(_("our number on arrival"), max_length=40, blank=True)
    arrived_on = models.DateField(_("arrived on"))

    class Meta:
        verbose_name = _("recorded report")
        verbose_name_plural = _("recorded reports")

    def __str__(self):
        return f"{self.submission} ({self.get_channel_display()})"


class Review(models.Model):
    """The desk's look at one submission; `decided_at` None means it has begun but is not finished."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="review")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self):
        return f"{self.submission} · {self.reviewer}"


class ReviewItem(models.Model):
    """The desk's verdict on one item of a submission; asking for more needs a reason.

    `is_verified` says that the desk has compared the figures of a sufficient item with another source.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="items")
    item = models.ForeignKey(SubmissionItem, models.PROTECT, related_name="verdicts")
    verdict = models.CharField(_("verdict"), max_length=4, choices=Verdict)
    reason = models.TextField(_("reason"), blank=True)
    is_verified = models.BooleanField(_("figures verified"), default=False)

    class Meta:
        ordering = ["item__action__position"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="verdict_once_per_item"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.MORE) | ~Q(reason=""),
                name="verdict_more_has_reason",
                violation_error_message=_("Say what is asked for."),
            ),
            models.CheckConstraint(
                condition=Q(is_verified=False) | Q(verdict=Verdict.OK),
                name="verified_is_sufficient",
                violation_error_message=_("Only figures that are sufficient can be verified."),
            ),
        ]

    def __str__(self):
        return f"{self.item} · {self.get_verdict_display()}"
