"""The first report of an incident (form 03): the compulsory part first, the rest folded away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, InformationSystem, User
from alertdesk.lib.normal_text import NormalText
from directives.models import Assignment, DirectiveState, Incident, State
from directives.models.incident_report import FORM_03, NEEDED_TICKS, TICKS
from directives.permissions import agencies_written_by

from .incident_acts import PastMomentField

HELP = {
    "severity": _(
        "Until 18/8/2026 serious means both: a system of level 4 or 5 or of the national list is interrupted, leaks "
        "state secrets, loses data for good, is out of control or spreads the harm widely; and the body in charge "
        "cannot control it. The rules since then do not define it yet."
    ),
    "beyond_capacity_at": _(
        "Blank while the agency can deal with it alone. Hour and day, for example 21:10 27/4/2023."
    ),
    "system": _("Its name and level are taken from the register."),
    "system_name": _("Only where the system is not in the register."),
    "public_ips": _("No internal addresses."),
    "owner": _("Blank where it is the operator itself."),
}


class ReportIncidentForm(NormalText, forms.ModelForm):
    """Form 03 for one of the person's agencies; with an instance it changes that incident as seen in `version`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    detected_at = PastMomentField(label=_("Detected at"))
    beyond_capacity_at = PastMomentField(label=_("Beyond the agency's capacity since"), required=False)

    class Meta:
        model = Incident
        fields = tuple(name for _title, names, _is_open in FORM_03 for name in names)
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "proposals": forms.Textarea(attrs={"rows": 3}),
            "handling": forms.RadioSelect(attrs={"class": "choices--row"}),
            "severity": forms.RadioSelect(attrs={"class": "choices--row"}),
        }

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self._choose_among(user)
        for name, choices in TICKS.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=self.fields[name].label,
                choices=choices.choices,
                required=name in NEEDED_TICKS,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--row"}),
            )
        for name, words in HELP.items():
            self.fields[name].help_text = words
        for name in ("handling", "severity"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0]]
        self.initial["version"] = self.instance.version

    def _choose_among(self, user: User) -> None:
        """Offer the agencies, the directives and the systems that are the person's to report about."""
        agencies = agencies_written_by(user)
        if self.instance.pk:
            del self.fields["agency"], self.fields["assignment"]
            agencies = Agency.objects.filter(pk=self.instance.agency_id)
        else:
            self._choose_directive(agencies)
        self.fields["system"].queryset = InformationSystem.objects.kept().filter(agency__in=agencies)
        self.fields["system"].empty_label = _("not in the register")

    def _choose_directive(self, agencies) -> None:
        asked = Assignment.objects.filter(responsible_agency__in=agencies).exclude(state=State.WITHDRAWN)
        asked = asked.filter(directive__state=DirectiveState.ISSUED).select_related("directive").order_by("-pk")
        self.fields["agency"].queryset = agencies.prefetch_related("names")
        self.fields["agency"].empty_label = None
        self.fields["assignment"].queryset = asked
        self.fields["assignment"].empty_label = _("no directive")
        self.fields["assignment"].label_from_instance = _named
        if len(agencies) == 1:
            self.fields["agency"].widget = forms.HiddenInput()

    @property
    def groups(self) -> list[dict]:
        """The bound fields in groups, each with its title, whether it is open, and whether it is short lines only."""
        return [
            self._group(title, [name for name in names if name in self.fields], is_open)
            for title, names, is_open in FORM_03
        ]

    def _group(self, title: str, names: list[str], is_open: bool) -> dict:
        fields, typed = [self[name] for name in names], self.is_bound or self.instance.pk
        shown = any(field.errors or (typed and field.value()) for field in fields)
        lines = all(field.widget_type in ("text", "email") for field in fields)
        return {"title": title, "fields": fields, "folds": not is_open, "is_open": shown, "in_rows": lines}

    @property
    def values(self) -> dict:
        """Return the fields of form 03, without whose incident it is."""
        apart = ("agency", "assignment", "version")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    def clean(self):
        """Hold the directive and the system to the agency that reports."""
        typed = super().clean()
        agency = typed.get("agency") or (self.instance.agency if self.instance.pk else None)
        for name, owner in (("assignment", "responsible_agency_id"), ("system", "agency_id")):
            chosen = typed.get(name)
            if chosen and agency and getattr(chosen, owner) != agency.pk:
                self.add_error(name, _("This belongs to another agency than the one that reports."))
        return typed

    def _post_clean(self):
        """Leave the instance alone: the service writes."""


def _named(assignment: Assignment) -> str:
    return f"{assignment.directive.full_number} – {assignment.directive.subject}"[:120]


def first_values(user: User, agency: Agency, assignment: Assignment | None) -> dict:
    """Return what an empty first report starts from: the agency, its directive, and the person as the contact."""
    name = agency.current_name.name if agency.current_name else ""
    return {
        "agency": agency.pk,
        "assignment": assignment.pk if assignment else None,
        "reporter_name": name,
        "reporter_address": agency.place,
        "reporter_phone": agency.telephone,
        "reporter_email": agency.mailbox,
        "contact_name": user.full_name,
        "contact_post": user.title,
        "contact_phone": user.telephone,
        "contact_email": user.email,
        "operator": name,
        "owner": str(agency.parent or ""),
    }
