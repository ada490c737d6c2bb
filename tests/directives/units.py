"""The units of the cast's town: communes in which somebody answers, and what they do."""

from agencies.models import Agency, Role
from alertdesk.lib import clock
from directives.models import Assignment
from directives.services.cascading import pass_on
from directives.services.submitting import submit_report
from tests.cast import answer_everything, make_agency, make_user

FOR_UNITS = clock.local(2023, 4, 27, 17)


def make_unit(parent: Agency, number: int, **fields):
    """Make a commune with an officer; return both."""
    unit = make_agency(
        f"UBND xã Minh họa {number}",
        kind=fields.pop("kind", Agency.Kind.COMMUNE),
        parent=parent,
        mailbox=f"xa{number}@quynhon.example",
        **fields,
    )
    return unit, make_user(f"vanthu@xa{number}.example", Role.OFFICER, unit)


def passed_on(cast, *units: Agency, actor=None, parent: Assignment | None = None) -> list[Assignment]:
    """Issue a directive to health and town, unless a town's assignment is given, and let the town pass it on."""
    parent = parent or cast.issue()[1]
    return pass_on(parent, actor=actor or cast.town_officer, units=list(units), deadline=FOR_UNITS)


def report(assignment: Assignment, officer):
    """Answer everything and send."""
    answer_everything(assignment, officer)
    assignment.refresh_from_db()
    return submit_report(assignment, actor=officer)
