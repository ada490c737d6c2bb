"""The two official reports on an incident as columns: forms 03 and 04 of Thông tư 20/2017/TT-BTTTT."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import InformationSystem


class Kind(models.TextChoices):
    """The ten kinds of form 05."""

    DENIAL = "denial", _("Denial of service")
    PHISHING = "phishing", _("Phishing")
    MALWARE = "malware", _("Malware")
    INTRUSION = "intrusion", _("Unauthorised access, control taken over")
    DEFACEMENT = "defacement", _("Defacement")
    ENCRYPTION = "encryption", _("Software, data or devices encrypted")
    SABOTAGE = "sabotage", _("Information, data or software destroyed")
    ESPIONAGE = "espionage", _("Eavesdropping, espionage, theft")
    COMBINED = "combined", _("Combined attack")
    OTHER = "other", _("Another kind")


class Severity(models.TextChoices):
    """The law knows two classes, no finer scale."""

    ORDINARY = "ordinary", _("Ordinary")
    SERIOUS = "serious", _("Serious")


class Handling(models.TextChoices):
    HANDLED = "handled", _("Has been dealt with")
    NOT_HANDLED = "not_handled", _("Has not been dealt with")


class Found(models.TextChoices):
    IDS = "ids", _("Intrusion detection system (IDS)")
    LOG = "log", _("Checking the logs")
    TOLD = "told", _("A notice received")
    OTHER = "other", _("Another way")


class Told(models.TextChoices):
    MEMBERS = "members", _("Members of the incident response network")
    PROVIDER = "provider", _("Internet service provider (ISP)")
    COORDINATOR = "coordinator", _("The coordinating body")
    NOBODY = "nobody", _("Nobody yet")


class Service(models.TextChoices):
    WEB = "web", _("Web server")
    MAIL = "mail", _("Mail server")
    DATABASE = "database", _("Database server")
    OTHER = "other", _("Other service")


class Measure(models.TextChoices):
    ANTIVIRUS = "antivirus", _("Antivirus")
    FIREWALL = "firewall", _("Firewall")
    IDS = "ids", _("Intrusion detection system (IDS)")
    OTHER = "other", _("Other measure")


class Attached(models.TextChoices):
    LOG = "log", _("Log files")
    SAMPLE = "sample", _("Sample of the malware")
    OTHER = "other", _("Something else")


# What can be ticked in the lists, and which lists may not stay empty.
TICKS = {"found_by": Found, "told": Told, "services": Service, "measures": Measure, "attached": Attached}
NEEDED_TICKS = ("found_by", "told")
# The parts of form 03 and of what the law asks about: title, fields, whether it always stands open on a page.
FORM_03 = (
    (_("Where and when"), ("agency", "assignment", "kind", "detected_at", "description", "handling"), True),
    (_("How it was found, and who knows"), ("found_by", "found_note", "told"), True),
    (_("Class and duties"), ("severity", "beyond_capacity_at", "threatens_order", "has_personal_data"), True),
    (
        _("Who reports, and whom to call"),
        (
            "reporter_name", "reporter_address", "reporter_phone", "reporter_email",
            "contact_name", "contact_post", "contact_phone", "contact_email",
        ),
        True,
    ),
    (_("The system"), ("operator", "system"), True),
    (
        _("More about the system"),
        (
            "owner", "system_name", "system_level", "system_address", "security_provider", "line_providers",
            "operating_system", "services", "services_note", "measures", "measures_note",
            "public_ips", "domains", "purpose",
        ),
        False,
    ),
    (
        _("Attachments, confidentiality, support"),
        ("attached", "attached_note", "is_confidential", "proposals"),
        False,
    ),
)  # fmt: skip
FORM_04 = ("first_number", "first_on", "ended_at", "cause", "result", "lessons", "closing_papers")


class FirstReport(models.Model):
    """Form 03; the lists hold the codes that were ticked, the note beside a list what "other" means."""

    reporter_name = models.CharField(_("reported by"), max_length=200)
    reporter_address = models.CharField(_("address"), max_length=200)
    reporter_phone = models.CharField(_("telephone"), max_length=40)
    reporter_email = models.EmailField(_("e-mail address"))
    contact_name = models.CharField(_("contact person"), max_length=100)
    contact_post = models.CharField(_("position"), max_length=100, blank=True)
    contact_phone = models.CharField(_("telephone of the contact person"), max_length=40)
    contact_email = models.EmailField(_("e-mail address of the contact person"))
    operator = models.CharField(_("operator of the system"), max_length=200)
    owner = models.CharField(_("body in charge of the system"), max_length=200, blank=True)
    system = models.ForeignKey(
        InformationSystem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("system of the register"),
    )
    system_name = models.CharField(_("name of the system"), max_length=200, blank=True)
    system_address = models.CharField(_("domain and IP address of the system"), max_length=200, blank=True)
    system_level = models.PositiveSmallIntegerField(_("level"), choices=InformationSystem.Level, null=True, blank=True)
    security_provider = models.CharField(_("provider of security services"), max_length=200, blank=True)
    line_providers = models.CharField(_("providers of outside connections"), max_length=300, blank=True)
    description = models.TextField(_("brief description of the incident"))
    detected_at = models.DateTimeField(_("detected at"))
    handling = models.CharField(_("present state"), max_length=12, choices=Handling)
    found_by = models.JSONField(_("how it was detected"), default=list)
    found_note = models.CharField(_("notice received from, or which other way"), max_length=200, blank=True)
    told = models.JSONField(_("already notified"), default=list)
    operating_system = models.CharField(_("operating system and version"), max_length=200, blank=True)
    services = models.JSONField(_("services on the system"), default=list, blank=True)
    services_note = models.CharField(_("which other services"), max_length=200, blank=True)
    measures = models.JSONField(_("security measures in place"), default=list, blank=True)
    measures_note = models.CharField(_("which other measures"), max_length=200, blank=True)
    public_ips = models.CharField(_("public IP addresses"), max_length=300, blank=True)
    domains = models.CharField(_("domain names"), max_length=300, blank=True)
    purpose = models.CharField(_("purpose of the system"), max_length=300, blank=True)
    attached = models.JSONField(_("sent with the report"), default=list, blank=True)
    attached_note = models.CharField(_("what else is sent with it"), max_length=200, blank=True)
    is_confidential = models.BooleanField(_("the information is to be kept confidential"), default=False)
    proposals = models.TextField(_("proposals, support asked for"), blank=True)

    class Meta:
        abstract = True


class ClosingReport(models.Model):
    """Form 04, beside what the first report says already."""

    first_number = models.CharField(_("number of the first report"), max_length=60, blank=True)
    first_on = models.DateField(_("date of the first report"), null=True, blank=True)
    ended_at = models.DateTimeField(_("response ended at"), null=True, blank=True)
    cause = models.TextField(_("what happened, and its cause"), blank=True)
    result = models.TextField(_("how it was solved"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)
    closing_papers = models.CharField(_("documents sent with it"), max_length=300, blank=True)

    class Meta:
        abstract = True
