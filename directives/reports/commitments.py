"""What the commitment of those who run an agency's portals says."""

from dataclasses import dataclass

from agencies.models import Portal
from directives.models import Assignment, PortalRow, RequiredAction


@dataclass(frozen=True)
class CommittedPortal:
    """One page that the commitment covers; what is not known stays blank, to be filled in by hand."""

    name: str
    url: str
    operator: str
    person: str


def committed_portals(assignment: Assignment) -> tuple[CommittedPortal, ...]:
    """Return the portals that the agency reports on, with what its register knows of them, else the register's."""
    kept = {row.name: row for row in Portal.objects.kept().filter(agency=assignment.responsible_agency).order_by("pk")}
    kind = RequiredAction.Kind.PORTALS
    reported = PortalRow.objects.filter(answer__assignment=assignment, answer__action__kind=kind).order_by("position")
    if rows := list(reported.select_related("portal")):
        return tuple(_portal(row.name, row.url, row.portal or kept.get(row.name)) for row in rows)
    return tuple(_portal(row.name, row.url, row) for row in kept.values())


def _portal(name: str, url: str, kept: Portal | None) -> CommittedPortal:
    operator, person = (kept.operator, kept.person_in_charge) if kept else ("", "")
    return CommittedPortal(name, url, operator, person)
