"""How an agency heads, words and signs its papers: as it chose, else as it follows from its kind and its names."""

import re
from dataclasses import dataclass

from agencies.models import Agency, Letterhead
from directives.reports.reply import Reply

from .sheet import Signer
from .wording import cite, ended, full_name, paragraphs, signing_titles

# Committees of the people have no body above them in their letterhead.
_WITHOUT_PARENT = (Agency.Kind.PROVINCE, Agency.Kind.DISTRICT, Agency.Kind.COMMUNE)
OPENING = (
    "Thực hiện {văn bản} {ngày} của {nơi ban hành} về việc {trích yếu}, {cơ quan} báo cáo kết quả thực hiện như sau:"
)
CLOSING = "Trên đây là kết quả thực hiện của {cơ quan}, kính gửi {nơi nhận} tổng hợp./."
COPIES = ("Như trên", "Lưu: VT")


@dataclass(frozen=True)
class Masthead:
    """The fixed parts of an agency's papers."""

    parent: str
    issuer: str
    symbol: str
    place: str
    signer: Signer
    copies: tuple[str, ...]
    opening: str
    closing: str

    @property
    def report_symbol(self) -> str:
        """The symbol of a báo cáo: the kind, then the agency without the unit that a công văn names."""
        return f"BC-{self.symbol.partition('-')[0]}"

    @property
    def archive(self) -> str:
        """The line of Nơi nhận that says where the paper is kept."""
        return next((line for line in self.copies if line.startswith("Lưu")), COPIES[-1])


@dataclass(frozen=True)
class Words:
    """A part of a sentence; one that is `whole` is never broken over two lines."""

    text: str
    whole: bool = False


def masthead(read: Reply) -> Masthead:
    """Return the fixed parts of the papers of an agency that answers."""
    parent, issuer = head_names(read.agency_kind, read.agency_name, read.parent_name, read.parent_short_name)
    if not parent and issuer.endswith(" tỉnh"):
        issuer = f"{issuer} {read.agency_place}"  # nothing above it says which province
    default = Masthead(
        parent=parent,
        issuer=issuer,
        symbol=read.agency_symbol,
        place=read.agency_place,
        signer=Signer(signing_titles(read.agency_kind, read.agency_name)),
        copies=COPIES,
        opening=OPENING,
        closing=CLOSING,
    )
    return chosen_over(default, read.letterhead)


def chosen_over(default: Masthead, chosen: Letterhead | None) -> Masthead:
    """Return what the agency chose, and the default for what it left blank."""
    if chosen is None:
        return default
    signer = chosen.signer
    return Masthead(
        parent=chosen.parent_name or default.parent,
        issuer=chosen.own_name or default.issuer,
        symbol=chosen.symbol or default.symbol,
        place=chosen.place or default.place,
        signer=Signer(tuple(signer["titles"]), signer["name"]) if signer else default.signer,
        copies=tuple(paragraphs(chosen.copies)) or default.copies,
        opening=chosen.reply_opening or default.opening,
        closing=ended(chosen.reply_closing or default.closing),
    )


def head_names(kind: str, name: str, parent_name: str, parent_short_name: str) -> tuple[str, str]:
    """Return the two names of an agency's letterhead: the body above it, and its own official name.

    "Văn phòng UBND tỉnh" under the province's committee is "VĂN PHÒNG"; the committee's name may be
    abbreviated as UBND in the line above an agency, never in its own line.
    """
    if kind in _WITHOUT_PARENT:
        return "", full_name(name)
    above = parent_name.replace("Ủy ban nhân dân", "UBND")
    own = name.removesuffix(f" {parent_short_name}") if parent_short_name else name
    return above, own


def worded(sentence: str, read: Reply) -> list[Words]:
    """Return a standing sentence with its placeholders filled; what is filled in is never filled again."""
    cited = cite(read.directive)
    known = {
        "{văn bản}": [Words(f"{cited.kind} số "), Words(cited.number, whole=True)],
        "{ngày}": [Words(cited.date)],
        "{nơi ban hành}": [Words(read.author_name)],
        "{trích yếu}": [Words(read.directive.subject)],
        "{cơ quan}": [Words(full_name(read.agency_name))],
        "{nơi nhận}": [Words(read.issuer_name)],
    }
    return [words for part in re.split(r"(\{[^{}]*\})", sentence) if part for words in known.get(part, [Words(part)])]
