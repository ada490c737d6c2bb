"""What was found about each signature of a PDF, and the same as plain values for JSON and back."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum


class Coverage(StrEnum):
    """How much of the file a signature vouches for."""

    WHOLE = "whole"  # every byte of the file
    REVISION = "revision"  # the file as it was when it was signed; something was added after
    PART = "part"  # neither: some of what one sees may be outside the signature
    UNKNOWN = "unknown"  # the signature itself cannot be read


class Later(StrEnum):
    """What was added to the file after a signature."""

    NOTHING = "nothing"
    UPKEEP = "upkeep"  # time stamps and validation data
    SIGNED = "signed"  # further signatures, form fields filled in
    CHANGED = "changed"  # anything else: text, pages, pictures, notes
    UNKNOWN = "unknown"


class Trust(StrEnum):
    """What stands behind the signer's certificate."""

    TRUSTED = "trusted"
    NO_ROOTS = "no_roots"  # nobody has said which roots to trust
    EXPIRED = "expired"  # under a trusted root, but not valid now, and no trusted time stamp says it was when signing
    WEAK = "weak"  # made with an algorithm that no longer protects
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"  # nothing to stand behind: the signature is not intact


class TimeSource(StrEnum):
    """Who says when it was signed."""

    STAMP = "stamp"  # a time stamp under a trusted root
    UNTRUSTED_STAMP = "untrusted_stamp"
    SIGNER = "signer"  # the clock of the signer's machine
    NONE = "none"


@dataclass(frozen=True)
class Signature:
    """One signature, or one time stamp over the document; names are as its certificate gives them."""

    is_stamp: bool = False
    is_intact: bool = False
    coverage: Coverage = Coverage.UNKNOWN
    later: Later = Later.UNKNOWN
    trust: Trust = Trust.UNKNOWN
    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    signed_at: datetime | None = None
    time_source: TimeSource = TimeSource.NONE

    @property
    def is_readable(self) -> bool:
        """Whether the signature could be judged at all."""
        return self.coverage != Coverage.UNKNOWN

    @property
    def still_holds(self) -> bool:
        """Whether what was signed is what the file shows now; says nothing about who signed."""
        covered = self.coverage in (Coverage.WHOLE, Coverage.REVISION)
        return self.is_intact and covered and self.later in (Later.NOTHING, Later.UPKEEP, Later.SIGNED)


@dataclass(frozen=True)
class PdfSignatures:
    """All signatures of one file in the order of signing; none at all is what a scan has."""

    signatures: tuple[Signature, ...] = ()

    @property
    def still_hold(self) -> bool:
        """Whether there is a signature and every one of them still holds."""
        return bool(self.signatures) and all(signature.still_holds for signature in self.signatures)

    def as_values(self) -> list[dict]:
        """Return plain values, fit for JSON."""
        return [_plain(asdict(signature)) for signature in self.signatures]

    @classmethod
    def from_values(cls, values: list[dict]) -> "PdfSignatures":
        """Return what `as_values` gave; raises ValueError, KeyError or TypeError where it is something else."""
        return cls(tuple(Signature(**_typed(value)) for value in values))


_KINDS = {"coverage": Coverage, "later": Later, "trust": Trust, "time_source": TimeSource}
_TIMES = ("valid_from", "valid_to", "signed_at")
_NAMES = {field.name for field in fields(Signature)}


def _plain(values: dict) -> dict:
    return values | {name: values[name] and values[name].isoformat() for name in _TIMES}


def _typed(values: dict) -> dict:
    kinds = {name: kind(values[name]) for name, kind in _KINDS.items()}
    times = {name: values[name] and datetime.fromisoformat(values[name]) for name in _TIMES}
    return {name: value for name, value in values.items() if name in _NAMES} | kinds | times
