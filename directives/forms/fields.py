"""Fields that fit what people here type: Vietnamese text, counts with dots, several files at once."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock
from alertdesk.lib.text import nfc, squeeze

ACCEPTED_FILES = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.txt"
FILE_HINT = _("PDF, Word, Excel, a picture (PNG, JPG) or plain text; up to 20 MB a file.")
_GROUPED = re.compile(r"\d{1,3}([. \u00a0]\d{3})+")
_LARGEST_COUNT = 1_000_000


def needed_sometimes(field: forms.Field) -> forms.Field:
    """Mark a field that may stay blank only in some cases, so that its label does not call it optional."""
    field.is_needed_sometimes = True
    return field


class LineField(forms.CharField):
    """One line of text: NFC, single spaces."""

    def to_python(self, value):
        return squeeze(super().to_python(value))


class ProseField(forms.CharField):
    """Text of several lines: NFC, one kind of line end, so that a limit counts what the person sees."""

    widget = forms.Textarea

    def to_python(self, value):
        return nfc(super().to_python(value)).replace("\r\n", "\n")


class CountField(forms.IntegerField):
    """A count; 1.200 and 1 200 mean one thousand two hundred, as written in Vietnam."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-s", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a whole number, for example 12.")}

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=_LARGEST_COUNT, **kwargs)

    def to_python(self, value):
        text = "" if value is None else str(value).strip()
        if _GROUPED.fullmatch(text):
            text = re.sub(r"\D", "", text)
        if "." in text:  # Django would read 12.0 as 12
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class PastDateField(forms.DateField):
    """A day that has come already: when something arrived or was signed."""

    default_error_messages = {"future": _("This day has not come yet.")}

    def clean(self, value):
        day = super().clean(value)
        if day and day > clock.today():
            raise forms.ValidationError(self.error_messages["future"], code="future")
        return day


class FileInput(forms.FileInput):
    """A file input that names the accepted types."""

    def __init__(self, attrs=None):
        super().__init__({"accept": ACCEPTED_FILES, **(attrs or {})})


class ManyFilesInput(FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; what each of them is gets decided by the service that keeps it."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if file]
