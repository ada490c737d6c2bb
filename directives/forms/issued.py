"""Number, date and signed copy of a paper; and a file to be looked at."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText

from .fields import FileInput, LineField, PastDateField, needed_sometimes

COPY_HINT = _("The signed PDF, or a scan (PDF, PNG, JPG); up to 20 MB.")


class CopyInput(FileInput):
    """A file input that names the types of a signed copy."""

    def __init__(self):
        super().__init__({"accept": ".pdf,.png,.jpg,.jpeg"})


class RecordIssueForm(NormalText, forms.Form):
    """Number and date as the clerk gave them, and the file that was really issued; each may follow later."""

    number = needed_sometimes(
        LineField(label=_("Number and symbol"), required=False, max_length=60, help_text=_("For example 125/SYT-VP"))
    )
    dated_on = needed_sometimes(PastDateField(label=_("Date of the paper"), required=False))
    upload = needed_sometimes(
        forms.FileField(label=_("Signed file"), required=False, widget=CopyInput, help_text=COPY_HINT)
    )

    def clean(self):
        cleaned = super().clean()
        number, day = cleaned.get("number"), cleaned.get("dated_on")
        if "dated_on" in cleaned and bool(number) != bool(day):
            self.add_error("dated_on" if number else "number", _("Give both the number and the date of the paper."))
        return cleaned


class AttachCopyForm(NormalText, forms.Form):
    """The signed file of a paper that has its number elsewhere."""

    upload = forms.FileField(label=_("Signed file"), widget=CopyInput, help_text=COPY_HINT)


class CheckFileForm(NormalText, forms.Form):
    """A file of which somebody wants to know what it is; nothing of it is kept."""

    upload = forms.FileField(label=_("File"), widget=FileInput, help_text=_("Any file up to 20 MB; it is not kept."))

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB; no file kept here is."))
        return upload
