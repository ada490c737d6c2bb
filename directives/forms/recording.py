"""A report that reached the desk another way: how it came, and what it says about each action."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import FIGURES, AnswerStatus, Assignment, RecordedReport, RequiredAction

from .fields import FILE_HINT, CountField, LineField, PastDateField

STATUSES = [(status.value, status.label) for status in AnswerStatus if status != AnswerStatus.NOT_STARTED]


class RecordReportForm(NormalText, forms.ModelForm):
    """Channel, numbers, dates and the file; one result can stand for all actions left blank."""

    arrived_on = PastDateField(label=_("Arrived on"))
    document_on = PastDateField(label=_("The agency's date"), required=False)
    upload = forms.FileField(
        label=_("The report as it came"), required=False, allow_empty_file=True, help_text=FILE_HINT
    )
    all_status = forms.ChoiceField(
        label=_("Result for every action left blank below"),
        required=False,
        choices=[("", _("choose for each action")), *STATUSES[:3]],
    )

    class Meta:
        model = RecordedReport
        fields = ("channel", "arrived_on", "arrival_number", "document_number", "document_on")

    def _post_clean(self):
        """Leave the instance alone: the service writes."""


class RecordItemForm(NormalText, forms.Form):
    """What the report says about one action; only the figures that its kind asks for."""

    status = forms.ChoiceField(label=_("Result"), required=False, choices=[("", "–"), *STATUSES])
    note = forms.CharField(
        label=_("Note, or the reason"), required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "t-s"})
    )
    total = CountField(required=False)
    done = CountField(required=False)
    extra = CountField(required=False)
    reference = LineField(required=False, max_length=120)

    def __init__(self, *args, action: RequiredAction, **kwargs):
        super().__init__(*args, prefix=f"item{action.pk}", **kwargs)
        self.action = action
        labels = FIGURES[RequiredAction.Kind(action.kind)]
        for name in ("total", "done", "extra", "reference"):
            if label := getattr(labels, name):
                self.fields[name].label = label
            else:
                del self.fields[name]

    def values(self, *, otherwise: str) -> dict:
        """Return the row as `record_report` takes it; a blank result becomes `otherwise`."""
        typed = self.cleaned_data
        given = {name: typed[name] for name in self.fields if name != "status"}
        return {"action": self.action, "status": typed["status"] or otherwise, **given}


class RecordSheet:
    """The whole page: how the report came, and one form per action."""

    def __init__(self, assignment: Assignment, data=None, files=None, *, initial: dict | None = None):
        self.form = RecordReportForm(data, files, initial=initial)
        self.items = [RecordItemForm(data, action=action) for action in assignment.directive.actions.all()]

    @property
    def forms(self) -> list:
        """All forms, for the summary of errors."""
        return [self.form, *self.items]

    def is_valid(self) -> bool:
        """Whether every form can be read."""
        return all([form.is_valid() for form in self.forms])

    @property
    def values(self) -> dict:
        """Return what `record_report` takes beside the assignment and the actor."""
        given = {name: value for name, value in self.form.cleaned_data.items() if name != "all_status"}
        otherwise = self.form.cleaned_data["all_status"]
        return given | {"items": [item.values(otherwise=otherwise) for item in self.items]}
