"""Values of the directory as cells: in an exported file, and before and after in a preview."""

from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from .lists import join_list


def shown(value) -> str:
    """Return a value as text in the reader's language; days as 31/12/2023, which reads back."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return join_list(value)
    return str(value or "")


def shown_in(thing: Model, name: str) -> str:
    """Return a field's value as `shown`, or the words of its choice."""
    value, words = getattr(thing, name), dict(thing._meta.get_field(name).flatchoices)
    return str(words.get(value, value)) if words and value else shown(value)
