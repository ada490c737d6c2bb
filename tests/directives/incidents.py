"""Incidents for the tests: what an agency types at least, and one that is reported."""

from datetime import datetime

from alertdesk.lib import clock
from directives.models import Incident
from directives.models.incident_report import Found, Handling, Kind, Told
from directives.services.incidents import report_incident
from tests.cast import ISSUED_AT

DETECTED_AT = clock.local(2023, 4, 26, 7, 41)
# What stands for a weakness: it must reach nobody but the agency and the desk.
ADDRESS = "203.0.113.77"


def make_values(**fields) -> dict:
    """Return the values of a first report with all that is compulsory."""
    return {
        "kind": Kind.MALWARE,
        "detected_at": DETECTED_AT,
        "description": "Máy trạm của văn thư hiện cảnh báo mã độc.",
        "handling": Handling.NOT_HANDLED,
        "found_by": [Found.IDS, Found.TOLD],
        "told": [Told.NOBODY],
        "reporter_name": "Sở Y tế",
        "reporter_address": "Quy Nhơn",
        "reporter_phone": "0256.3800001",
        "reporter_email": "syt@binhdinh.example",
        "contact_name": "Cán bộ CNTT",
        "contact_phone": "0256.3800002",
        "contact_email": "cntt@syt.example",
        "operator": "Sở Y tế",
        "public_ips": ADDRESS,
        **fields,
    }


def make_incident(cast, assignment=None, *, at: datetime = ISSUED_AT, agency=None, actor=None, **fields) -> Incident:
    """Report an incident of the health department at a moment."""
    with clock.frozen(at):
        return report_incident(
            agency or cast.health, actor=actor or cast.officer, values=make_values(**fields), assignment=assignment
        )
