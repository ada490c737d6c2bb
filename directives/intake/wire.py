"""A draft as JSON and back: how it leaves the process in which an untrusted file was read."""

import json
from dataclasses import asdict

from .draft import Action, BaseLetter, Contact, Copy, Draft, DraftWarning, Signer
from .spans import Span


def packed(draft: Draft) -> str:
    """Return a draft as one line of JSON."""
    return json.dumps(asdict(draft))


def unpacked(text: str) -> Draft:
    """Return the draft of such a line; raises ValueError, KeyError or TypeError where it is none."""
    values = json.loads(text)
    values["signer"] = Signer(**values["signer"])
    values["contacts"] = tuple(_contact(contact) for contact in values["contacts"])
    for name, kind in _LISTS.items():
        values[name] = tuple(kind(**element) for element in values[name])
    for name in ("recipients", "cves"):
        values[name] = tuple(values[name])
    values["spans"] = {field: [Span(**span) for span in spans] for field, spans in values["spans"].items()}
    return Draft(**values)


_LISTS = {"based_on": BaseLetter, "actions": Action, "copies": Copy, "unread": DraftWarning, "left_out": Span}


def _contact(values: dict) -> Contact:
    return Contact(values["name"], tuple(values["phones"]), tuple(values["emails"]))
