"""Take in a directive, and keep its draft on one page: the document, its actions, its recipients."""

from datetime import date

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.intake import read_safely
from directives.intake.draft import Draft
from directives.intake.errors import DirectiveUnreadable
from directives.intake.kinds import Proposal, propose_kind
from directives.models import Directive, DirectiveFile, RequiredAction

from .document_lines import (
    lines_of,
    read_contacts,
    read_copies,
    read_letters,
    write_contacts,
    write_copies,
    write_letters,
)
from .fields import FILE_HINT, PastDateField, needed_sometimes
from .moments import DeadlineField, shown_moment

PLAIN = (
    "issuer_parent_name", "issuer_name", "number", "symbol", "place", "day", "month", "year", "subject", "preamble",
    "closing", "signer_authority", "signer_title", "signer_name", "urgency", "deadline",
)  # fmt: skip
LISTS = {
    "addressees": ("\n".join, lines_of),
    "copies": (write_copies, read_copies),
    "contacts": (write_contacts, read_contacts),
    "based_on": (write_letters, read_letters),
}


class ImportDirectiveForm(NormalText, forms.Form):
    """A directive as a file, or as pasted or typed text."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("Word (.docx), PDF with text, or plain text; up to 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    text = forms.CharField(
        label=_("Text of the directive"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "t-l"}),
        help_text=_("Paste the whole text, from the issuing body to Nơi nhận, or type it here."),
    )

    def clean(self):
        """Take a file or a text, not both and not neither."""
        values = super().clean()
        upload, text = values.get("file"), values.get("text", "").strip()
        if upload and text:
            raise forms.ValidationError(_("Choose a file or paste the text, not both."))
        if not upload and not text and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste or type the text."))
        return values

    def read(self) -> Draft | None:
        """Return what was read, or None with the reason on the field it came from."""
        upload = self.cleaned_data["file"]
        data = upload.read() if upload else self.cleaned_data["text"].encode()
        try:
            return read_safely(data)
        except DirectiveUnreadable as reason:
            sentence = reason.en if translation.get_language() == "en" else reason.vi
            self.add_error("file" if upload else "text", sentence)
            return None


class DraftForm(NormalText, forms.ModelForm):
    """The facts of a draft; its lists are text areas with one line each."""

    day = forms.IntegerField(label=_("Day"), required=False, min_value=1, max_value=31)
    month = forms.IntegerField(label=_("Month"), required=False, min_value=1, max_value=12)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)
    deadline = needed_sometimes(
        DeadlineField(
            label=_("Deadline for the reports"),
            required=False,
            help_text=_("For example 17:00 28/4/2023. A day alone lasts to its end."),
        )
    )
    addressees = needed_sometimes(
        forms.CharField(label=_("Kính gửi"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    )
    copies = forms.CharField(
        label=_("Nơi nhận"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line each; a note stands in brackets."),
    )
    contacts = forms.CharField(
        label=_("Support contacts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One line each: name: telephones, e-mail addresses."),
    )
    based_on = forms.CharField(
        label=_("Letters it carries out"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One line each: 1520/BTTTT-CATTT ngày 26/4/2023 của Bộ Thông tin và Truyền thông."),
    )
    unread_checked = forms.BooleanField(label=_("I have checked these points"), required=False)

    class Meta:
        model = Directive
        fields = PLAIN
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 2}),
            "preamble": forms.Textarea(attrs={"rows": 5}),
            "closing": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self):
        """Refuse a date that no calendar has."""
        values = super().clean()
        day, month, year = (values.get(name) for name in ("day", "month", "year"))
        if day and not (month and year):
            self.add_error("day", _("A day needs a month and a year."))
        elif day and not real_day(day, month, year):
            self.add_error("day", _("There is no such day."))
        return values

    def _post_clean(self):
        """Leave the instance alone: the service writes, and a refused form must not look saved."""

    def values(self) -> dict:
        """Return the fields of the directive as `update_draft` takes them."""
        plain = {name: self.cleaned_data[name] for name in PLAIN}
        lists = {name: read(self.cleaned_data[name]) for name, (_write, read) in LISTS.items()}
        unread = {"unread": []} if self.cleaned_data["unread_checked"] else {}
        return plain | lists | unread


def draft_initial(directive: Directive) -> dict:
    """Return what the draft form shows of a saved directive."""
    plain = {name: getattr(directive, name) for name in PLAIN}
    return plain | {name: write(getattr(directive, name)) for name, (write, _read) in LISTS.items()}


def real_day(day, month, year) -> date | None:
    """Return the date of three numbers, None where the calendar has none."""
    try:
        return date(int(year), int(month), int(day))
    except (TypeError, ValueError):
        return None


class ActionForm(NormalText, forms.ModelForm):
    """One required action of a draft."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    due_at = DeadlineField(
        label=_("Its own deadline"), required=False, help_text=_("Only where it differs from the directive's.")
    )

    class Meta:
        model = RequiredAction
        fields = ("title", "text", "kind", "evidence_rule", "due_at")
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    @property
    def proposed(self) -> Proposal:
        """The kind that the text now in the form speaks for, with the words that do."""
        return propose_kind(self["text"].value() or "")

    @property
    def proposed_kind(self) -> str:
        """The proposed kind's name."""
        return RequiredAction.Kind(self.proposed.kind).label

    def _post_clean(self):
        """Leave the instance alone: the service writes."""


def action_initial(action: RequiredAction) -> dict:
    """Return what an action's form shows of a saved action."""
    fields = ("id", "title", "text", "kind", "evidence_rule")
    return {name: getattr(action, name) for name in fields} | {"due_at": shown_moment(action.due_at)}


class DirectiveFileForm(NormalText, forms.Form):
    """A file that goes with a directive, perhaps with one of its actions."""

    upload = forms.FileField(label=_("File"), allow_empty_file=True, help_text=FILE_HINT)
    file_kind = forms.ChoiceField(label=_("What it is"), choices=DirectiveFile.Kind)
    file_action = forms.ModelChoiceField(
        label=_("Belongs to"),
        queryset=RequiredAction.objects.none(),
        required=False,
        empty_label=_("The whole directive"),
    )

    def __init__(self, *args, directive: Directive, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file_action"].queryset = directive.actions.all()


class NumberDirectiveForm(NormalText, forms.Form):
    """The number and date that the clerk gave."""

    number = forms.CharField(label=_("Number without the symbol"), max_length=20)
    signed_on = PastDateField(label=_("Date of the document"))


class ReopenDirectiveForm(NormalText, forms.Form):
    """Why a closed directive is opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
