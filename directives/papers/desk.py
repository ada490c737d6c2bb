"""How the issuing body heads its own papers about a directive: summary, roster, quick report."""

from dataclasses import dataclass

from alertdesk.lib.text import fold
from directives.models import Directive

from .masthead import CLOSING, OPENING, Masthead, chosen_over, head_names
from .sheet import Signer
from .wording import signing_titles


@dataclass(frozen=True)
class Desk:
    """The issuing body on the directive's day, the body above it, and the fixed parts of its papers."""

    name: str
    above: str
    fixed: Masthead


def desk_of(directive: Directive) -> Desk:
    """Return the fixed parts: as the issuing body chose, else as on the directive, else by its names."""
    issuer, day = directive.issuer, directive.reference_day
    own, above = issuer.name_on(day), issuer.parent.name_on(day) if issuer.parent else None
    parent, name = head_names(issuer.kind, own.name, above.name if above else "", above.short_name if above else "")
    if fold(directive.issuer_name) in own.spellings():
        parent, name = directive.issuer_parent_name or parent, directive.issuer_name
    default = Masthead(
        parent=parent,
        issuer=name,
        symbol=own.symbol,
        place=directive.place or issuer.place,
        signer=Signer(signing_titles(issuer.kind, own.name)),
        copies=("Như trên", f"Lưu: {_archive(directive)}"),
        opening=OPENING,
        closing=CLOSING,
    )
    fixed = chosen_over(default, getattr(issuer, "letterhead", None))
    return Desk(own.name, above.name if above else "", fixed)


def _archive(directive: Directive) -> str:
    """Return where the paper is kept: the clerk's office and the unit that a công văn's symbol names."""
    unit = directive.symbol.partition("-")[2] if directive.doc_type == "công văn" else ""
    return f"VT, {unit}" if unit else "VT"
