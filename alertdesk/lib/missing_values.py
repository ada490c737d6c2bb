"""What a form says of a field that was left blank: what to do about it, instead of Django's one sentence for all."""

from django import forms
from django.utils.translation import gettext_lazy as _

_DJANGOS_OWN = forms.Field.default_error_messages["required"]
# The first that fits decides.
_SENTENCES = (
    (forms.FileField, _("Choose a file.")),
    (forms.BooleanField, _("Tick this box to go on.")),
    (forms.ChoiceField | forms.ModelChoiceField, _("Choose one of these.")),
    (forms.Field, _("Write something here.")),
)


def say_what_is_missing(fields: dict[str, forms.Field]) -> None:
    """Give every field that would say Django's sentence one of ours; a field with its own keeps that."""
    for field in fields.values():
        if field.error_messages["required"] == _DJANGOS_OWN:
            field.error_messages["required"] = next(words for kind, words in _SENTENCES if isinstance(field, kind))
