"""Read the directory of agencies from a CSV file: whole, or not at all."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from agencies.models import Agency, AgencyName, Succession
from alertdesk.lib.text import fold, squeeze

FIELDS = ("name", "short_name", "symbol", "kind", "parent", "place", "valid_from", "valid_to", "successor")


class DirectoryUnreadable(Exception):
    """The file does not have the columns or values of a directory; the message names the row."""


@transaction.atomic
def load_directory(path: Path) -> int:
    """Add the agencies of a UTF-8 CSV with the columns of `FIELDS`; return how many there are in it.

    A row is recognised by name and first day, so loading twice changes nothing. `valid_from` and
    `valid_to` are ISO dates, both inclusive, blank for open; `successor` names the agency that takes
    over the open work, by its name and the year it began in brackets where names repeat.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [{key: squeeze(value or "") for key, value in row.items()} for row in csv.DictReader(file)]
    if not rows or set(FIELDS) - rows[0].keys():
        raise DirectoryUnreadable(f"The file needs the columns {', '.join(FIELDS)}.")
    known = {_key(row): _agency(row, number) for number, row in enumerate(rows, 2)}
    by_name = {row["name"]: known[_key(row)] for row in rows}
    for row in rows:
        _link(row, known[_key(row)], by_name, known)
    return len(rows)


def _key(row: dict) -> str:
    """Return how a successor column names this row: the name, with the year where it began."""
    return f"{row['name']} ({row['valid_from'][:4]})" if row["valid_from"] else row["name"]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DirectoryUnreadable(f"“{text}” is no day; write it as 2023-12-31.") from None


def _agency(row: dict, number: int) -> Agency:
    if row["kind"] not in Agency.Kind.values:
        raise DirectoryUnreadable(f"Row {number}: unknown kind “{row['kind']}”.")
    known = (
        AgencyName.objects.filter(name=row["name"], valid_from=_day(row["valid_from"])).select_related("agency").first()
    )
    if known:
        return known.agency
    agency = Agency.objects.create(kind=row["kind"], place=row["place"])
    AgencyName.objects.create(
        agency=agency,
        name=row["name"],
        short_name=row["short_name"] or row["name"],
        symbol=row["symbol"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        search_text=fold(f"{row['name']} {row['short_name']} {row['symbol']}"),
    )
    return agency


def _link(row: dict, agency: Agency, by_name: dict[str, Agency], known: dict[str, Agency]) -> None:
    """Hang the agency under its parent and note who takes over from it."""
    if row["parent"] and row["parent"] not in by_name:
        raise DirectoryUnreadable(f"“{row['name']}” names a parent that is not in the file: “{row['parent']}”.")
    if row["parent"] and agency.parent_id is None:
        agency.parent = by_name[row["parent"]]
        agency.save(update_fields=["parent"])
    successor = known.get(row["successor"])
    if successor and row["valid_to"]:
        Succession.objects.get_or_create(
            predecessor=agency,
            successor=successor,
            defaults={
                "act": Succession.Act.MERGE,
                "happened_on": successor.names.first().valid_from or _day(row["valid_to"]),
            },
        )
