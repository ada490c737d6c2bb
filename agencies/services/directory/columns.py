"""The columns of the directory's tables: what stands in a file's first row and how the rows under it are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agencies.models import REGISTERS, Agency, Role
from alertdesk.lib.text import fold, squeeze

from .cells import (
    Unfit,
    choice_of,
    in_every_language,
    or_blank,
    read_address,
    read_code,
    read_day,
    read_yes_or_no,
    reader_of,
)
from .lists import split_list
from .plans import DirectoryUnreadable, Plan


@dataclass(frozen=True)
class Column:
    """One column: its name in the code, its heading in words, and how its cells are read."""

    name: str
    label: str
    read: Callable = str
    is_required: bool = False


@dataclass(frozen=True)
class Record:
    """One row of a file: values by column name, only of the columns that the file has."""

    row: int
    values: dict

    def get(self, name: str, default=""):
        """Return a value; `default` where the file has no such column."""
        return self.values.get(name, default)


ID = Column("id", _("Id"))
AGENCY = Column("agency", _("Agency"), is_required=True)
AGENCY_COLUMNS = (
    ID,
    Column("name", _("Name"), is_required=True),
    Column("short_name", _("Short name"), is_required=True),
    Column("symbol", _("Symbol"), is_required=True),
    Column("kind", _("Kind"), choice_of(Agency.Kind.choices), is_required=True),
    Column("parent", _("Parent body")),
    Column("place", _("Place"), is_required=True),
    Column("code", _("Electronic code"), read_code),
    Column("mailbox", _("Official mailbox"), or_blank(read_address)),
    Column("telephone", _("Telephone")),
    Column("contact_name", _("Contact person")),
    Column("needs_approval", _("Approval by the head"), read_yes_or_no),
    Column("aliases", _("Other names"), split_list),
    Column("valid_from", _("Valid from"), read_day, is_required=True),
    Column("valid_to", _("Valid to"), read_day, is_required=True),
    Column("successor", _("Taken over by"), split_list),
)
PEOPLE_COLUMNS = (
    Column("email", _("E-mail address"), read_address, is_required=True),
    Column("full_name", _("Full name"), is_required=True),
    Column("title", _("Position")),
    Column("telephone", _("Telephone")),
    AGENCY,
    Column("role", _("Role"), or_blank(choice_of(Role.choices)), is_required=True),
    Column("valid_from", _("Valid from"), read_day),
    Column("valid_to", _("Valid to"), read_day),
)


def register_columns(register: str) -> tuple[Column, ...]:
    """Return the columns of a register, one for each of its FIELDS, headed and read as the model says."""
    model = REGISTERS[register]
    fields = [model._meta.get_field(name) for name in model.FIELDS]
    return tuple(
        Column(field.name, capfirst(field.verbose_name), reader_of(field), not (field.blank or field.has_default()))
        for field in fields
    )


def headings(columns: tuple[Column, ...]) -> list[str]:
    """Return the first row of an exported file, in the reader's language."""
    return [str(column.label) for column in columns]


def read_records(rows: list[list[str]], columns: tuple[Column, ...], plan: Plan) -> list[Record]:
    """Read the rows under their headings; unfit cells become problems of `plan`.

    Headings are the columns' names or their words in any of the site's languages. Raises
    DirectoryUnreadable when a required column is missing or one stands twice.
    """
    head, *body = [[squeeze(text) for text in row] for row in rows]
    placed = _place_columns(head, columns)
    found = [(number, row) for number, row in enumerate(body, 2) if any(row)]
    return [record for number, row in found for record in _record(number, row, head, placed, plan)]


def _place_columns(head: list[str], columns: tuple[Column, ...]) -> dict[int, Column]:
    words = {fold(word): column for column in columns for word in (column.name, *in_every_language(column.label))}
    placed = {place: words[fold(text)] for place, text in enumerate(head) if fold(text) in words}
    if {column for column in columns if column.is_required} - set(placed.values()):
        needed = ", ".join(f"{column.label} ({column.name})" for column in columns if column.is_required)
        raise DirectoryUnreadable(_("The file needs the columns %(columns)s."), columns=needed)
    if len(set(placed.values())) < len(placed):
        raise DirectoryUnreadable(_("A column stands twice in the first row; remove one of the two."))
    unknown = [text for place, text in enumerate(head) if text and place not in placed]
    if unknown:
        raise DirectoryUnreadable(
            _("The first row has columns that are not known: %(columns)s. Remove or rename them."),
            columns=", ".join(unknown),
        )
    return placed


def _record(number: int, row: list[str], head: list[str], placed: dict[int, Column], plan: Plan) -> Iterator[Record]:
    """Yield the row's record, or nothing when a cell is unfit."""
    cells = row + [""] * (len(head) - len(row))
    values, is_fit = {}, True
    for place, column in placed.items():
        try:
            values[column.name] = column.read(_as_day(cells[place], head[place], column))
        except Unfit as unfit:
            plan.refuse(number, unfit.message, **unfit.values)
            is_fit = False
    if is_fit:
        yield Record(number, values)


def _as_day(text: str, heading: str, column: Column) -> str:
    """Return 31/12/2023 as 2023-12-31 under a heading in words; under the code's name only the latter is a day."""
    if column.read is not read_day or heading == column.name:
        return text
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()
    except ValueError:
        return text
