"""What is done about an incident after its report: notes, notices, receipt by the desk, its end, opening it again."""

from datetime import date, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock
from alertdesk.lib.normal_text import NormalText
from directives.models import Incident

from .fields import LineField, PastDateField, ProseField

LONGEST = 4000
MINUTE_FORMATS = ("%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%H:%M %d-%m-%Y", "%H:%M %d.%m.%Y", "%Y-%m-%dT%H:%M")
MINUTE_HINT = _("Hour and day to the minute, for example 21:10 27/4/2023.")


class PastMomentField(forms.DateTimeField):
    """A moment to the minute that has come already; a day alone is not enough."""

    default_error_messages = {
        "invalid": _("Write the hour and the day, for example 21:10 27/4/2023."),
        "future": _("This moment has not come yet."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"input_formats": MINUTE_FORMATS, "help_text": MINUTE_HINT, **kwargs})

    def to_python(self, value):
        """Return the aware moment in Vietnam, or None."""
        if isinstance(value, date) and not isinstance(value, datetime):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        moment = super().to_python(" ".join(value.split()) if isinstance(value, str) else value)
        return moment and timezone.localtime(moment, clock.ZONE)

    def validate(self, value):
        """Refuse a moment to come."""
        super().validate(value)
        if value and value > clock.now():
            raise forms.ValidationError(self.error_messages["future"], code="future")

    def prepare_value(self, value):
        """Write a stored moment the way it is typed."""
        return shown_minute(value) if isinstance(value, datetime) else value


def shown_minute(moment: datetime) -> str:
    """Write a moment as it is typed."""
    return f"{timezone.localtime(moment, clock.ZONE):%H:%M %d/%m/%Y}"


class EntryForm(NormalText, forms.Form):
    """One line for the log."""

    text = ProseField(
        label=_("What was done, or what is asked"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class NoticeForm(NormalText, forms.Form):
    """Which of the duties still due was done, when, and under which number."""

    limit = forms.ChoiceField(label=_("What was done"))
    given_at = PastMomentField(label=_("Done at"))
    reference = LineField(label=_("Number of the document, or the person spoken to"), required=False, max_length=120)

    def __init__(self, *args, incident: Incident, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["limit"].choices = [(one.limit.code, one.limit.duty) for one in incident.clocks if one.may_be_noted]
        self.fields["limit"].error_messages["invalid_choice"] = _("This is noted already, or is not due.")


class AcknowledgeIncidentForm(NormalText, forms.Form):
    """Who at the desk has taken the incident over."""

    contact = LineField(label=_("Who takes it over"), max_length=100)
    phone = LineField(label=_("Telephone at the desk"), required=False, max_length=40)


class ReopenIncidentForm(NormalText, forms.Form):
    """Why an ended incident is opened again."""

    reason = ProseField(label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class CloseIncidentForm(NormalText, forms.ModelForm):
    """Form 04; do=ended only notes when the response ended, so that the rest may follow."""

    ended_at = PastMomentField(label=_("Response ended at"))
    first_on = PastDateField(label=_("Date of the first report"), required=False)

    class Meta:
        model = Incident
        fields = ("ended_at", "cause", "result", "lessons", "first_number", "first_on", "closing_papers")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("cause", "result", "lessons")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result"].required = not self.only_ended
        self.fields["result"].error_messages["required"] = _("Say how the incident was solved.")

    @property
    def only_ended(self) -> bool:
        """Whether the button was pressed that only notes the end of the response."""
        return self.is_bound and self.data.get("do") == "ended"

    def _post_clean(self):
        """Leave the instance alone: the service writes."""
