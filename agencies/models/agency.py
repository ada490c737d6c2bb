"""Agencies have a stable id; what they are called, and whether they exist, depends on the date."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock
from alertdesk.lib.text import fold


class AgencyQuerySet(models.QuerySet):
    def in_force_on(self, day: date):
        """Agencies that have a name valid on `day`."""
        return self.filter(Exists(AgencyName.objects.filter(agency=OuterRef("pk")).valid_on(day)))

    def answering_under(self, agency, day: date):
        """The agency's own units in force on `day` in which somebody answers."""
        people = {"memberships__role__in": ("officer", "head"), "memberships__user__is_active": True}
        current = Q(memberships__valid_from__isnull=True) | Q(memberships__valid_from__lte=day)
        current &= Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=day)
        units = self.in_force_on(day).filter(parent=agency, kind__in=(Agency.Kind.UNIT, Agency.Kind.COMMUNE))
        return units.filter(current, **people).distinct()

    def under(self, agency):
        """The agency itself and everything below it, however deep."""
        return self.filter(pk__in=_grown([agency], lambda known: Q(parent__in=known)))

    def inherited_by(self, agencies):
        """The agencies themselves and every one whose open work has come to them, however long ago."""
        return self.filter(pk__in=_grown(agencies, _handed_over_to))

    def reached_by(self, agencies):
        """The agencies, what is below them and what they took over: all that their people may read."""
        return self.filter(pk__in=_grown(agencies, lambda known: Q(parent__in=known) | _handed_over_to(known)))


def _handed_over_to(known: set[int]) -> Q:
    # Several successors may follow a split; only the one that took the work over reads and continues it.
    handed_over = Succession.objects.filter(successor__in=known, takes_over=True, happened_on__lte=clock.today())
    return Q(pk__in=handed_over.values("predecessor"))


def _grown(agencies, step) -> set[int]:
    """Return the ids of the agencies and of all that `step` (known ids → condition) finds, again and again."""
    found = frontier = {agency.pk for agency in agencies}
    while frontier:
        frontier = set(Agency.objects.filter(step(frontier)).values_list("pk", flat=True)) - found
        found = found | frontier
    return found


class Agency(models.Model):
    """A body that issues or receives directives; its names are in `AgencyName`."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        OFFICE = "office", _("Office")
        DEPARTMENT = "department", _("Department")
        BOARD = "board", _("Board")
        DISTRICT = "district", _("District")
        COMMUNE = "commune", _("Commune")
        VERTICAL = "vertical", _("Central body in the province")
        UNIT = "unit", _("Subordinate unit")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    place = models.CharField(_("place named in its papers"), max_length=100)
    code = models.CharField(_("electronic code, as given"), max_length=40, blank=True)
    code_key = models.CharField(_("electronic code, comparable"), max_length=40, blank=True, db_index=True)
    mailbox = models.EmailField(_("official mailbox"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=100, blank=True)
    needs_approval = models.BooleanField(
        _("the head approves before sending"),
        default=False,
        help_text=_("When set, an officer's report waits for the head of the agency."),
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="agency_not_its_own_parent",
                violation_error_message=_("An agency cannot be its own parent."),
            ),
        ]

    def __str__(self):
        return self.current_name.name if self.current_name else f"#{self.pk}"

    @property
    def current_name(self):
        """The latest name the agency has or had, whatever the date; None before one is given."""
        return max(self.names.all(), key=lambda name: name.valid_from or date.min, default=None)

    def name_on(self, day: date):
        """The name valid on `day`, else the latest one it had."""
        return next((name for name in self.names.all() if name.covers(day)), self.current_name)


class AgencyNameQuerySet(models.QuerySet):
    def valid_on(self, day: date):
        """Names in force on `day`; both ends of a period are inclusive, an open end has no limit."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class AgencyName(models.Model):
    """What an agency is called during a period: full name, short name, symbol in document numbers."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=100)
    symbol = models.CharField(_("symbol"), max_length=40)
    aliases = models.JSONField(_("other names it is known by"), default=list, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    search_text = models.CharField(max_length=500, editable=False, default="")

    objects = AgencyNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency name")
        verbose_name_plural = _("agency names")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_name_period_in_order",
                violation_error_message=_("A name's last day cannot come before its first."),
            ),
            models.UniqueConstraint(
                fields=["agency", "valid_from"],
                name="agency_name_one_per_start",
                violation_error_message=_("This agency already has a name from that day."),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(valid_from__isnull=True),
                name="agency_name_one_first",
                violation_error_message=_("This agency already has a name from that day."),
            ),
        ]

    def __str__(self):
        return self.name

    def covers(self, day: date) -> bool:
        """Whether the name is in force on `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def spellings(self) -> set[str]:
        """Folded forms under which a document may name the agency; the symbol is not among them."""
        return {fold(text) for text in (self.name, self.short_name, *self.aliases) if text}


class Succession(models.Model):
    """A dated act: what became of an agency; a rename has the agency itself as its successor.

    Of several successors one takes over the open work, and with it what was reported before.
    """

    class Act(models.TextChoices):
        MERGE = "merge", _("Merge")
        SPLIT = "split", _("Split")
        RENAME = "rename", _("Rename")
        DISSOLVE = "dissolve", _("Dissolve")

    act = models.CharField(_("act"), max_length=10, choices=Act)
    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="predecessions")
    happened_on = models.DateField(_("date"))
    source_document = models.CharField(_("document"), max_length=200, blank=True)
    takes_over = models.BooleanField(_("takes over the open work"), default=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "happened_on"],
                name="succession_once",
                violation_error_message=_("This succession is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "happened_on"],
                condition=Q(successor__isnull=True),
                name="succession_end_once",
                violation_error_message=_("This succession is recorded already."),
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor} ({self.happened_on})"
