"""The parts that every kind of paper shares: head, addressees, copies, signer, file name."""

import re
from dataclasses import dataclass

from alertdesk.lib.text import fold
from directives.demo.clock import is_demo
from directives.models import Assignment, Directive, Incident

from .fonts import text_width
from .letterhead import MM, SIZES, TEXT_WIDTH, Letterhead
from .lines import break_name, break_prose
from .wording import MOTTO, NATION

# So many copies stand beside the signature, which is never torn; more of them follow below it.
COPIES_BESIDE = 12
# The papers of one agency, by the first words of their file names.
OF_AGENCY = {
    "reply": "bao-cao-ket-qua",
    "forwarding": "cong-van-trien-khai",
    "commitment": "ban-cam-ket",
    "agency_roster": "lich-truc",
}
# The desk's; the directive itself is named by its type.
OF_DIRECTIVE = {
    "summary": "bao-cao-tong-hop",
    "quick_report": "bao-cao-nhanh",
    "roster": "lich-truc-toan-tinh",
}
OF_INCIDENT = {"incident_first": "bao-cao-ban-dau-su-co", "incident_closing": "bao-cao-ket-thuc-su-co"}
# The longest lines of a title and of a signer's post, in points.
TITLE_LINE, POST_LINE = 146 * MM, (TEXT_WIDTH / 2 - 2) * MM


@dataclass(frozen=True)
class Signer:
    """The lines above a signature and the name under it, which may be blank."""

    titles: tuple[str, ...]
    name: str = ""


def sheet(
    *,
    title: str,
    head: Letterhead,
    addressees: list[str],
    copies: list[str],
    signer: Signer,
    facts: dict | None = None,
    **context,
) -> dict:
    """Return the context that templates/papers/base.html reads, with what one kind adds to it.

    `facts` are what the paper says, as data: they are attached to the PDF with those of its head and foot.
    """
    size = SIZES[head.css].place
    about = break_prose(context.get("doc_subject", ""), "bold", size, TITLE_LINE)
    lines = [f"{copy}{'.' if n == len(copies) else ';'}" for n, copy in enumerate(copies, 1)]
    return {
        "title": title,
        "nation": NATION,
        "motto": MOTTO,
        "head": head,
        "urgency_css": f"stamp-{_slug(head.urgency)}" if head.urgency else "",
        "addressees": addressees,
        "copies": lines[:COPIES_BESIDE],
        "more_copies": lines[COPIES_BESIDE:],
        "signer": signer,
        "is_demo": is_demo(),
        "author": " ".join(head.issuer_lines),
        "facts": _shared_facts(title, head, addressees, copies, signer) | (facts or {}),
        "doc_subject_lines": about,
        "title_rule": _title_rule(about, size),
        "posts": [break_name(title, "bold", size, POST_LINE) for title in signer.titles],
        **context,
    }


def _shared_facts(title: str, head: Letterhead, addressees: list[str], copies: list[str], signer: Signer) -> dict:
    """Return what head and foot of every paper say, in the words of a directive's draft where it has them."""
    return {
        "title": title,
        "issuer_parent": " ".join(head.parent_lines) or None,
        "issuer": " ".join(head.issuer_lines),
        "urgency": head.urgency or None,
        "recipients": addressees,
        "copies": copies,
        "signer": {"titles": signer.titles, "name": signer.name or None},
        "is_demo": is_demo(),
    }


def _title_rule(lines: list[str], size: float) -> str:
    """Return the width of the rule under a title, in points: 2/5 of its longest line."""
    return f"{max((text_width(line, 'bold', size) for line in lines), default=0) * 0.4:.2f}"


def paper_file_name(kind: str, subject: Directive | Assignment | Incident, extension: str = "pdf") -> str:
    """Return a plain ASCII name to save a paper under, such as bao-cao-ket-qua-so-noi-vu-1.pdf."""
    if kind in OF_AGENCY:
        return f"{OF_AGENCY[kind]}-{_slug(subject.agency_short_name)}-{subject.pk}.{extension}"
    if kind in OF_INCIDENT:
        return f"{OF_INCIDENT[kind]}-{subject.pk}.{extension}"
    first = OF_DIRECTIVE[kind] if kind in OF_DIRECTIVE else _slug(subject.doc_type) or "cong-van"
    parts = (first, _slug(subject.number), _slug(subject.symbol), str(subject.pk))
    return f"{'-'.join(filter(None, parts))}.{extension}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
