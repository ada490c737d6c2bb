"""The columns of the directory's tables and how their cells are read: text in, values out, errors by row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Role
from alertdesk.lib import electronic_code
from alertdesk.lib.text import fold, squeeze

from .lists import split_list
from .plans import DirectoryUnreadable, Plan

YES = {fold(word) for word in ("có", "yes", "true", "x", "1")}
NO = {fold(word) for word in ("", "không", "no", "false", "0")}


class Unfit(ValueError):
    """A cell does not hold what its column asks for; the message says what to write."""

    def __init__(self, message, **values):
        super().__init__(message)
        self.message, self.values = message, values


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


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unfit(_("“%(text)s” is no day; write it as 2023-12-31."), text=text) from None


def _choice(choices) -> Callable:
    @cache
    def words() -> dict[str, str]:
        return {
            fold(word): choice.value for choice in choices for word in (choice.value, *in_every_language(choice.label))
        }

    def read(text: str) -> str:
        found = words().get(fold(text))
        if found is None:
            known = ", ".join(str(choice.label) for choice in choices)
            raise Unfit(_("“%(text)s” is none of: %(known)s."), text=text, known=known)
        return found

    return read


_kind, _held_role = _choice(Agency.Kind), _choice(Role)


def _role(text: str) -> str:
    return _held_role(text) if text else ""


def in_every_language(text) -> list[str]:
    """Return a lazy text in each of the site's languages: files come back in another than they left in."""
    words = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words.append(str(text))
    return words


def _yes_or_no(text: str) -> bool:
    if fold(text) not in YES | NO:
        raise Unfit(_("“%(text)s” is neither yes nor no."), text=text)
    return fold(text) in YES


def _code(text: str) -> str:
    try:
        electronic_code.key(text)
    except electronic_code.NotACode:
        raise Unfit(_("“%(text)s” is no electronic code; write H08.12.03 or 000.03.12.H08."), text=text) from None
    return text


def _address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise Unfit(_("“%(text)s” is no e-mail address."), text=text) from None
    return text.lower()


def _mailbox(text: str) -> str:
    return _address(text) if text else ""


AGENCY_COLUMNS = (
    Column("id", _("Id")),
    Column("name", _("Name"), is_required=True),
    Column("short_name", _("Short name"), is_required=True),
    Column("symbol", _("Symbol"), is_required=True),
    Column("kind", _("Kind"), _kind, is_required=True),
    Column("parent", _("Parent body")),
    Column("place", _("Place"), is_required=True),
    Column("code", _("Electronic code"), _code),
    Column("mailbox", _("Official mailbox"), _mailbox),
    Column("telephone", _("Telephone")),
    Column("contact_name", _("Contact person")),
    Column("needs_approval", _("Approval by the head"), _yes_or_no),
    Column("aliases", _("Other names"), split_list),
    Column("valid_from", _("Valid from"), _day, is_required=True),
    Column("valid_to", _("Valid to"), _day, is_required=True),
    Column("successor", _("Taken over by"), split_list),
)
PEOPLE_COLUMNS = (
    Column("email", _("E-mail address"), _address, is_required=True),
    Column("full_name", _("Full name"), is_required=True),
    Column("title", _("Position")),
    Column("telephone", _("Telephone")),
    Column("agency", _("Agency"), is_required=True),
    Column("role", _("Role"), _role, is_required=True),
    Column("valid_from", _("Valid from"), _day),
    Column("valid_to", _("Valid to"), _day),
)


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
    if column.read is not _day or heading == column.name:
        return text
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()
    except ValueError:
        return text
