"""A directive: the issued document, and the directives that it follows."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Role
from alertdesk.lib import clock

from .states import DirectiveState


class DirectiveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the person's desk handles; for leaders what it has issued, and for the province's what any below did."""
        desks = Agency.objects.inherited_by(user.agencies_as(Role.STAFF)).values("pk")
        led = Agency.objects.inherited_by(user.agencies_as(Role.LEADER)).values("pk")
        sent = ~Q(state=DirectiveState.DRAFT)
        return self.filter(Q(issuer__in=desks) | sent & (Q(issuer__in=led) | Q(issuer__parent__in=led)))

    def kept_by(self, user):
        """What the person's own desk handles, without what they only read as a leader."""
        return self.filter(issuer__in=Agency.objects.inherited_by(user.agencies_as(Role.STAFF)).values("pk"))

    def issued(self):
        """Directives that recipients have to answer now."""
        return self.filter(state=DirectiveState.ISSUED)


class Directive(models.Model):
    """One công văn. Number and day may stay blank until the clerk gives them; lists keep the printed lines."""

    class Urgency(models.TextChoices):
        NORMAL = "normal", _("Normal")
        URGENT = "urgent", _("Urgent")
        VERY_URGENT = "very_urgent", _("Very urgent")
        IMMEDIATE = "immediate", _("Immediate")

    issuer = models.ForeignKey(Agency, models.PROTECT, related_name="directives")
    issuer_parent_name = models.CharField(_("parent body, as printed"), max_length=200, blank=True)
    issuer_name = models.CharField(_("issuing body, as printed"), max_length=200)
    doc_type = models.CharField(_("type of document"), max_length=40, default="công văn")
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=500)
    preamble = models.TextField(_("opening"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    based_on = models.JSONField(_("letters it carries out"), default=list, blank=True)
    addressees = models.JSONField(_("addressed to"), default=list, blank=True)
    copies = models.JSONField(_("copies to"), default=list, blank=True)
    contacts = models.JSONField(_("support contacts"), default=list, blank=True)
    signer_authority = models.CharField(_("signs for"), max_length=100, blank=True)
    signer_title = models.CharField(_("signer's position"), max_length=100, blank=True)
    signer_name = models.CharField(_("signer"), max_length=100, blank=True)
    # What the desk chose against the lines above, as agency ids: the lines themselves decide the rest.
    left_out = models.JSONField(_("named, but left out"), default=list, blank=True)
    added = models.JSONField(_("added by the desk"), default=list, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_out_by", verbose_name=_("carries out")
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("replaces"),
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_ones", verbose_name=_("last time's directive")
    )
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    # The days of duty where the desk has set them; blank means the holiday near the deadline.
    duty_from = models.DateField(_("on duty from"), null=True, blank=True)
    duty_to = models.DateField(_("on duty to"), null=True, blank=True)
    unread = models.JSONField(_("what could not be read"), default=list, blank=True)
    source_text = models.TextField(_("text it was read from"), blank=True)
    # {"spans": {field or "field.n": [[start, end], …]}, "left_out": [[start, end], …]} over the text above.
    source_marks = models.JSONField(_("where in that text each field was read"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=DirectiveState, default=DirectiveState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("directive")
        verbose_name_plural = _("directives")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DirectiveState.DRAFT) | Q(deadline__isnull=False),
                name="directive_issued_has_deadline",
                violation_error_message=_("A directive cannot be issued without a deadline."),
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(day__range=(1, 31), month__range=(1, 12), year__isnull=False),
                name="directive_day_needs_month_and_year",
                violation_error_message=_("A day needs a month and a year."),
            ),
            models.CheckConstraint(
                condition=Q(duty_from__isnull=True, duty_to__isnull=True)
                | Q(duty_from__isnull=False, duty_to__isnull=False, duty_to__gte=models.F("duty_from")),
                name="directive_duty_days_in_order",
                violation_error_message=_("The last day of duty must not come before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.full_number}: {self.subject}"

    @property
    def full_number(self) -> str:
        """Number and symbol as printed; a number not yet given leaves its place blank."""
        return f"{self.number or '…'}/{self.symbol}" if self.symbol else self.number

    @property
    def urgency_words(self) -> str:
        """How urgent the document is, as it says itself; nothing where it says nothing."""
        return "" if self.urgency == self.Urgency.NORMAL else self.get_urgency_display()

    @property
    def signed_on(self) -> date | None:
        """The date of the document when day, month and year are all given."""
        return date(self.year, self.month, self.day) if self.day and self.month and self.year else None

    @property
    def reference_day(self) -> date:
        """The day that decides which agencies exist: the document's date, else the day of issue, else today."""
        return self.signed_on or (self.issued_at.astimezone(clock.ZONE).date() if self.issued_at else clock.today())

    @property
    def is_draft(self) -> bool:
        """Whether nothing has been sent yet."""
        return self.state == DirectiveState.DRAFT
