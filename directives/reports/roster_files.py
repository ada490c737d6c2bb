"""A roster as rows of a table and as entries of a calendar, for people to take with them."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from alertdesk.lib import clock
from alertdesk.lib.calendar_file import Entry

from .province_roster import ProvinceRoster
from .roster import Line, Roster


def roster_table(read: Roster) -> list[list[str]]:
    """Return the shifts as rows of text under their headings."""
    heads = [_("Beginning"), _("End"), _("Post"), _("On duty"), _("Position"), _("Telephone")]
    heads += [_("Stands in"), _("Telephone of who stands in"), _("Confirmed at")]
    return [heads, *(_row(line) for line in read.lines)]


def _row(line: Line) -> list[str]:
    return [
        _moment(line.starts_at),
        _moment(line.ends_at),
        line.post,
        line.name,
        line.position,
        line.telephone,
        line.backup_name,
        line.backup_telephone,
        _moment(line.checked_in_at),
    ]


def roster_entries(read: Roster, *, agency: str) -> list[Entry]:
    """Return one calendar entry a shift."""
    host = urlsplit(settings.SITE_URL).hostname
    return [
        Entry(
            uid=f"shift-{line.shift_id}@{host}",
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            summary=f"{line.post}: {line.name}",
            description="\n".join(part for part in (agency, *_people(line)) if part),
        )
        for line in read.lines
    ]


def _people(line: Line) -> list[str]:
    backup = " ".join((line.backup_name, line.backup_telephone)).strip()
    return [line.telephone, _("Stands in: %(name)s") % {"name": backup} if backup else ""]


def province_roster_table(read: ProvinceRoster) -> list[list[str]]:
    """Return the agencies as rows of text under their headings."""
    heads = [_("Agency"), _("Coverage, %"), _("Number of people"), _("On duty now"), _("Telephone"), _("Not confirmed")]
    heads.append(_("What to look at"))
    return [heads, *(_agency_row(line) for line in read.agencies)]


def _agency_row(line) -> list[str]:
    now = line.roster.current
    return [
        line.name,
        str(line.roster.percent) if line.roster.lines else "",
        str(line.roster.people) if line.roster.lines else "",
        "; ".join(f"{shift.post}: {shift.name}" for shift in now),
        "; ".join(shift.telephone for shift in now if shift.telephone),
        str(len(line.roster.missed)) if line.roster.lines else "",
        " ".join(trouble.text for trouble in line.roster.troubles) if line.roster.lines else _("No roster yet"),
    ]


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(clock.ZONE):%H:%M %d/%m/%Y}" if moment else ""
