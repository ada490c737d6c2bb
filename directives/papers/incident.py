"""An agency's two official reports on an incident, ready to be numbered and signed.

Their fields are those of Mẫu 03 and Mẫu 04 of Thông tư 20/2017/TT-BTTTT. The forms are named on the paper only where
the rules of 2017 bind the incident; for what came after them no form has been issued.
"""

from dataclasses import asdict, dataclass

from agencies.models import Agency, AgencyName, Letterhead
from alertdesk.lib import clock
from directives.models import Incident, Paper
from directives.models.incident_limits import FROM_2026

from .facts import answering, named
from .incident_form import Part, closing_parts, first_parts
from .letterhead import letterhead
from .masthead import COPIES, Masthead, chosen_over, head_names
from .render import Content, content
from .sheet import Signer, sheet
from .word import paper_file
from .wording import DOTS, ended, full_name, long_date, number_line, place_line, signing_titles

TEMPLATE = "incident.html"


@dataclass(frozen=True)
class Form:
    """One of the two official forms: the kind of paper, its title, and the number it has in the circular of 2017."""

    kind: str
    title: str
    number: str


FIRST = Form(Paper.Kind.INCIDENT_FIRST, "báo cáo ban đầu sự cố mạng", "Mẫu số 03")
CLOSING = Form(Paper.Kind.INCIDENT_CLOSING, "báo cáo kết thúc ứng phó sự cố", "Mẫu số 04")
COORDINATOR = "Cơ quan điều phối quốc gia (VNCERT/CC)"
MINISTRY = "Cơ quan chuyên trách của Bộ Công an"


def render_first_report(incident: Incident) -> bytes:
    """Print the first report as PDF."""
    return first_report_content(incident).print()


def first_report_content(incident: Incident) -> Content:
    """Return what the first report is printed from."""
    return content(TEMPLATE, _first(incident))


def render_first_report_docx(incident: Incident) -> bytes:
    """Write the first report as a Word file."""
    return paper_file(TEMPLATE, _first(incident))


def render_closing_report(incident: Incident) -> bytes:
    """Print the closing report as PDF."""
    return closing_report_content(incident).print()


def closing_report_content(incident: Incident) -> Content:
    """Return what the closing report is printed from."""
    return content(TEMPLATE, _closing(incident))


def render_closing_report_docx(incident: Incident) -> bytes:
    """Write the closing report as a Word file."""
    return paper_file(TEMPLATE, _closing(incident))


def _first(incident: Incident) -> dict:
    return _sheet(incident, FIRST, first_parts(incident))


def _closing(incident: Incident) -> dict:
    return _sheet(incident, CLOSING, closing_parts(incident))


def _sheet(incident: Incident, form: Form, parts: tuple[Part, ...]) -> dict:
    agency, today = incident.agency, clock.today()
    name, own = _name_of(agency, incident).name, _masthead(incident)
    said = named(form.kind, symbol=own.report_symbol, place=own.place, month=today.month, year=today.year)
    about = answering(incident.assignment.directive) if incident.assignment else {}
    detected = incident.detected_at.astimezone(clock.ZONE)
    return sheet(
        title=f"{form.title[:1].upper()}{form.title[1:]}",
        head=letterhead(
            parent=own.parent,
            issuer=own.issuer,
            number=number_line("", own.report_symbol),
            place=place_line(own.place, None, today.month, today.year),
        ),
        doc_title=form.title.upper(),
        doc_subject=f"Sự cố phát hiện {long_date(detected.day, detected.month, detected.year)}",
        addressees=_addressees(incident),
        copies=list(own.copies),
        signer=own.signer,
        facts=said | about | {"incident": incident.pk, "parts": [asdict(part) for part in parts]},
        form=f"({form.number} – Thông tư số 20/2017/TT-BTTTT)" if _by_the_rules_of_2017(incident) else "",
        parts=parts,
        closing=ended(f"Trên đây là {form.title} của {full_name(name)}"),
    )


def _masthead(incident: Incident) -> Masthead:
    """Return the fixed parts of the agency's papers under the names of the day of the report."""
    agency = incident.agency
    own, above = _name_of(agency, incident), _name_of(agency.parent, incident)
    parent, issuer = head_names(agency.kind, own.name, above.name, above.short_name)
    default = Masthead(
        parent=parent,
        issuer=issuer,
        symbol=own.symbol or DOTS,
        place=agency.place,
        signer=Signer(signing_titles(agency.kind, own.name)),
        copies=COPIES,
        opening="",
        closing="",
    )
    return chosen_over(default, Letterhead.objects.filter(agency=agency).first())


def _name_of(agency: Agency | None, incident: Incident) -> AgencyName:
    """Return an agency's name on the day of the report; a blank one for nobody."""
    day = incident.reported_at.astimezone(clock.ZONE).date()
    return (agency and agency.name_on(day)) or AgencyName()


def _by_the_rules_of_2017(incident: Incident) -> bool:
    return incident.detected_at.astimezone(clock.ZONE).date() < FROM_2026


def _addressees(incident: Incident) -> list[str]:
    """Name the body in charge of the system, the desk in the province, and who coordinates above it."""
    desk = _name_of(incident.assignment.directive.issuer, incident).name if incident.assignment else ""
    above = COORDINATOR if _by_the_rules_of_2017(incident) else MINISTRY
    return list(dict.fromkeys(name for name in (incident.owner.strip(), desk, above) if name))
