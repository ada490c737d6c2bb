"""How the text of a cell becomes a value, or a sentence about what to write instead."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import electronic_code
from alertdesk.lib.text import fold

YES = {fold(word) for word in ("có", "yes", "true", "x", "1")}
NO = {fold(word) for word in ("", "không", "no", "false", "0")}
MOST_DIGITS = 9


class Unfit(ValueError):
    """A cell does not hold what its column asks for; the message says what to write."""

    def __init__(self, message, **values):
        super().__init__(message)
        self.message, self.values = message, values


def in_every_language(text) -> list[str]:
    """Return a lazy text in each of the site's languages: files come back in another than they left in."""
    words = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words.append(str(text))
    return words


def read_day(text: str) -> date | None:
    """Read a day written 2023-12-31; blank is None."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unfit(_("“%(text)s” is no day; write it as 2023-12-31."), text=text) from None


def choice_of(choices: Iterable[tuple]) -> Callable:
    """Return a reader of one of the (value, words) pairs, by the value or its words in any language."""
    pairs = [(value, label) for value, label in choices if value is not None]

    @cache
    def words() -> dict:
        return {fold(word): value for value, label in pairs for word in (str(value), *in_every_language(label))}

    def read(text: str):
        found = words().get(fold(text))
        if found is None:
            known = ", ".join(str(label) for _value, label in pairs)
            raise Unfit(_("“%(text)s” is none of: %(known)s."), text=text, known=known)
        return found

    return read


def or_blank(read: Callable, blank="") -> Callable:
    """Return a reader that leaves a blank cell as `blank`."""
    return lambda text: read(text) if text else blank


def read_yes_or_no(text: str) -> bool:
    """Read a word of YES or NO; blank is no."""
    if fold(text) not in YES | NO:
        raise Unfit(_("“%(text)s” is neither yes nor no."), text=text)
    return fold(text) in YES


def read_number(text: str) -> int:
    """Read a whole number without signs between its digits."""
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise Unfit(_("“%(text)s” is no whole number; write digits only."), text=text)
    return int(text)


def read_code(text: str) -> str:
    """Read an electronic code in either form; it stays as given."""
    try:
        electronic_code.key(text)
    except electronic_code.NotACode:
        raise Unfit(_("“%(text)s” is no electronic code; write H08.12.03 or 000.03.12.H08."), text=text) from None
    return text


def read_address(text: str) -> str:
    """Read an e-mail address, in lower case."""
    try:
        validate_email(text)
    except ValidationError:
        raise Unfit(_("“%(text)s” is no e-mail address."), text=text) from None
    return text.lower()


READERS = {
    models.BooleanField: read_yes_or_no,
    models.PositiveIntegerField: read_number,
    models.EmailField: read_address,
}


def reader_of(field: models.Field) -> Callable:
    """Return how the cells of a model's field are read: a blank one as its default; its limits are the model's."""
    if isinstance(field, models.DateField):
        return read_day
    read = choice_of(field.flatchoices) if field.flatchoices else READERS.get(type(field), str)
    if field.has_default():
        return or_blank(read, field.get_default())
    return or_blank(read, None if field.null else "") if field.blank else read
