"""Rows of an answer as tables to read: the same for what is being written and for what was sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext as _

from directives.models import ROW_TYPES, AnswerRow
from directives.templatetags.alertdesk import vn_date, vn_datetime


@dataclass(frozen=True)
class RowTable:
    """The rows of one class: headings of the columns in which anything stands, and the cells in words."""

    title: str
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """The cells of each line with the heading of their column, for phones, where lines stand as cards."""
        return [list(zip(self.headings, line, strict=True)) for line in self.lines]


def row_tables(kept: Iterable[dict]) -> tuple[RowTable, ...]:
    """Return kept rows (`AnswerRow.to_dict`) as tables; a row type that no longer exists is left out."""
    found: dict[str, list[dict]] = {}
    for values in kept:
        found.setdefault(values.get("row"), []).append(values)
    return tuple(_table(ROW_TYPES[name], rows) for name, rows in found.items() if name in ROW_TYPES)


def _table(model: type[AnswerRow], rows: list[dict]) -> RowTable:
    columns = [model._meta.get_field(name) for name in model.FIELDS]
    used = [column for column in columns if any(_says_something(row.get(column.name)) for row in rows)]
    return RowTable(
        title=str(model._meta.verbose_name_plural),
        headings=tuple(str(column.verbose_name) for column in used),
        lines=tuple(tuple(words_of(column, row.get(column.name)) for column in used) for row in rows),
    )


def _says_something(value) -> bool:
    """Whether a cell holds more than nothing: 0 is said, an empty box or an unset tick is not."""
    return value not in (None, "") and value is not False


def words_of(column: models.Field, value) -> str:
    """Return the value of a cell, as rows are kept, in words."""
    if value in (None, ""):
        return "–"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(column, models.DateTimeField):
        return vn_datetime(datetime.fromisoformat(value))
    return vn_date(date.fromisoformat(value)) if isinstance(column, models.DateField) else str(value)
