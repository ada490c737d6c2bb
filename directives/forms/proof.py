"""The filters of the log of reminders as a form whose answer lives in the URL."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import Delivery, Notice
from directives.reports.proof import STATES

ALL = ("", _("All"))


class ProofFilterForm(NormalText, forms.Form):
    """Search, state of the message, why, and channel."""

    q = forms.CharField(
        label=_("Agency or address"),
        required=False,
        help_text=_("With or without accents"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(label=_("State of the message"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Why"), required=False, choices=[ALL, *Notice.Kind.choices])
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[ALL, *Delivery.Channel.choices])
