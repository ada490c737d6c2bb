"""What was read as JSON and back: how it leaves the process in which an untrusted file was read."""

import json
from dataclasses import asdict
from datetime import date

from .draft import Action, BaseLetter, Contact, Copy, Draft, DraftWarning, Signer
from .scan_rows import ScanRow, ScanTable
from .spans import Span
from .vulnerability_cells import Problem, VulnerabilityRow
from .vulnerability_rows import VulnerabilityTable


def packed(draft: Draft) -> str:
    """Return a draft as one line of JSON."""
    return json.dumps(asdict(draft))


def unpacked(text: str) -> Draft:
    """Return the draft of such a line; raises ValueError, KeyError or TypeError where it is none."""
    values = json.loads(text)
    values["signer"] = Signer(**values["signer"])
    values["contacts"] = tuple(_contact(contact) for contact in values["contacts"])
    for name, kind in _LISTS.items():
        values[name] = tuple(kind(**element) for element in values[name])
    for name in ("recipients", "cves"):
        values[name] = tuple(values[name])
    values["spans"] = {field: [Span(**span) for span in spans] for field, spans in values["spans"].items()}
    return Draft(**values)


_LISTS = {"based_on": BaseLetter, "actions": Action, "copies": Copy, "unread": DraftWarning, "left_out": Span}


def _contact(values: dict) -> Contact:
    return Contact(values["name"], tuple(values["phones"]), tuple(values["emails"]))


def packed_scan(table: ScanTable) -> str:
    """Return a scan's table as one line of JSON."""
    return json.dumps(asdict(table))


def unpacked_scan(text: str) -> ScanTable:
    """Return the table of such a line; raises ValueError, KeyError or TypeError where it is none."""
    values = json.loads(text)
    return ScanTable(
        rows=tuple(ScanRow(**row) for row in values["rows"]),
        problems=tuple(Problem(**problem) for problem in values["problems"]),
        blank=values["blank"],
    )


def packed_table(table: VulnerabilityTable) -> str:
    """Return a table of weaknesses as one line of JSON."""
    return json.dumps(asdict(table), default=date.isoformat)


def unpacked_table(text: str) -> VulnerabilityTable:
    """Return the table of such a line; raises ValueError, KeyError or TypeError where it is none."""
    values = json.loads(text)
    return VulnerabilityTable(
        rows=tuple(_row(row) for row in values["rows"]),
        problems=tuple(Problem(**problem) for problem in values["problems"]),
        remarks=tuple(Problem(**remark) for remark in values["remarks"]),
    )


def _row(values: dict) -> VulnerabilityRow:
    since = values["exploited_since"]
    return VulnerabilityRow(**values | {"exploited_since": date.fromisoformat(since) if since else None})
