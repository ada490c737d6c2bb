"""The agency's official reply: a công văn to the issuing department, or a báo cáo by choice."""

from dataclasses import dataclass

from agencies.models import Agency
from alertdesk.lib import clock
from directives.models import WITH_REASON, Assignment, RequiredAction
from directives.reports.reply import Reply, ReplyItem, reply

from .answer_tables import reply_appendices
from .appendices import Appendix, with_paper
from .facts import named, reply_facts
from .letterhead import letterhead
from .render import Content, content
from .sheet import Signer, sheet
from .word import paper_file
from .wording import (
    FIGURE_WORDS,
    STATUS_WORDS,
    cite,
    count,
    full_name,
    number_line,
    paragraphs,
    place_line,
    sentence,
    signing_titles,
)

FORMS = ("letter", "report")
# Committees of the people have no body above them in their letterhead.
_WITHOUT_PARENT = (Agency.Kind.PROVINCE, Agency.Kind.DISTRICT, Agency.Kind.COMMUNE)


@dataclass(frozen=True)
class Said:
    """One action as the paper says it."""

    position: int
    title: str
    result: str
    figures: str
    reason: str
    notes: list[str]
    details: str  # the appendices in which its rows stand


def render_reply(assignment: Assignment, *, form: str = "letter") -> bytes:
    """Print an agency's reply, number and day blank; `form` is "letter" (công văn) or "report" (báo cáo)."""
    return reply_content(assignment, form).print()


def render_reply_docx(assignment: Assignment, *, form: str = "letter") -> bytes:
    """Write the same reply as a Word file."""
    return paper_file("reply.html", _context_of(assignment, form))


def reply_content(assignment: Assignment, form: str = "letter") -> Content:
    """Return what the reply is printed from."""
    return content("reply.html", _context_of(assignment, form))


def _context_of(assignment: Assignment, form: str) -> dict:
    if form not in FORMS:
        raise ValueError(form)
    read = reply(assignment)
    return _letter(read) if form == "letter" else _report(read)


def _letter(read: Reply) -> dict:
    cited = cite(read.directive)
    subject = f"báo cáo kết quả thực hiện {cited.kind} số"
    title = f"V/v {subject} {cited.number}"
    return _context(read, symbol=read.agency_symbol, subject=subject, subject_number=cited.number, title=title)


def _report(read: Reply) -> dict:
    cited = cite(read.directive)
    subject = f"Kết quả thực hiện {cited.kind} số {cited.number}"
    return _context(
        read,
        symbol=f"BC-{read.agency_symbol}",
        title=f"Báo cáo: {subject}",
        doc_title="BÁO CÁO",
        doc_subject=subject,
    )


def _context(read: Reply, *, symbol: str, title: str, subject: str = "", subject_number: str = "", **more) -> dict:
    today, appendices = clock.today(), reply_appendices(read)
    parent, issuer = agency_head(read)
    kind = "Báo cáo" if "doc_title" in more else "Công văn"
    head = letterhead(
        parent=parent,
        issuer=issuer,
        number=number_line("", symbol),
        place=place_line(read.agency_place, None, today.month, today.year),
        subject=subject,
        subject_number=subject_number,
    )
    return sheet(
        title=title,
        head=head,
        addressees=[read.issuer_name],
        copies=["Như trên", "Lưu: VT"],
        signer=Signer(signing_titles(read.agency_kind, read.agency_name)),
        facts=named("reply", symbol=symbol, place=read.agency_place, month=today.month, year=today.year)
        | reply_facts(read),
        cited=cite(read.directive),
        directive=read.directive,
        issuer_name=read.issuer_name,
        author_name=read.author_name,
        agency_name=full_name(read.agency_name),
        items=[_said(item, appendices) for item in read.items],
        appendices=appendices,
        with_paper=with_paper(kind, symbol, today.month, today.year, full_name(read.agency_name)),
        evidence=[{"name": name, "position": item.position} for item in read.items for name in item.evidence],
        **more,
    )


def agency_head(read: Reply) -> tuple[str, str]:
    """Return the two names of the letterhead of an agency that answers."""
    parent, issuer = head_names(read.agency_kind, read.agency_name, read.parent_name, read.parent_short_name)
    if not parent and issuer.endswith(" tỉnh"):
        issuer = f"{issuer} {read.agency_place}"  # nothing above it says which province
    return parent, issuer


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


def _said(item: ReplyItem, appendices: list[Appendix]) -> Said:
    has_reason = item.status in WITH_REASON
    notes = [sentence(line) for line in paragraphs(item.note)]
    return Said(
        position=item.position,
        title=item.title,
        result=STATUS_WORDS[item.status],
        figures=figures_in_words(item),
        reason=" ".join(notes) if has_reason else "",
        notes=[] if has_reason else notes,
        details=", ".join(appendix.label for appendix in appendices if appendix.position == item.position),
    )


def figures_in_words(item) -> str:
    """Return the counts of an action as part of a sentence: "Tổng số máy đã rà soát: 120; đã cập nhật: 115"."""
    words = FIGURE_WORDS[RequiredAction.Kind(item.kind)]
    said = (
        (words.total, item.total),
        (words.done, item.done),
        (words.extra, item.extra),
        (words.reference, item.reference or None),
    )
    parts = [f"{word}: {_count(value)}" for word, value in said if word and value is not None]
    return _capitalised("; ".join(parts))


def _count(value: int | str) -> str:
    """Write a count with dots between thousands; a document's number stays as it is."""
    return value if isinstance(value, str) else count(value)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
