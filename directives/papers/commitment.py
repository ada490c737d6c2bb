"""The commitment of those who run an agency's portals, ready to be signed.

It is no numbered document; its sentences are those of the directive's demand on portals.
"""

from alertdesk.lib import clock
from directives.models import Assignment
from directives.reports.commitments import committed_portals
from directives.reports.reply import reply

from .letterhead import letterhead
from .render import render_template
from .reply import head_names
from .sheet import Signer, sheet
from .wording import cite, full_name, place_line, signing_titles

SUBJECT = "Về việc giám sát, bảo vệ Cổng/Trang thông tin điện tử"
BLANK_ROWS = 3  # where the agency has named no portal yet


def render_commitment(assignment: Assignment) -> bytes:
    """Print the commitment for the portals that an agency reports on; what is not known is left to be filled in."""
    return render_template("commitment.html", _context(assignment))


def _context(assignment: Assignment) -> dict:
    read, today = reply(assignment), clock.today()
    parent, issuer = head_names(read.agency_kind, read.agency_name, read.parent_name, read.parent_short_name)
    place = place_line(read.agency_place, None, today.month, today.year)
    return sheet(
        title=f"Bản cam kết: {SUBJECT}",
        head=letterhead(parent=parent, issuer=issuer, number="", place=place),
        doc_title="BẢN CAM KẾT",
        doc_subject=SUBJECT,
        addressees=[read.issuer_name],
        copies=["Như trên", "Lưu: VT"],
        signer=Signer(signing_titles(read.agency_kind, read.agency_name)),
        cited=cite(read.directive),
        issuer_name=read.issuer_name,
        agency_name=full_name(read.agency_name),
        portals=committed_portals(assignment),
        blank_rows=range(BLANK_ROWS),
    )
