"""People sign in with an e-mail address; what they may do comes from dated memberships."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock
from alertdesk.lib.text import squeeze

from .agency import Agency


class Role(models.TextChoices):
    STAFF = "staff", _("Staff of the issuing body")
    OFFICER = "officer", _("Officer of an agency")
    HEAD = "head", _("Head of an agency")
    LEADER = "leader", _("Leader")
    ADMIN = "admin", _("Administrator")


class UserManager(BaseUserManager):
    """Makes accounts; an address is stored in lower case so that one mailbox is one account."""

    def create_user(self, email, password=None, **fields):
        """Create an account; without a password it waits for a set-password link."""
        user = self.model(email=squeeze(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Create an account for the admin site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        """Find an account by its address, whatever the case it is typed in."""
        return self.get(email=squeeze(email).lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, or the shared account of an agency's official mailbox."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("An account with this e-mail address already exists.")},
    )
    full_name = models.CharField(_("full name"), max_length=100, blank=True)
    title = models.CharField(_("position"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    wants_quick_report = models.BooleanField(_("a quick report by e-mail on each morning of a holiday"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the admin site"), default=False)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self):
        return self.full_name or self.email

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """Today's memberships with their agencies; read once per request."""
        return list(
            self.memberships.current_on(clock.today()).select_related("agency").prefetch_related("agency__names")
        )

    @property
    def roles(self) -> frozenset[str]:
        """The roles the person holds today."""
        return frozenset(m.role for m in self.current_memberships)

    def agencies_as(self, *roles: str) -> list[Agency]:
        """The agencies where the person holds one of `roles` today."""
        return [m.agency for m in self.current_memberships if m.role in roles]


class MembershipQuerySet(models.QuerySet):
    def current_on(self, day: date):
        """Memberships in force on `day`."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class Membership(models.Model):
    """A person's role in an agency during a period."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(valid_to__isnull=True),
                name="membership_open_once",
                violation_error_message=_("This person already holds that role in that agency."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_period_in_order",
                violation_error_message=_("A membership's last day cannot come before its first."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.agency}"
