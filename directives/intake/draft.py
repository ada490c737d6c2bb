"""What was read from a directive: plain values, unknown is None and never a guess."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Action:
    """One top-level demand; `reason` names the words that gave the kind, in Vietnamese."""

    position: int
    kind: str
    text: str
    reason: str = ""


@dataclass(frozen=True)
class BaseLetter:
    """A letter that the directive carries out."""

    number: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class Contact:
    """Whom to call for support."""

    name: str | None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copy:
    """One line of Nơi nhận."""

    name: str
    note: str | None = None


@dataclass(frozen=True)
class Signer:
    """Who signs: the authority lines (TM., KT., …), the title, the name."""

    authority: str | None = None
    title: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class DraftWarning:
    """One thing that could not be read or that staff should look at."""

    code: str
    vi: str
    en: str


@dataclass(frozen=True)
class Draft:
    """A directive as read, before anybody has checked it."""

    issuer_parent: str | None
    issuer: str | None
    doc_type: str
    number: str | None
    symbol: str | None
    place: str | None
    day: int | None
    month: int | None
    year: int | None
    subject: str | None
    recipients: tuple[str, ...]
    based_on: tuple[BaseLetter, ...]
    deadline: str | None
    actions: tuple[Action, ...]
    proposed: bool
    cves: tuple[str, ...]
    contacts: tuple[Contact, ...]
    copies: tuple[Copy, ...]
    signer: Signer
    warnings: tuple[DraftWarning, ...]
    preamble: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    source: str = ""

    def to_dict(self) -> dict:
        """Return the draft as `import_directive --json` prints it, keys in that order."""
        fields = _lists(asdict(self))
        for inner in ("preamble", "closing", "source"):
            del fields[inner]
        fields["actions"] = [{key: a[key] for key in ("position", "kind", "text")} for a in fields["actions"]]
        fields["warnings"] = [warning.vi for warning in self.warnings]
        return {"error": None, **fields}


def _lists(value):
    """Return the value with tuples as lists, as JSON has them."""
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, tuple | list) else value
