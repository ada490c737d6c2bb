"""The issuing department's own báo cáo to the body above it: head, addressee, signer, and what it reports on."""

from alertdesk.lib import clock
from directives.models import Directive

from .desk import Desk
from .facts import named
from .letterhead import LARGE, SizeSet, letterhead
from .sheet import sheet
from .wording import cite, number_line, place_line


def desk_report(
    directive: Directive,
    desk: Desk,
    subject: str,
    *,
    facts: tuple[str, dict],
    doc_title: str = "BÁO CÁO",
    largest: SizeSet = LARGE,
    **context,
) -> dict:
    """Return the context of a report by the department; number and day are blank. `facts` are (kind, its facts)."""
    fixed, today = desk.fixed, clock.today()
    kind, said = facts
    return sheet(
        title=f"{doc_title.capitalize()}: {subject}",
        head=letterhead(
            parent=fixed.parent,
            issuer=fixed.issuer,
            number=number_line("", fixed.report_symbol),
            place=place_line(fixed.place, None, today.month, today.year),
            largest=largest,
        ),
        addressees=[desk.above] if desk.above else [],
        copies=[line for line in fixed.copies if desk.above or line != "Như trên"],
        signer=fixed.signer,
        facts=named(kind, symbol=fixed.report_symbol, place=fixed.place, month=today.month, year=today.year) | said,
        doc_title=doc_title,
        doc_subject=subject,
        cited=cite(directive),
        directive=directive,
        issuer_name=desk.name,
        above_name=desk.above,
        **context,
    )
