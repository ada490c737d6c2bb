"""Carry what was typed through a sign-in: in the page itself and sealed, so that the server keeps nothing."""

from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

SALT = "typed before signing in again"
NOT_CARRIED = ("csrfmiddlewaretoken",)


@dataclass(frozen=True)
class Carried:
    """A form that waits to be sent: its address and its (name, value) pairs in order."""

    to: str
    typed: tuple[tuple[str, str], ...]


def pack(to: str, data: QueryDict) -> str:
    """Seal a form's address and values as one line of text."""
    typed = [(name, value) for name in data if name not in NOT_CARRIED for value in data.getlist(name)]
    return signing.dumps({"to": to, "typed": typed}, salt=SALT, compress=True)


def unpack(sealed: str) -> Carried | None:
    """Return what was sealed by `pack`, or None for anything else."""
    try:
        held = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return None
    return Carried(held["to"], tuple((name, value) for name, value in held["typed"]))
