"""Typed text in one normal form, whatever keyboard or clipboard it came from."""

from .missing_values import say_what_is_missing
from .text import nfc


class NormalText:
    """A form that reads everything typed as NFC with plain line ends, before any field checks its length.

    Stands before the form class: `class LogCallForm(NormalText, forms.ModelForm)`. Every form has it. A field left
    blank says what to do.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = in_normal_form(self.data)
        say_what_is_missing(self.fields)


def in_normal_form(data):
    """Return what was sent with its texts in normal form, as the same kind of mapping."""
    if not hasattr(data, "setlist"):
        return {name: _normal(value) for name, value in data.items()}
    copy = data.copy()
    for name, values in data.lists():
        copy.setlist(name, _normal(values))
    return copy


def _normal(value):
    if isinstance(value, list | tuple):
        return [_normal(one) for one in value]
    return nfc(value).replace("\r\n", "\n") if isinstance(value, str) else value
