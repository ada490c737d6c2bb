"""The duty roster as a paper: an agency's own, ready to be signed, and all of a directive's for the province.

Neither is a numbered document. Telephones stand in them only where the reader may have them.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from alertdesk.lib import clock
from directives.models import Assignment, Directive, DutyWindow, duty_window
from directives.reports.province_roster import AgencyRoster, ProvinceRoster, province_roster
from directives.reports.reply import reply
from directives.reports.roster import Line, read_shifts

from .answer_tables import shifts
from .appendices import Table, with_paper
from .desk import desk_of
from .facts import answering, named
from .letterhead import letterhead
from .masthead import masthead
from .render import Content, content
from .sheet import sheet
from .wording import cite, full_name, moment, place_line, short_date

TITLE = "LỊCH TRỰC"
PURPOSE = "Bảo đảm an toàn thông tin mạng"
BLANK_ROWS = 5  # where nobody has been put on duty yet
# The form of a roster in which telephones stand.
WITH_TELEPHONES = "phones"


@dataclass(frozen=True)
class Group:
    """The shifts of one agency in the province's roster."""

    name: str
    covered: str
    table: Table


def render_agency_roster(assignment: Assignment, *, with_telephones: bool = True) -> bytes:
    """Print one agency's roster; without shifts it has rows to fill in by hand."""
    return agency_roster_content(assignment, WITH_TELEPHONES if with_telephones else "").print()


def render_roster(directive: Directive, *, with_telephones: bool = True) -> bytes:
    """Print the rosters of all agencies as they stand at the domain's current moment."""
    return roster_content(directive, WITH_TELEPHONES if with_telephones else "").print()


def agency_roster_content(assignment: Assignment, form: str = "") -> Content:
    """Return what one agency's roster is printed from."""
    return content("agency_roster.html", _of_agency(assignment, with_telephones=form == WITH_TELEPHONES))


def roster_content(directive: Directive, form: str = "") -> Content:
    """Return what the province's roster is printed from."""
    return content("roster.html", _of_province(directive, with_telephones=form == WITH_TELEPHONES))


def _of_agency(assignment: Assignment, *, with_telephones: bool) -> dict:
    read, today, window = reply(assignment), clock.today(), duty_window(assignment.directive)
    own = masthead(read)
    lines = read_shifts(assignment.shifts.all(), window, now=clock.now()).lines
    subject = f"{PURPOSE}{_days(window)}"
    return sheet(
        title=f"Lịch trực: {subject}",
        head=letterhead(
            parent=own.parent,
            issuer=own.issuer,
            number="",
            place=place_line(own.place, None, today.month, today.year),
        ),
        doc_title=TITLE,
        doc_subject=subject,
        addressees=[],
        copies=[f"{read.issuer_name} (để b/cáo)", "Các cá nhân có tên trong lịch trực", own.archive],
        signer=own.signer,
        facts=named("agency-roster", symbol="", place=own.place, month=today.month, year=today.year)
        | answering(read.directive)
        | {"assignment": assignment.pk, "shifts": _facts(lines, with_telephones=with_telephones)},
        cited=cite(read.directive),
        issuer_name=read.issuer_name,
        author_name=read.author_name,
        agency_name=full_name(read.agency_name),
        table=shifts(lines, with_telephones=with_telephones),
        blank_rows=range(BLANK_ROWS),
    )


def _of_province(directive: Directive, *, with_telephones: bool) -> dict:
    read, now, today = province_roster(directive, now=clock.now()), clock.now(), clock.today()
    desk = desk_of(directive)
    fixed = desk.fixed
    subject = f"{PURPOSE} của các cơ quan, đơn vị{_days(read.window)}"
    missing = [agency.name for agency in read.agencies if not agency.roster.lines]
    return sheet(
        title=f"Lịch trực: {subject}",
        head=letterhead(
            parent=fixed.parent,
            issuer=fixed.issuer,
            number="",
            place=place_line(fixed.place, None, today.month, today.year),
        ),
        doc_title=TITLE,
        doc_subject=subject,
        addressees=[],
        copies=[*([f"{desk.above} (để b/cáo)"] if desk.above else []), "Các cơ quan, đơn vị", fixed.archive],
        signer=fixed.signer,
        facts=named("roster", symbol="", place=fixed.place, month=today.month, year=today.year)
        | answering(directive)
        | {"as_of": now, "agencies": _agency_facts(read, with_telephones=with_telephones)},
        cited=cite(directive),
        issuer_name=desk.name,
        as_of=moment(now),
        read=read,
        missing=missing,
        with_paper=with_paper("Lịch trực", "", today.month, today.year, desk.name),
        groups=_groups(read, with_telephones=with_telephones),
    )


def _days(window: DutyWindow | None) -> str:
    """Return from when to when somebody must be on duty, where that is set."""
    return f" từ ngày {short_date(window.first)} đến ngày {short_date(window.last)}" if window else ""


def _groups(read: ProvinceRoster, *, with_telephones: bool) -> list[Group]:
    told = ((agency, agency.roster.lines) for agency in read.agencies if agency.roster.lines)
    return [Group(one.name, _covered(one), shifts(lines, with_telephones=with_telephones)) for one, lines in told]


def _covered(agency: AgencyRoster) -> str:
    percent = agency.roster.percent
    return "trực đủ 24/7" if percent == 100 else f"đạt {percent}% thời gian trực"


def _agency_facts(read: ProvinceRoster, *, with_telephones: bool) -> list[dict]:
    return [
        {
            "assignment": agency.assignment_id,
            "name": agency.name,
            "percent": agency.roster.percent,
            "shifts": _facts(agency.roster.lines, with_telephones=with_telephones),
        }
        for agency in read.agencies
    ]


def _facts(lines: Sequence[Line], *, with_telephones: bool) -> list[dict]:
    """Return shifts as data: who, where and when."""
    names = ["post", "name", "position", "backup_name", "starts_at", "ends_at"]
    names += ["telephone", "backup_telephone"] if with_telephones else []
    return [{name: asdict(line)[name] for name in names} for line in lines]
