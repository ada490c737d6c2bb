"""Add the agencies of a CSV file from the command line: whole, or not at all."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .agency_rows import AgencyPlanner
from .columns import AGENCY_COLUMNS, read_records
from .plans import DirectoryUnreadable
from .tables import read_rows

FIELDS = tuple(column.name for column in AGENCY_COLUMNS)
FIRST_PROBLEMS = 10


@transaction.atomic
def load_directory(path: Path) -> int:
    """Add the agencies of a table with the columns of `FIELDS`; return how many rows there are in it.

    A row is recognised by id, or by name and first day, and what is known stays as it is, so loading
    twice changes nothing. Days are 2023-12-31, both ends inclusive, blank for open; `successor` names
    who takes over the open work, with the year it began in brackets where names repeat.
    """
    planner = AgencyPlanner(None, adds_only=True)
    records = read_records(read_rows(path.read_bytes()), AGENCY_COLUMNS, planner.plan)
    plan = planner.read(records)
    if plan.problems:
        raise DirectoryUnreadable(_Several(plan.problems[:FIRST_PROBLEMS]))
    planner.write()
    return len(records)


class _Several:
    """Several remarks as one message, put into words when it is shown."""

    def __init__(self, remarks):
        self._remarks = remarks

    def __str__(self):
        lines = [str(_("Row %(row)d: %(text)s")) % {"row": r.row, "text": r} for r in self._remarks]
        return "\n".join(lines).replace("%", "%%")
