"""The address by which the person of a shift confirms to be there, without an account."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from directives.models import Shift

SIGNER = signing.Signer(salt="alertdesk.check_in")


def check_in_link(shift_id: int) -> str:
    """Return the absolute address of one shift; it is the same every time, and works until the shift ends."""
    token = SIGNER.sign_object(shift_id)
    return settings.SITE_URL + reverse("directives:check_in", args=[token])


def read_check_in_token(token: str) -> Shift | None:
    """Return the shift an address belongs to, None when it is not ours or the shift is no longer in the roster."""
    try:
        shift_id = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return Shift.objects.select_related("assignment__agency").filter(pk=shift_id).first()
