"""The three questions before the list: what others run for the agency is not asked of it again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.services.presetting import Opening, Portal

from .fields import LineField

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def _rows():
    return forms.RadioSelect(attrs={"class": "choices--row"})


class OpeningForm(NormalText, forms.Form):
    """Own systems, who runs the portal, units below; one name serves for both where it is the same body."""

    systems = forms.ChoiceField(
        label=_("Does your agency run a server or an information system itself?"), choices=YES_NO, widget=_rows()
    )
    systems_operator = LineField(
        label=_("If not: who runs the systems that you use?"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty where there is no system at all."),
    )
    portal = forms.ChoiceField(
        label=_("Who runs the portal or website of your agency?"), choices=Portal.choices, widget=_rows()
    )
    portal_operator = LineField(
        label=_("If another body: its name"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty where it is the body named above."),
    )
    units = forms.ChoiceField(label=_("Has your agency subordinate units?"), choices=YES_NO, widget=_rows())

    def clean(self):
        cleaned = super().clean()
        named = cleaned.get("portal_operator") or self._other_body(cleaned)
        if cleaned.get("portal") == Portal.OTHER and not named:
            self.add_error("portal_operator", _("Name the body that runs your portal or website."))
        return cleaned

    def _other_body(self, cleaned: dict) -> str:
        return cleaned.get("systems_operator", "") if cleaned.get("systems") == "no" else ""

    @property
    def opening(self) -> Opening:
        """What the presetting service takes."""
        said = self.cleaned_data
        return Opening(
            runs_systems=said["systems"] == "yes",
            systems_operator=said["systems_operator"],
            portal=said["portal"],
            portal_operator=said["portal_operator"] or self._other_body(said),
            has_units=said["units"] == "yes",
        )
