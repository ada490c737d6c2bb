"""A row of a register: one form a register, made from what its model says is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import REGISTERS, Agency, Register, RegisterRow
from agencies.models.registers import PRODUCT_LINES
from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.text import squeeze

HELP = {
    "operator": _("Blank where your agency operates it itself."),
    "is_important": _("Important: its failure would stop the work of your agency or harm citizens."),
    "level": _("By the law on levels of information systems; not the level you hope for."),
    "decision_number": _("Only where the level has been approved, for example 123/QĐ-STTTT."),
    "local_force": _("The unit or the people appointed; blank where nobody is."),
    "monitored_by": _("Your agency or the company; blank where nobody does."),
    "assessed_by": _("Who checks it regularly and is not its operator; blank where nobody does."),
    "url": _("Beginning with http:// or https://."),
    "telephone": _("Read by your agency, the desk and the administrators only."),
}
# Long forms say what belongs together.
GROUPS = {
    Register.SYSTEMS: (
        (_("The system"), ("name", "is_important", "has_personal_data", "for_leadership", "operator")),
        (_("Level and protection plan"), ("level", "approval", "decision_number", "decided_on", "plan")),
        (
            _("Four layers of protection"),
            ("local_force", "monitored_by", "assessed_by", "assessed_on", "is_connected"),
        ),
    )
}


class RegisterRowForm(NormalText, forms.ModelForm):
    """A new row of an agency's register, or one that is changed as it was seen in `version`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args, agency: Agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.agency = agency
        self.initial["version"] = self.instance.version
        for name in self.fields.keys() & HELP.keys():
            self.fields[name].help_text = HELP[name]
        if "product_line" in self.fields:
            self.fields["product_line"].widget.attrs["list"] = "product-lines"

    @property
    def product_lines(self) -> tuple[str, ...]:
        """What is offered while a product line is typed."""
        return PRODUCT_LINES if "product_line" in self.fields else ()

    @property
    def groups(self) -> list[tuple[str, list]]:
        """The bound fields in groups, each under its title; most forms are one group without."""
        groups = GROUPS.get(self.instance.register, (("", self.instance.FIELDS),))
        return [(title, [self[name] for name in names]) for title, names in groups]

    @property
    def values(self) -> dict:
        """What was typed, by FIELDS."""
        return {name: self.cleaned_data[name] for name in self.instance.FIELDS}

    def clean(self):
        """Leave one space between words, so that a file gives back what was typed."""
        typed = super().clean()
        for name, value in typed.items():
            if isinstance(value, str):
                typed[name] = squeeze(value)
            if isinstance(self.fields[name], forms.EmailField):
                typed[name] = typed[name].lower()
        return typed

    def _get_validation_exclusions(self):
        """Let the rules of uniqueness see whose row it is and that it is kept, though nobody types that."""
        return super()._get_validation_exclusions() - {"agency", "removed_at"}


FORMS: dict[str, type[RegisterRowForm]] = {
    register: forms.modelform_factory(model, form=RegisterRowForm, fields=model.FIELDS)
    for register, model in REGISTERS.items()
}


def form_for(row: RegisterRow, data=None) -> RegisterRowForm:
    """Return the form of a row, bound where `data` was sent."""
    return FORMS[row.register](data, instance=row, agency=row.agency)
