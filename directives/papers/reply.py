"""The agency's official reply: a công văn to the issuing department, or a báo cáo by choice."""

from dataclasses import dataclass

from alertdesk.lib import clock
from directives.models import WITH_REASON, Assignment, RequiredAction
from directives.reports.reply import Reply, ReplyItem, reply

from .answer_tables import reply_appendices
from .appendices import Appendix, with_paper
from .facts import named, reply_facts
from .letterhead import letterhead
from .masthead import Masthead, masthead, worded
from .render import Content, content
from .sheet import sheet
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
)

FORMS = ("letter", "report")


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


def render_reply(assignment: Assignment, *, form: str = "") -> bytes:
    """Print an agency's reply, number and day blank.

    `form` is "letter" (công văn) or "report" (báo cáo); left out, it is the kind that the agency has chosen.
    """
    return reply_content(assignment, form).print()


def render_reply_docx(assignment: Assignment, *, form: str = "") -> bytes:
    """Write the same reply as a Word file."""
    return paper_file("reply.html", reply_context(reply(assignment), form))


def reply_content(assignment: Assignment, form: str = "") -> Content:
    """Return what the reply is printed from."""
    return content("reply.html", reply_context(reply(assignment), form))


def reply_context(read: Reply, form: str = "") -> dict:
    """Return what the template of a reply reads."""
    if form and form not in FORMS:
        raise ValueError(form)
    form = form or (read.letterhead.reply_kind if read.letterhead else FORMS[0])
    return {"letter": _letter, "report": _report}[form](read, masthead(read))


def _letter(read: Reply, own: Masthead) -> dict:
    cited = cite(read.directive)
    subject = f"báo cáo kết quả thực hiện {cited.kind} số"
    title = f"V/v {subject} {cited.number}"
    return _context(read, own, symbol=own.symbol, subject=subject, subject_number=cited.number, title=title)


def _report(read: Reply, own: Masthead) -> dict:
    cited = cite(read.directive)
    subject = f"Kết quả thực hiện {cited.kind} số {cited.number}"
    return _context(
        read, own, symbol=own.report_symbol, title=f"Báo cáo: {subject}", doc_title="BÁO CÁO", doc_subject=subject
    )


def _context(
    read: Reply, own: Masthead, *, symbol: str, title: str, subject: str = "", subject_number: str = "", **more
) -> dict:
    today, appendices = clock.today(), reply_appendices(read)
    kind = "Báo cáo" if "doc_title" in more else "Công văn"
    head = letterhead(
        parent=own.parent,
        issuer=own.issuer,
        number=number_line("", symbol),
        place=place_line(own.place, None, today.month, today.year),
        subject=subject,
        subject_number=subject_number,
    )
    return sheet(
        title=title,
        head=head,
        addressees=[read.issuer_name],
        copies=list(own.copies),
        signer=own.signer,
        facts=named("reply", symbol=symbol, place=own.place, month=today.month, year=today.year) | reply_facts(read),
        opening=worded(own.opening, read),
        ending=worded(own.closing, read),
        items=[_said(item, appendices) for item in read.items],
        appendices=appendices,
        with_paper=with_paper(kind, symbol, today.month, today.year, full_name(read.agency_name)),
        evidence=[{"name": name, "position": item.position} for item in read.items for name in item.evidence],
        **more,
    )


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
