"""One-time links by which an official mailbox sets the password of its account."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction
from django.urls import reverse

from agencies.models import Agency, Membership, Role, User

from .trail import record_event

SALT = "alertdesk.invitation"


def _stamp(user: User) -> str:
    """Return what changes as soon as the password is set, so that a link works once."""
    return signing.Signer(salt=SALT).signature(f"{user.pk}:{user.password}:{user.is_active}")[:16]


def make_link(user: User) -> str:
    """Return the absolute address where the person sets a password; valid INVITATION_DAYS days and once."""
    token = signing.dumps([user.pk, _stamp(user)], salt=SALT)
    return settings.SITE_URL + reverse("agencies:welcome", args=[token])


def read_token(token: str) -> User | None:
    """Return the account a link belongs to, None when it is used up, too old or not ours."""
    try:
        pk, stamp = signing.loads(token, salt=SALT, max_age=settings.INVITATION_DAYS * 86400)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and stamp == _stamp(user) else None


@transaction.atomic
def invite_agency(agency: Agency, *, actor: User) -> User | None:
    """Return the account of an agency's mailbox, made with the officer's role if new; None without a mailbox.

    A role that the administrator has ended stays ended.
    """
    if not agency.mailbox:
        return None
    user = User.objects.filter(email=agency.mailbox.lower()).first()
    if user is None:
        user = User.objects.create_user(agency.mailbox, None, full_name=agency.contact_name, telephone=agency.telephone)
    if not user.memberships.filter(agency=agency, role=Role.OFFICER).exists():
        Membership.objects.create(user=user, agency=agency, role=Role.OFFICER)
    record_event("invite", user, actor=actor, agency=agency)
    return user


@transaction.atomic
def set_first_password(user: User, password: str) -> User:
    """Set the password from an invitation; the link is used up by it."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record_event("set_password", user, actor=user)
    return user
