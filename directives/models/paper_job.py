"""The work of printing a paper, as a row: who waits for it, who is at it, how often it was tried."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock

from .paper import Paper, PaperFile

TRIES = 3


class PaperJob(models.Model):
    """One content of a paper to be printed in one format; leases use the database's clock, not the domain's.

    `key` tells contents apart: the hash of the content, or, where reading it is part of the work, the minute asked.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be printed")
        WORKING = "working", _("Being printed")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Not printed")

    class Problem(models.TextChoices):
        GLYPHS = "glyphs", _("its font has no sign for some letters")
        TIME = "time", _("it took too long")
        MEMORY = "memory", _("it needed too much memory")
        LOST = "lost", _("the printing was cut off")
        BROKEN = "broken", _("an error in the printing")

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="jobs")
    format = models.CharField(_("format"), max_length=4, choices=PaperFile.Format, default=PaperFile.Format.PDF)
    form = models.CharField(_("form"), max_length=8, blank=True)
    key = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=8, choices=Problem, blank=True)
    letters = models.CharField(_("letters that cannot be printed"), max_length=40, blank=True)
    file = models.ForeignKey(PaperFile, models.CASCADE, null=True, related_name="jobs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("printing of a paper")
        verbose_name_plural = _("printings of papers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "format", "form", "key"], name="paper_job_once_per_content"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(file__isnull=False), name="paper_job_ready_has_file"
            ),
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="paper_job_tried_three_times_at_most"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "working"]), name="paper_job_open"),
        ]

    def __str__(self):
        return f"{self.paper} · {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be printed."""
        return self.state in (self.State.WAITING, self.State.WORKING)
