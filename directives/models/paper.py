"""Official papers: what each one is, the number it was given, and every file of it with its fingerprint."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from alertdesk.lib import clock
from alertdesk.lib.file_kinds import KINDS

from .assignment import Assignment
from .directive import Directive
from .files import random_place
from .incident import Incident


class Paper(models.Model):
    """One official paper about a directive, an assignment or an incident.

    Number and date are what the clerk's office gave it, in its own register; they stay blank until then.
    """

    class Kind(models.TextChoices):
        DIRECTIVE = "directive", _("Directive")
        REPLY = "reply", _("Official reply")
        FORWARDING = "forwarding", _("Letter to the units")
        COMMITMENT = "commitment", _("Commitment on portals")
        SUMMARY = "summary", _("Summary")
        QUICK_REPORT = "quick_report", _("Holiday quick report")
        ROSTER = "roster", _("Duty roster of the province")
        AGENCY_ROSTER = "agency_roster", _("Duty roster of an agency")
        INCIDENT_FIRST = "incident_first", _("First report on an incident")
        INCIDENT_CLOSING = "incident_closing", _("Closing report on an incident")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    directive = models.ForeignKey(Directive, models.CASCADE, null=True, blank=True, related_name="papers")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="papers")
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="papers")
    number = models.CharField(_("number"), max_length=60, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("number given at"), null=True, blank=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(directive__isnull=False) | Q(incident__isnull=False),
                name="paper_has_subject",
                violation_error_message=_("A paper belongs to a directive or to an incident."),
            ),
            models.UniqueConstraint(
                fields=["kind", "directive"],
                condition=Q(assignment__isnull=True, incident__isnull=True),
                name="paper_once_per_directive",
                violation_error_message=_("This directive already has this paper."),
            ),
            models.UniqueConstraint(
                fields=["kind", "directive", "assignment"],
                condition=Q(assignment__isnull=False, incident__isnull=True),
                name="paper_once_per_assignment",
                violation_error_message=_("This report already has this paper."),
            ),
            models.UniqueConstraint(
                fields=["kind", "incident"],
                condition=Q(incident__isnull=False),
                name="paper_once_per_incident",
                violation_error_message=_("This incident already has this paper."),
            ),
            models.CheckConstraint(
                condition=Q(number="", dated_on__isnull=True, given_at__isnull=True)
                | (~Q(number="") & Q(dated_on__isnull=False, given_at__isnull=False)),
                name="paper_number_with_date",
                violation_error_message=_("Give both the number and the date of the paper."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def subject(self) -> Directive | Assignment | Incident:
        """The row that the paper speaks of."""
        return self.incident or self.assignment or self.directive

    @property
    def issuing_body(self) -> Agency:
        """The body in whose register of outgoing documents the paper gets its number."""
        if self.incident:
            return self.incident.agency
        return self.assignment.responsible_agency if self.assignment else self.directive.issuer

    @property
    def full_number(self) -> str:
        """Number and symbol as given, blank until then; a directive keeps its own."""
        if self.kind != self.Kind.DIRECTIVE:
            return self.number
        return self.directive.full_number if self.directive.number else ""

    @property
    def issued_on(self) -> date | None:
        """The date as given; a directive keeps its own."""
        return self.directive.signed_on if self.kind == self.Kind.DIRECTIVE else self.dated_on


class PaperFileQuerySet(models.QuerySet):
    def prints(self):
        """What was rendered here."""
        return self.filter(form="rendered")

    def copies(self):
        """What was issued outside and came back: signed PDFs and scans."""
        return self.exclude(form="rendered")


class PaperFile(models.Model):
    """One file of a paper. A rendered one is known by what went into it; its bytes may be cleared away, the row stays.

    Signed files and scans are kept as they came.
    """

    class Form(models.TextChoices):
        RENDERED = "rendered", _("Printed here")
        SIGNED = "signed", _("Signed copy")
        SCAN = "scan", _("Scan of the signed paper")

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"
        JPG = "jpg", "JPG"
        PNG = "png", "PNG"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="files")
    form = models.CharField(_("form"), max_length=8, choices=Form)
    format = models.CharField(_("format"), max_length=4, choices=Format)
    name = models.CharField(_("file name"), max_length=150)
    file = models.FileField(upload_to=random_place, max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    content_key = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    # Of a copy: what was found about each digital signature when it came (none in a scan), and the print it is made on.
    signatures = models.JSONField(default=list, blank=True)
    printed_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    fetched_at = models.DateTimeField(_("last downloaded at"), null=True, blank=True)

    objects = PaperFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a paper")
        verbose_name_plural = _("files of a paper")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "format", "content_key"],
                condition=Q(form="rendered"),
                name="paper_file_once_per_content",
            ),
            models.UniqueConstraint(
                fields=["paper", "sha256"],
                condition=~Q(form="rendered"),
                name="paper_file_once_per_copy",
                violation_error_message=_("This very file has been added already."),
            ),
            models.CheckConstraint(
                condition=(Q(form="rendered") & ~Q(content_key="")) | (~Q(form="rendered") & Q(content_key="")),
                name="paper_file_rendered_has_content_key",
            ),
            models.CheckConstraint(
                condition=Q(form="rendered") | ~Q(file=""),
                name="paper_file_copy_is_kept",
                violation_error_message=_("A signed copy is kept as it came."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def content_type(self) -> str:
        """The content type that goes with the format."""
        return KINDS[self.format]
