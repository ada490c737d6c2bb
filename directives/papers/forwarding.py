"""The agency's own letter to its units: it passes the directive on, number and day blank."""

from datetime import datetime

from agencies.models import Agency
from alertdesk.lib import clock
from directives.models import Assignment, State
from directives.reports.reply import Reply, reply

from .directive import numbered_actions
from .facts import answering, directive_facts, named
from .letterhead import letterhead
from .masthead import masthead
from .render import Content, content
from .sheet import sheet
from .word import paper_file
from .wording import DOTS, cite, ended, full_name, moment, number_line, paragraphs, place_line

_COMMUNES = "Ủy ban nhân dân các xã, phường, thị trấn"
_UNITS = "Các đơn vị trực thuộc"


def render_forwarding(assignment: Assignment) -> bytes:
    """Print an agency's letter to its units as PDF."""
    return forwarding_content(assignment).print()


def forwarding_content(assignment: Assignment) -> Content:
    """Return what the letter is printed from."""
    return content("directive.html", _context(assignment))


def render_forwarding_docx(assignment: Assignment) -> bytes:
    """Write the same letter as a Word file."""
    return paper_file("directive.html", _context(assignment))


def _context(assignment: Assignment) -> dict:
    read = reply(assignment)
    cited, today = cite(read.directive), clock.today()
    own = masthead(read)
    head = letterhead(
        parent=own.parent,
        issuer=own.issuer,
        number=number_line("", own.symbol),
        place=place_line(own.place, None, today.month, today.year),
        subject=f"triển khai thực hiện {cited.kind} số",
        subject_number=cited.number,
    )
    return sheet(
        title=f"V/v triển khai thực hiện {cited.kind} số {cited.number}",
        head=head,
        doc_title="",
        addressees=[_COMMUNES if read.agency_kind == Agency.Kind.DISTRICT else _UNITS],
        copies=["Như trên", f"{read.issuer_name} (để b/cáo)", own.archive],
        signer=own.signer,
        facts=named("forwarding", symbol=own.symbol, place=own.place, month=today.month, year=today.year)
        | answering(read.directive)
        | {"assignment": assignment.pk, "actions": directive_facts(read.directive)["actions"]},
        preamble=[_opening(read)],
        actions=numbered_actions(read.directive),
        closing=_closing(read),
    )


def _opening(read: Reply) -> str:
    cited = cite(read.directive)
    return (
        f"Thực hiện {cited.kind} số {cited.number} {cited.date} của {read.author_name} về việc "
        f"{' '.join(paragraphs(read.directive.subject))}, {full_name(read.agency_name)} đề nghị các đơn vị "
        "triển khai thực hiện các nội dung sau:"
    )


def _closing(read: Reply) -> list[str]:
    agency = full_name(read.agency_name)
    return [
        f"Đề nghị các đơn vị báo cáo kết quả thực hiện về {agency} trước {_deadline(read.assignment)} "
        f"để tổng hợp, báo cáo {read.issuer_name}.",
        ended(f"{agency} đề nghị các đơn vị quan tâm, tổ chức thực hiện"),
    ]


def _deadline(assignment: Assignment) -> str:
    """Return the deadline that the units were given; room to write it where they have none, or several."""
    asked = assignment.children.exclude(state=State.WITHDRAWN).values_list("due_at", flat=True)
    given: set[datetime] = set(asked)
    return moment(given.pop()) if len(given) == 1 else f"{DOTS} giờ {DOTS} ngày {DOTS}"
