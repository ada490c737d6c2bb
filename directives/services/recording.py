"""Record a report that reached the desk another way: it counts as much as one sent here."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from directives.models import Assignment, RecordedReport, RequiredAction, Submission
from directives.permissions import keeps_report

from .answering import check_values
from .errors import Incomplete, NotAllowed
from .submitting import freeze, keep_file
from .transitions import locked, move


@transaction.atomic
def record_report(
    assignment: Assignment,
    *,
    actor: User,
    channel: str,
    arrived_on: date,
    items: list[dict],
    arrival_number: str = "",
    document_number: str = "",
    document_on: date | None = None,
    upload=None,
) -> Submission:
    """Enter a report for an agency, with at least a status for every action.

    `items` are dicts of action, status and optionally note, total, done, extra, reference. What the
    agency wrote itself is not touched, and the agency may replace this with its own report.
    """
    assignment = locked(assignment)
    if not keeps_report(actor, assignment):
        raise NotAllowed
    rows = [
        {"note": "", "total": None, "done": None, "extra": None, "reference": "", "rows": [], **item} for item in items
    ]
    _require_every_action(assignment, rows)
    for row in rows:
        check_values(row)
    submission = freeze(assignment, actor=actor, rows=rows)
    RecordedReport.objects.create(
        submission=submission,
        channel=channel,
        arrived_on=arrived_on,
        arrival_number=arrival_number,
        document_number=document_number,
        document_on=document_on,
    )
    if upload:
        keep_file(submission, upload, actor=actor)
    move(assignment, "record", actor=actor, submission=submission)
    return submission


def _require_every_action(assignment: Assignment, rows: list[dict]) -> None:
    wanted: set[int] = set(RequiredAction.objects.filter(directive=assignment.directive).values_list("pk", flat=True))
    if {row["action"].pk for row in rows if row["status"]} != wanted:
        raise Incomplete(_("Give a result for every action; choose the nearest one if the report is vague."))
