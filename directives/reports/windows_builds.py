"""Whether a Windows build has the cumulative update that a directive's time asks for.

Cumulative updates contain those of the months before, so one number answers for all of Windows; Office, Exchange
and SharePoint have updates of their own. The floors are those that the record of CVE-2023-28252 names for April
2023. A later month's weaknesses need a later table: without one a build is kept and decides nothing.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "data" / "windows-builds.csv"
MONTHS_COVERED = 2  # a table answers for directives of its own month and of the next
_BUILD = re.compile(r"(?:10\.0\.|6\.\d\.)?(\d{4,5})\.(\d{1,6})")


@dataclass(frozen=True)
class Floor:
    """The lowest patched build of one branch of Windows."""

    branch: int
    product: str
    patch: int

    def __str__(self):
        return f"{self.branch}.{self.patch}"


def read_build(text: str) -> tuple[int, int] | None:
    """Return branch and patch of a build as people write it (19045.2846, 10.0.19045.2846), None for anything else."""
    found = _BUILD.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found else None


def floor_for(branch: int, on: date) -> Floor | None:
    """Return the floor of a branch for a directive of that day, None where no table answers for it."""
    months = on.year * 12 + on.month
    answering = [month for month in _table() if 0 <= months - month < MONTHS_COVERED]
    return _table()[max(answering)].get(branch) if answering else None


@cache
def _table() -> dict[int, dict[int, Floor]]:
    found: dict[int, dict[int, Floor]] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            year, month = row["month"].split("-")
            floor = Floor(int(row["branch"]), row["product"], int(row["floor"]))
            found.setdefault(int(year) * 12 + int(month), {})[floor.branch] = floor
    return found
