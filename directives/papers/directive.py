"""The directive itself, printed from its data."""

from collections.abc import Iterable

from directives.intake.marks import mark_of
from directives.models import Directive

from .facts import directive_facts
from .letterhead import letterhead
from .render import Content, content
from .sheet import Signer, sheet
from .word import paper_file
from .wording import URGENCY_WORDS, ended, number_line, paragraphs, place_line, roman

LETTER = "công văn"


def render_directive(directive: Directive) -> bytes:
    """Print a directive as PDF; number and day that have not been given are left blank."""
    return directive_content(directive).print()


def directive_content(directive: Directive) -> Content:
    """Return what a directive is printed from."""
    return content("directive.html", _context(directive))


def render_directive_docx(directive: Directive) -> bytes:
    """Write a directive as a Word file that says and shows what its PDF does."""
    return paper_file("directive.html", _context(directive))


def _context(directive: Directive) -> dict:
    is_letter = directive.doc_type.lower() == LETTER
    head = letterhead(
        parent=directive.issuer_parent_name,
        issuer=directive.issuer_name,
        number=number_line(directive.number, directive.symbol),
        place=place_line(directive.place, directive.day, directive.month, directive.year),
        subject=directive.subject if is_letter else "",
        urgency=URGENCY_WORDS.get(directive.urgency, ""),
    )
    closing = [*_contact_lines(directive), *paragraphs(directive.closing)]
    return sheet(
        title=f"V/v {directive.subject}" if is_letter else f"{directive.doc_type}: {directive.subject}",
        head=head,
        doc_title="" if is_letter else directive.doc_type.upper(),
        doc_subject=_title_subject(directive.subject),
        addressees=[str(line).strip(" -;.") for line in directive.addressees],
        copies=[_copy(copy) for copy in directive.copies] or ["Như trên", "Lưu: VT"],
        signer=Signer(_titles(directive), directive.signer_name),
        facts=directive_facts(directive),
        bases=[] if is_letter else legal_bases(directive.preamble),
        preamble=[line for line in paragraphs(directive.preamble) if is_letter or not _is_base(line)],
        actions=numbered_actions(directive),
        closing=[*closing[:-1], ended(closing[-1])] if closing else [],
    )


def legal_bases(preamble: str) -> list[str]:
    """Return the lines that say on what a document is based, each with the mark that ends it."""
    lines = [line.rstrip(" ;,.") for line in paragraphs(preamble) if _is_base(line)]
    return [f"{line}{'.' if n == len(lines) else ';'}" for n, line in enumerate(lines, 1)]


def _is_base(line: str) -> bool:
    return line.startswith("Căn cứ ")


def numbered_actions(directive: Directive) -> list[dict]:
    """Return each action with its number and its lines."""
    actions = [(action.position, paragraphs(action.text)) for action in directive.actions.all()]
    figure = roman if _count_within(lines for _position, lines in actions) else str
    return [{"label": f"{figure(position)}.", "lines": lines} for position, lines in actions]


def _count_within(actions: Iterable[list[str]]) -> bool:
    """Whether an action counts 1., 2. within itself, so that the actions take Roman figures."""
    inner = (mark_of(line) for lines in actions for line in lines[1:])
    return any(mark and mark.style == "number ." for mark in inner)


def _title_subject(subject: str) -> str:
    """Return the line under the name of a type; a subject in small letters is what the document is about."""
    return f"Về việc {subject}" if subject[:1].islower() else subject


def _titles(directive: Directive) -> tuple[str, ...]:
    lines = (*paragraphs(directive.signer_authority), *paragraphs(directive.signer_title))
    return tuple(line.upper() for line in lines)


def _copy(copy: dict) -> str:
    """Return one line of Nơi nhận; what is kept in the archive has a colon, notes have brackets."""
    name, note = copy.get("name") or "", copy.get("note") or ""
    if name.lower() == "lưu":
        return f"Lưu: {note}" if note else "Lưu: VT"
    return f"{name} ({note})" if note else name


def _contact_lines(directive: Directive) -> list[str]:
    """Return the sentence with the support contacts where the closing does not give them already."""
    told = [contact for contact in directive.contacts if _reach(contact)]
    if not told or any(phone in directive.closing for contact in told for phone in contact.get("phones") or ()):
        return []
    said = " hoặc ".join(f"{contact.get('name') or ''} ({_reach(contact)})".strip() for contact in told)
    return [f"Trong trường hợp cần hỗ trợ xử lý, ứng cứu và khắc phục sự cố, đề nghị liên hệ: {said}."]


def _reach(contact: dict) -> str:
    phones, emails = contact.get("phones") or (), contact.get("emails") or ()
    said = [f"điện thoại: {', '.join(phones)}"] if phones else []
    return "; ".join(said + ([f"thư điện tử: {', '.join(emails)}"] if emails else []))
