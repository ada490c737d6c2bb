"""What was read from a directive: plain values, unknown is None and never a guess."""

from dataclasses import asdict, dataclass, field, fields

from .spans import Span


class _Part:
    """A part of a draft that can be printed."""

    def to_dict(self) -> dict:
        """Return the fields with tuples as lists, as JSON has them."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


@dataclass(frozen=True)
class Action:
    """One top-level demand; `reason` names the words that gave the kind, in Vietnamese."""

    position: int
    kind: str
    text: str
    reason: str = ""

    def to_dict(self) -> dict:
        """Return what is printed; the reason is for the page where staff check the kind."""
        return {"position": self.position, "kind": self.kind, "text": self.text}


@dataclass(frozen=True)
class BaseLetter(_Part):
    """A letter that the directive carries out."""

    number: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class Contact(_Part):
    """Whom to call for support."""

    name: str | None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copy(_Part):
    """One line of Nơi nhận."""

    name: str
    note: str | None = None


@dataclass(frozen=True)
class Signer(_Part):
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


# Draft fields that are lists of parts, and those that the contract's JSON does not show.
_PARTS = ("based_on", "actions", "contacts", "copies")
_INNER = ("urgency", "preamble", "closing", "source", "unread", "spans", "left_out")


@dataclass(frozen=True)
class Draft:
    """A directive as read, before anybody has checked it; preamble and closing have one paragraph a line."""

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
    urgency: str = ""  # urgent, very_urgent, immediate, or not stamped
    unread: tuple[DraftWarning, ...] = ()
    preamble: str = ""
    closing: str = ""
    source: str = ""
    spans: dict[str, list[Span]] = field(default_factory=dict)  # by field, a list's elements as "actions.1"
    left_out: tuple[Span, ...] = ()  # what of the source became no field

    @property
    def warnings(self) -> tuple[str, ...]:
        """The Vietnamese sentences of what could not be read."""
        return tuple(warning.vi for warning in self.unread)

    def to_dict(self) -> dict:
        """Return the draft as `import_directive --json` prints it, keys in that order."""
        shown = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _INNER}
        shown |= {name: [part.to_dict() for part in shown[name]] for name in _PARTS}
        shown |= {name: list(shown[name]) for name in ("recipients", "cves")}
        return {"error": None, **shown, "signer": self.signer.to_dict(), "warnings": list(self.warnings)}
