"""The commitment of those who run an agency's portals, ready to be signed.

It is no numbered document; its sentences are those of the directive's demand on portals.
"""

from dataclasses import asdict

from alertdesk.lib import clock
from directives.models import Assignment
from directives.reports.commitments import committed_portals
from directives.reports.reply import reply

from .facts import answering, named
from .letterhead import letterhead
from .masthead import masthead
from .render import Content, content
from .sheet import sheet
from .wording import cite, full_name, place_line

SUBJECT = "Về việc giám sát, bảo vệ Cổng/Trang thông tin điện tử"
BLANK_ROWS = 3  # where the agency has named no portal yet


def render_commitment(assignment: Assignment) -> bytes:
    """Print the commitment for the portals that an agency reports on; what is not known is left to be filled in."""
    return commitment_content(assignment).print()


def commitment_content(assignment: Assignment) -> Content:
    """Return what the commitment is printed from."""
    return content("commitment.html", _context(assignment))


def _context(assignment: Assignment) -> dict:
    read, today, portals = reply(assignment), clock.today(), committed_portals(assignment)
    own = masthead(read)
    place = place_line(own.place, None, today.month, today.year)
    return sheet(
        title=f"Bản cam kết: {SUBJECT}",
        head=letterhead(parent=own.parent, issuer=own.issuer, number="", place=place),
        doc_title="BẢN CAM KẾT",
        doc_subject=SUBJECT,
        addressees=[read.issuer_name],
        copies=["Như trên", own.archive],
        signer=own.signer,
        facts=named("commitment", symbol="", place=own.place, month=today.month, year=today.year)
        | answering(read.directive)
        | {"assignment": assignment.pk, "portals": [asdict(portal) for portal in portals]},
        cited=cite(read.directive),
        issuer_name=read.issuer_name,
        agency_name=full_name(read.agency_name),
        portals=portals,
        blank_rows=range(BLANK_ROWS),
    )
