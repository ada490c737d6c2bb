"""The quick report of a holiday morning: one page on duty, incidents and reports, with the time of its data."""

from collections.abc import Iterable

from alertdesk.lib import clock
from directives.models import Directive
from directives.reports.holiday_facts import OpenIncident
from directives.reports.quick_report import QuickReport, quick_report

from .conclusions import incident_words
from .desk import desk_of
from .desk_report import desk_report
from .facts import quick_facts
from .letterhead import SMALL
from .render import Content, content
from .word import paper_file
from .wording import moment, short_date

# One page has room for so many names, and for so many incidents; the others are a number.
NAMES, INCIDENTS = 4, 3


def quick_content(directive: Directive) -> Content:
    """Return what the quick report is printed from, as things stand at the domain's current moment."""
    return content("quick_report.html", _context(quick_report(directive, now=clock.now())))


def render_quick_docx(directive: Directive) -> bytes:
    """Write the same report as a Word file."""
    return paper_file("quick_report.html", _context(quick_report(directive, now=clock.now())))


def _context(read: QuickReport) -> dict:
    return desk_report(
        read.directive,
        desk_of(read.directive),
        f"Tình hình bảo đảm an toàn thông tin mạng ngày {short_date(read.at.astimezone(clock.ZONE))}",
        doc_title="BÁO CÁO NHANH",
        largest=SMALL,
        facts=("quick_report", quick_facts(read)),
        as_of=moment(read.at),
        numbers=read.numbers,
        duty=read.facts.duty,
        duty_days=_days(read),
        unconfirmed=listed(one.agency_name for one in read.facts.duty.unconfirmed),
        gaps=listed(gap.agency_name for gap in read.facts.duty.gaps),
        incident_words=incident_words(read.facts.incidents),
        reported=read.facts.reported,
        silent=read.facts.silent,
        incidents=[_incident(one) for one in read.facts.open_incidents[:INCIDENTS]],
        more_incidents=max(0, len(read.facts.open_incidents) - INCIDENTS),
        late=listed(read.late),
    )


def listed(names: Iterable[str]) -> str:
    """Return the first names of a list, each once, and how many more there are."""
    names = list(dict.fromkeys(names))
    more = len(names) - NAMES
    return "; ".join(names[:NAMES]) + (f" và {more} cơ quan, đơn vị khác" if more > 0 else "")


def _days(read: QuickReport) -> str:
    window = read.facts.duty.window
    return f"từ ngày {short_date(window.first)} đến hết ngày {short_date(window.last)}" if window else ""


def _incident(one: OpenIncident) -> str:
    said = [one.agency_name, "nghiêm trọng" if one.is_serious else "thông thường"]
    said.append(f"phát hiện {moment(one.detected_at)}")
    if one.next_clock:
        said.append(f"hạn tiếp theo {moment(one.next_clock.due_at)}")
    return ", ".join(said) + (" (quá hạn)" if one.is_late else "")
