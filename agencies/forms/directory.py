"""The directory by file and agency by agency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import registers_filed_by
from agencies.services.directory.importing import AGENCIES, PEOPLE
from agencies.services.directory.tables import MAX_BYTES
from agencies.services.keeping import FIELDS, fingerprint
from alertdesk.lib import clock, electronic_code
from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.text import squeeze

MAX_ALIASES = 20
LONGEST_ALIAS = 200


class ImportFileForm(NormalText, forms.Form):
    """A file to be taken in."""

    upload = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Excel (.xlsx) or CSV (UTF-8), up to 2 MB and 5,000 rows, with the columns of an exported file."),
    )

    def clean_upload(self):
        """Refuse a file above the limit before it is read."""
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Split it into several files."))
        return upload


class ImportDirectoryForm(ImportFileForm):
    """A file of agencies, of people or of a register."""

    what = forms.ChoiceField(
        label=_("What the file holds"),
        initial=AGENCIES,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    field_order = ["what"]

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = directory_tables(user)


def directory_tables(user: User) -> list[tuple[str, str]]:
    """Return the tables that a person takes in and out, each with its words."""
    registers = [(register.value, register.label) for register in registers_filed_by(user)]
    return [(AGENCIES, _("Agencies")), (PEOPLE, _("People")), *registers]


class AgencyForm(NormalText, forms.ModelForm):
    """How an agency is reached and recognised; names and periods change by succession or by file."""

    aliases = forms.CharField(
        label=_("Other names it is known by"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. A directive's Kính gửi may name the agency by any of them."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Agency
        fields = FIELDS
        help_texts = {
            "mailbox": _("Reminders and the invitation go there."),
            "code": _("H08.12.03 or the older form 000.03.12.H08; blank if it has none."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self.instance.current_name
        self.initial |= {
            "aliases": "\n".join(name.aliases if name else []),
            "seen": fingerprint(self.instance),
        }

    def clean_code(self):
        """Take either form of the code, unless another agency of today has it."""
        code = squeeze(self.cleaned_data["code"])
        try:
            key = electronic_code.key(code)
        except electronic_code.NotACode:
            raise forms.ValidationError(
                _(
                    "This is no electronic code. Write groups of digits and capital letters with dots between them: "
                    "H08.12.03 (from the province down) or 000.03.12.H08 (the older form)."
                )
            ) from None
        others = Agency.objects.in_force_on(clock.today()).filter(code_key=key).exclude(pk=self.instance.pk)
        if key and (other := others.first()):
            raise forms.ValidationError(_("%(agency)s has this code already."), params={"agency": other})
        return code

    def clean_mailbox(self):
        return self.cleaned_data["mailbox"].lower()

    def clean_telephone(self):
        return squeeze(self.cleaned_data["telephone"])

    def clean_contact_name(self):
        return squeeze(self.cleaned_data["contact_name"])

    def clean_aliases(self) -> list[str]:
        """Return the names, one a line, none twice."""
        names = [squeeze(line) for line in self.cleaned_data["aliases"].splitlines()]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MAX_ALIASES or any(len(name) > LONGEST_ALIAS for name in names):
            raise forms.ValidationError(_("Write up to 20 names of up to 200 letters."))
        return names
