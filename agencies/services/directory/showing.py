"""Values of the directory as cells: in an exported file, and before and after in a preview."""

from datetime import date

from django.utils.translation import gettext as _

from agencies.models import Agency, Role

from .lists import join_list

WORDS = dict((*Agency.Kind.choices, *Role.choices))


def shown(value) -> str:
    """Return a value as text in the reader's language; days as 31/12/2023, which reads back."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return join_list(value)
    return str(value or "")


def shown_word(value: str) -> str:
    """Return the words of a kind of agency or of a role."""
    return str(WORDS.get(value, value))
