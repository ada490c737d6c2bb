"""The sample forms of the gallery: one field of each sort, and a filter bar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import AnswerStatus, State

from .fields import FILE_HINT, CountField, LineField, ManyFilesField, PastDateField, ProseField


class GalleryForm(NormalText, forms.Form):
    """One field of each sort; it is saved nowhere."""

    number = LineField(label=_("Number"), required=False, help_text=_("For instance 412/BC-SYT."))
    day = PastDateField(label=_("Day"), widget=forms.TextInput(attrs={"class": "w-s"}))
    systems = CountField(label=_("Systems"))
    channel = forms.ChoiceField(label=_("State"), choices=State.choices)
    status = forms.ChoiceField(label=_("Result"), choices=AnswerStatus.choices, widget=forms.RadioSelect)
    note = ProseField(label=_("Note"), max_length=2000)
    files = ManyFilesField(label=_("Evidence"), required=False, help_text=FILE_HINT)
    signed = forms.BooleanField(label=_("The head has signed"), required=False)


class GalleryFilterForm(NormalText, forms.Form):
    """A search and two choices."""

    q = forms.CharField(label=_("Find an agency"), required=False, help_text=_("With or without accents"))
    state = forms.ChoiceField(label=_("State"), required=False, choices=State.choices)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=[("late", _("Lateness"))])
