"""To which units a directive is passed on, and until when they report."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from alertdesk.lib.normal_text import NormalText

from .moments import DeadlineField


class PassOnForm(NormalText, forms.Form):
    """The units that are offered, all ticked at first, and their deadline."""

    units = forms.MultipleChoiceField(
        label=_("Units with an account"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit.")},
    )
    deadline = DeadlineField(label=_("Deadline for the units"))

    def __init__(self, *args, offered: Iterable[Agency], limit: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {str(unit.pk): unit for unit in offered}
        self.fields["units"].choices = [(pk, str(unit)) for pk, unit in self.offered.items()]
        self.fields["units"].initial = list(self.offered)
        self.fields["deadline"].initial = limit

    def clean_units(self) -> list[Agency]:
        """Return the units chosen."""
        return [self.offered[pk] for pk in self.cleaned_data["units"]]
