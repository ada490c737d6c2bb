"""A telephone call by the desk."""

from django import forms

from alertdesk.lib.normal_text import NormalText
from directives.models import CallLog


class LogCallForm(NormalText, forms.ModelForm):
    """With whom the desk spoke, and what was said or promised."""

    class Meta:
        model = CallLog
        fields = ("spoke_with", "telephone", "promised", "promised_on")
        widgets = {"promised": forms.Textarea(attrs={"rows": 3, "maxlength": 300})}

    def _post_clean(self):
        """Leave the instance alone: the service writes."""
