"""Lines pasted from a spreadsheet as rows about units; a line that cannot be read stays, with a sentence why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alertdesk.lib.text import fold, squeeze
from directives.forms.fields import CountField, PastDateField
from directives.models import UnitRow

COLUMNS = UnitRow.FIELDS
# How a column may be called in a head line, folded; the longest words first, since "da gui" is in "ngay da gui".
HEADS = (
    ("name", ("don vi", "ten don vi", "co quan", "unit", "name")),
    ("sent_on", ("ngay gui", "ngay chuyen", "da gui", "sent on", "sent")),
    ("is_received", ("da tiep nhan", "tiep nhan", "da nhan", "received")),
    ("is_done", ("da bao cao", "bao cao", "da thuc hien", "hoan thanh", "reported done", "reported", "done")),
    ("machines", ("so may", "machines")),
    ("note", ("ghi chu", "note", "notes")),
)
YES = ("x", "co", "roi", "da", "1", "yes", "y", "true", "v", "✓", "✔")
NO = ("", "khong", "chua", "0", "no", "n", "false", "-", "–")


@dataclass(frozen=True)
class Pasted:
    """The rows read, as they would be typed; the lines left in the box, and one sentence for each."""

    rows: tuple[dict, ...]
    left: str
    problems: tuple[str, ...]


def read_lines(text: str) -> Pasted:
    """Read lines of cells parted by tabs or semicolons: unit, sent on, received, done, machines, note.

    A head line gives another order; without one, running numbers in front of the units are passed over.
    """
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    order = _head(lines[0]) if lines else None
    head, body = (lines[:1], lines[1:]) if order else ([], lines)
    rows, left, problems = [], [], []
    for number, line in enumerate(body, len(head) + 1):
        row, wrong = _row(_cells(line), order, {fold(known["name"]) for known in rows})
        if wrong:
            left.append(line)
            problems.append(_("Line %(number)d: %(problem)s") % {"number": number, "problem": wrong})
        else:
            rows.append(row)
    return Pasted(tuple(rows), "\n".join([*head, *left] if left else []), tuple(problems))


def _cells(line: str) -> list[str]:
    return [squeeze(cell).strip('"') for cell in re.split(r"\t" if "\t" in line else ";", line)]


def _head(line: str) -> list[str | None] | None:
    """Return which column each cell of a head line names, or None where the line is no head."""
    named = [_column(fold(cell)) for cell in _cells(line)]
    return named if "name" in named else None


def _column(words: str) -> str | None:
    return next((name for name, heads in HEADS if words in heads), None)


def _row(cells: list[str], order: list[str | None] | None, known: set[str]) -> tuple[dict, str]:
    """Return one line as typed values, or the sentence that says what is wrong with it."""
    if order is None:
        cells = cells[1:] if len(cells) > 1 and cells[0].rstrip(".").isdecimal() else cells
        order = list(COLUMNS)
    values = {name: cell for name, cell in zip(order, cells, strict=False) if name}
    wrong = next(_problems(values, cells, order, known), "")
    ticks = {name: "on" for name in ("is_received", "is_done") if fold(values.pop(name, "")) in YES}
    return {name: value for name, value in values.items() if value} | ticks, wrong


def _problems(values: dict, cells: list[str], order: list, known: set[str]) -> Iterator[str]:
    """Yield what cannot be read; every cell is looked at, and nothing of a wrong line is taken."""
    if not values.get("name"):
        yield _("the unit's name is missing.")
    if len(values.get("name", "")) > 200 or len(values.get("note", "")) > 300:
        yield _("a text is too long.")
    if any(cells[len(order) :]):
        yield _("there are more columns than the table has.")
    if fold(values.get("name", "")) in known:
        yield _("“%(unit)s” stands in the lines twice.") % {"unit": values["name"]}
    for name, field in (("sent_on", PastDateField(required=False)), ("machines", CountField(required=False))):
        yield from _unfit(field, values.get(name, ""))
    for name in ("is_received", "is_done"):
        if fold(values.get(name, "")) not in (*YES, *NO):
            yield _("“%(cell)s” is neither yes nor no.") % {"cell": values[name]}


def _unfit(field, cell: str) -> Iterator[str]:
    try:
        field.clean(cell)
    except ValidationError as error:
        yield f"“{cell}” – {error.messages[0]}"
