"""Receiving a directive, sending the report, and the head's answer to a request for approval."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText

from .fields import LineField, PastDateField, ProseField
from .issued import COPY_HINT, CopyInput


class AcknowledgeAssignmentForm(NormalText, forms.Form):
    """The agency's own arrival number and date, both optional."""

    incoming_number = LineField(label=_("Your number on arrival"), required=False, max_length=40)
    incoming_on = PastDateField(label=_("Arrived on"), required=False)


class SubmitReportForm(NormalText, forms.Form):
    """The signed reply that may go with a report: the file, or its number and date while the file follows."""

    signed_reply = forms.FileField(
        label=_("Signed reply (file)"), required=False, widget=CopyInput, help_text=COPY_HINT
    )
    signed_number = LineField(
        label=_("Number and symbol of the reply"), required=False, max_length=60, help_text=_("For example 125/SYT-VP")
    )
    signed_on = PastDateField(label=_("Date of the reply"), required=False)

    def clean(self):
        cleaned = super().clean()
        number, day = cleaned.get("signed_number"), cleaned.get("signed_on")
        if "signed_on" in cleaned and bool(number) != bool(day):
            self.add_error(
                "signed_on" if number else "signed_number",
                _("Give both the number and the date of the signed reply."),
            )
        return cleaned


class StopApprovalForm(NormalText, forms.Form):
    """What the head asks to be changed before the report can go."""

    note = ProseField(label=_("What should be changed"), max_length=1000)


class AttachSignedReplyForm(NormalText, forms.Form):
    """The signed reply of a report that went with number and date only."""

    upload = forms.FileField(label=_("Signed reply (file)"), widget=CopyInput, help_text=COPY_HINT)
