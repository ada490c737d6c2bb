"""Dates and times as letters write them; unknown is None."""

import re
from datetime import date

NUMERIC = r"(?P<d{0}>\d{{1,2}})\s*[/.\-]\s*(?P<m{0}>\d{{1,2}})(?:\s*[/.\-]\s*(?P<y{0}>\d{{4}}))?(?!\d)"
WORDED = r"(?P<d{0}>\d{{1,2}})\s+tháng\s+(?P<m{0}>\d{{1,2}})(?:\s+năm\s+(?P<y{0}>\d{{4}}))?(?!\d)"
# One date in either form; its groups are read by `parts`.
DATE = f"(?:{NUMERIC.format(1)}|{WORDED.format(2)})"


def parts(match: re.Match) -> tuple[int | None, int | None, int | None]:
    """Return (day, month, year) of a match of DATE."""
    groups = match.groupdict()
    form = 1 if groups.get("d1") else 2
    return tuple(int(value) if (value := groups.get(f"{part}{form}")) else None for part in "dmy")


def real_date(day: int | None, month: int | None, year: int | None) -> date | None:
    """Return the date, or None where a part is missing or there is no such day."""
    try:
        return date(year, month, day)
    except (TypeError, ValueError):
        return None
