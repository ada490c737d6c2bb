"""The pages an agency shows the public, who serves it, and who is on duty."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .rows import Register, RegisterRow, unique_among_kept

WEB_ADDRESS = URLValidator(
    schemes=["http", "https"], message=_("Write the whole address, beginning with http:// or https://.")
)


def is_web_address(text: str) -> bool:
    """Whether a text is a whole address on the web."""
    try:
        WEB_ADDRESS(text)
    except ValidationError:
        return False
    return True


class Portal(RegisterRow):
    """A page that the agency shows the public, and how posts of readers are checked there."""

    class Kind(models.TextChoices):
        PORTAL = "portal", _("Portal")
        SITE = "site", _("Website")
        SOCIAL = "social", _("Fan page or social network")

    class Moderation(models.TextChoices):
        BEFORE = "before", _("Before display")
        AFTER = "after", _("After display")
        NONE = "none", _("Not moderated")
        NO_POSTS = "no_posts", _("Readers cannot post")

        __empty__ = _("Not stated")

    register = Register.PORTALS
    FIELDS = ("name", "url", "kind", "operator", "person_in_charge", "telephone", "moderation")

    name = models.CharField(_("name of the page"), max_length=200)
    url = models.CharField(_("address"), max_length=200, validators=[WEB_ADDRESS])
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    operator = models.CharField(_("operated by"), max_length=200, blank=True)
    person_in_charge = models.CharField(_("person in charge"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    moderation = models.CharField(_("moderation of readers' posts"), max_length=8, choices=Moderation, blank=True)

    class Meta:
        verbose_name = _("portal")
        verbose_name_plural = _("portals")
        constraints = [
            unique_among_kept(
                "name", name="portal_name_once", message=_("The register has a page of this name already.")
            )
        ]

    def __str__(self):
        return self.name


class ServiceProvider(RegisterRow):
    """A company whose service the agency depends on, and whom to call there at any hour."""

    class Service(models.TextChoices):
        INTERNET = "internet", _("Internet line")
        HOSTING = "hosting", _("Hosting")
        MONITORING = "monitoring", _("Security monitoring")
        OTHER = "other", _("Other service")

    register = Register.PROVIDERS
    FIELDS = ("name", "service", "line_number", "contact_name", "telephone", "email")
    KEY = ("name", "service", "line_number")

    name = models.CharField(_("provider"), max_length=200)
    service = models.CharField(_("service"), max_length=10, choices=Service)
    line_number = models.CharField(_("number of the line or contract"), max_length=60, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone, day and night"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        verbose_name = _("service provider")
        verbose_name_plural = _("service providers")
        constraints = [
            unique_among_kept(
                "name",
                "service",
                "line_number",
                name="provider_line_once",
                message=_("The register has this line or contract of the provider already."),
            )
        ]

    def __str__(self):
        return self.name


class DutyPerson(RegisterRow):
    """A person whom the agency may put on duty; the shifts of a holiday choose among the active ones."""

    register = Register.DUTY
    FIELDS = ("name", "position", "telephone", "email", "is_active")
    KEY = ("name", "telephone")

    name = models.CharField(_("full name"), max_length=100)
    position = models.CharField(_("position"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40)
    email = models.EmailField(_("e-mail address"), blank=True)
    is_active = models.BooleanField(_("takes part in the duty"), default=True)

    class Meta:
        verbose_name = _("person on duty")
        verbose_name_plural = _("people on duty")
        constraints = [
            unique_among_kept(
                "name",
                "telephone",
                name="duty_person_once",
                message=_("The register has this person with this telephone already."),
            )
        ]

    def __str__(self):
        return self.name
