"""Slow down guessing: after some failures an address has to wait, whoever tries.

The pause runs by the real clock: the demo's stands still, and a pause would never end there.
"""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from agencies.models import Event, User
from alertdesk.lib.text import squeeze

ACT = "login_failed"


def _key(email: str, address: str) -> str:
    """Return a fingerprint of who tries from where; agencies share one address, so the name belongs to it."""
    return hashlib.sha256(f"{squeeze(email).lower()}|{address}".encode()).hexdigest()


def is_paused(email: str, address: str) -> bool:
    """Whether this address has failed too often for this account within the pause."""
    since = timezone.now() - timedelta(minutes=settings.LOGIN_PAUSE_MINUTES)
    failures = Event.objects.filter(act=ACT, at__gte=since, data__key=_key(email, address))
    return failures.count() >= settings.LOGIN_FAILURES_ALLOWED


def note_failure(email: str, address: str) -> None:
    """Remember a failed sign-in; an unknown account is noted alike."""
    user = User.objects.filter(email=squeeze(email).lower()).first()
    Event.objects.create(
        act=ACT,
        at=timezone.now(),
        subject_type="user",
        subject_id=user.pk if user else 0,
        data={"key": _key(email, address)},
    )
