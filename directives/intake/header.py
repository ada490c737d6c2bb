"""The letterhead: who issues, number and symbol, place and date, what it is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import takewhile

from alertdesk.lib.text import fold

from .cleaning import run_on
from .head_cells import Cell, head_cells
from .marks import starts_item
from .words import is_body, is_opener

_END = " .;:,/"
_LONG = 150
_MOST_LINES = 150  # no letterhead is longer, blank lines included
_DANGLING = (" và", ",", " -", " –", " thuộc")
_BARE_NAMES = frozenset({"van phong", "ban", "thanh tra", "trung tam", "phong", "hoi dong"})


@dataclass(frozen=True)
class Head:
    """What the letterhead says; None is not said."""

    issuer_parent: str | None = None
    issuer: str | None = None
    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    subject: str | None = None
    urgency: str = ""
    stamp: str | None = None  # the words that said it
    has_motto: bool = False
    used: int = 0  # lines up to the end of the subject, for letters whose body follows at once


def read_head(lines: list[str], *, addressed: bool) -> Head:
    """Return the letterhead; `addressed` says that the lines end where Kính gửi begins."""
    cells = head_cells(lines[:_MOST_LINES])
    number = next((cell.found for cell in cells if cell.kind == "number"), {})
    doc_type = next((cell.found["type"] for cell in cells if cell.kind == "type"), None)
    stamped = next((cell.found for cell in cells if cell.found.get("urgency")), {})
    about = _subject_cells(cells, addressed=addressed)
    names = _names(_letterhead(cells))
    return Head(
        issuer_parent=names[-2] if len(names) > 1 else None,
        issuer=names[-1] if names else None,
        doc_type=doc_type,
        number=number.get("number"),
        symbol=_symbol(number.get("symbol")),
        **_date(cells),
        subject=reduce(run_on, (cell.text for cell in about if cell.text), "").strip(_END) or None,
        urgency=stamped.get("urgency", ""),
        stamp=stamped.get("stamp"),
        has_motto=any(cell.kind == "motto" for cell in cells),
        used=max((cell.line + 1 for cell in about or cells), default=0),
    )


def _symbol(text: str | None) -> str | None:
    """Return a symbol without the spaces some typists put round its dashes."""
    return re.sub(r"\s*([-/])\s*", r"\1", text).rstrip(_END) if text else None


def _date(cells: list[Cell]) -> dict:
    """Return place, day, month and year; a date that names its place is believed before one that does not."""
    dates = sorted((c.found for c in cells if c.kind == "date"), key=lambda found: not found["place"])
    if not dates:
        return {}
    found = dates[0]
    numbers = {key: int(found[key]) if found[key] else None for key in ("day", "month", "year")}
    return {"place": found["place"] or None} | numbers


def _letterhead(cells: list[Cell]) -> list[str]:
    """Return the text cells that stand above number, title and subject."""
    above = takewhile(lambda cell: cell.kind not in ("number", "subject", "type"), cells)
    return [cell.text for cell in above if cell.kind == "text"]


def _names(texts: Iterable[str]) -> list[str]:
    """Return the names of the bodies: a line that does not begin one goes on with the line before."""
    names: list[str] = []
    for text in texts:
        if names and (not is_body(text) or _unfinished(names[-1])):
            if text.isupper() or not names[-1].isupper():
                names[-1] = f"{names[-1]} {text}"
        elif is_body(text) and not is_opener(text):
            names.append(text)
    return [name.strip(_END) for name in names]


def _unfinished(name: str) -> bool:
    """Tell whether a name must go on in the next line."""
    return name.lower().endswith(_DANGLING) or fold(name) in _BARE_NAMES


def _subject_cells(cells: list[Cell], *, addressed: bool) -> list[Cell]:
    """Return the cells of the trích yếu, from V/v or below the document's type."""
    starts = [i for i, cell in enumerate(cells) if cell.kind == "subject"]
    starts = starts or [i for i, cell in enumerate(cells) if cell.kind == "type"]
    if not starts:
        return []
    start, rest = cells[starts[0]], [cell for cell in cells[starts[0] + 1 :] if cell.kind == "text"]
    return [start, *(rest if addressed else _title_lines(start, rest))]


def _title_lines(start: Cell, rest: list[Cell]) -> list[Cell]:
    """Return the lines that belong to a title when the body follows it without Kính gửi."""
    taken, before = [], start
    for cell in rest:
        parted = cell.line - before.line > 1 and (taken or start.text) and not cell.text[0].islower()
        if (
            parted
            or (is_opener(cell.text) and not cell.text[0].islower())
            or starts_item(cell.text)
            or len(cell.text) > _LONG
            or cell.text.endswith(":")
        ):
            break
        taken.append(cell)
        before = cell
    return taken
