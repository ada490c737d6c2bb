"""A later deadline: what the agency asks for, what the desk grants, refuses, or gives unasked."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText

from .fields import ProseField, needed_sometimes
from .moments import Advice, DeadlineField, advise, read_moment, shown_moment

LONGEST = 2000
# Buttons that only look at the calendar: nothing is checked, nothing is saved.
LOOKING = ("look", "deadline")


class NewDeadlineForm(NormalText, forms.Form):
    """The new deadline, with what the calendar says of the one that stands in the form."""

    until = DeadlineField(
        label=_("New deadline"), help_text=_("For example 17:00 28/4/2023. A day alone lasts to its end.")
    )

    def __init__(self, *args, present: datetime | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.present = present

    @classmethod
    def looked_up(cls, data, **kwargs):
        """Return the form as typed, unchecked; do=deadline puts the last working afternoon in the deadline's place."""
        typed = {name: data.get(name, "") for name in cls.base_fields}
        advice = advise(read_moment(typed["until"]))
        if data.get("do") == "deadline" and advice and advice.better:
            typed["until"] = shown_moment(advice.better)
        return cls(initial=typed, **kwargs)

    @property
    def advice(self) -> Advice | None:
        """What the calendar says of the new deadline, or of the present one while none is typed."""
        typed = self["until"].value()
        moment = read_moment(typed) if isinstance(typed, str) else typed
        return advise(moment, before=self.present) if moment else advise(self.present)


class ExtensionForm(NewDeadlineForm):
    """Until when, and why: the agency's request, or the desk's own decision."""

    reason = ProseField(label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class DecideExtensionForm(NewDeadlineForm):
    """The desk's answer to a request: perhaps another day; a refusal needs its reason."""

    note = needed_sometimes(
        ProseField(
            label=_("Answer to the agency"),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Needed when more time is not granted. The agency reads these words."),
        )
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.data.get("do") == "refuse":
            self.fields["until"].required = False
            self.fields["note"].required = True
            self.fields["note"].error_messages["required"] = _("Say why more time is not granted.")
