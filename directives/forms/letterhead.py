"""The letterhead and wording of an agency: plain fields, and sentences with a few names in braces."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import AUTHORITIES, PLACEHOLDERS, Agency, Letterhead, unknown_braces
from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.text import squeeze
from directives.papers import MissingGlyph, printable

SIGNERS = 3
TITLE_LINES, COPY_LINES = 3, 30
_SYMBOL = re.compile(r"[A-ZĐĂÂÊÔƠƯ0-9&]+(-[A-ZĐĂÂÊÔƠƯ0-9&]+)*")
# "KT.GIÁM ĐỐC" and "KT GIÁM ĐỐC" are meant as "KT. GIÁM ĐỐC".
_FOR_SOMEBODY = re.compile(rf"({'|'.join(word.rstrip('.') for word in AUTHORITIES)})(?:\.\s*|\s+)(.*)")
_OTHER_ABBREVIATION = re.compile(r"[^\W\d_]{1,5}[./](?=\s|[^\W\d_])")


class LetterheadForm(NormalText, forms.Form):
    """An agency's letterhead as it was seen in `version`; what is left blank stays as it follows from its kind."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    parent_name = forms.CharField(
        label=_("Body above, as printed"), max_length=200, required=False, help_text=_("For example UBND TỈNH …")
    )
    own_name = forms.CharField(label=_("Own name, as printed"), max_length=200, required=False)
    symbol = forms.CharField(
        label=_("Symbol of its letters"),
        max_length=40,
        required=False,
        help_text=_("The agency, and after a hyphen the unit that drafts, for example STTTT-BCVT&CNTT."),
        widget=forms.TextInput(attrs={"class": "w-m"}),
    )
    place = forms.CharField(
        label=_("Place"), max_length=60, required=False, widget=forms.TextInput(attrs={"class": "w-m"})
    )
    signing = forms.TypedChoiceField(
        label=_("Who signs now"),
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    copies = forms.CharField(
        label=_("Copies to (nơi nhận) of the reply"),
        max_length=2000,
        required=False,
        help_text=_("One a line, the last says where it is kept: Lưu: VT, …"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reply_kind = forms.ChoiceField(
        label=_("The reply is a"),
        choices=Letterhead.ReplyKind.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    reply_opening = forms.CharField(
        label=_("First sentence of the reply"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reply_closing = forms.CharField(
        label=_("Last sentence of the reply"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, agency: Agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = getattr(agency, "letterhead", None) or Letterhead(agency=agency)
        for number in range(SIGNERS):
            self.fields |= _signer_fields(number)
        self.fields["signing"].choices = [(n, _("Signer %(number)s") % {"number": n + 1}) for n in range(SIGNERS)]
        self.initial |= {name: getattr(self.stored, name) for name in ("version", *Letterhead.FIELDS)}
        for number, signer in enumerate(self.stored.signers):
            self.initial[f"titles_{number}"] = "\n".join(signer["titles"])
            self.initial[f"name_{number}"] = signer["name"]

    @property
    def signers(self) -> list[tuple]:
        """The two fields of each signer."""
        return [(self[f"titles_{number}"], self[f"name_{number}"]) for number in range(SIGNERS)]

    @property
    def values(self) -> dict:
        """What was chosen, by Letterhead.FIELDS; a field with an error keeps what is stored."""
        read = {name: self.cleaned_data.get(name, getattr(self.stored, name)) for name in Letterhead.FIELDS}
        filled = [(number, self._signer(number)) for number in range(SIGNERS) if self._signer(number)["titles"]]
        signing = next((row for row, (number, _signer) in enumerate(filled) if number == read["signing"]), 0)
        return read | {"signers": [signer for _number, signer in filled], "signing": signing}

    @property
    def typed(self) -> Letterhead:
        """The letterhead as typed, which is not saved."""
        return Letterhead(agency=self.stored.agency, **self.values)

    def _signer(self, number: int) -> dict:
        titles, name = self.cleaned_data.get(f"titles_{number}", ""), self.cleaned_data.get(f"name_{number}", "")
        return {"titles": titles.splitlines(), "name": name}

    def clean(self):
        """Leave one space between words; refuse letters no paper can show and forms of signing nobody has."""
        read = super().clean()
        for name, value in list(read.items()):
            try:
                read[name] = _tidied(name, value) if isinstance(value, str) else value
            except ValidationError as error:
                self.add_error(name, error)
        for number in range(SIGNERS):
            if read.get(f"name_{number}") and not read.get(f"titles_{number}", "-"):
                self.add_error(f"titles_{number}", _("Say the position of the one who signs."))
        return read

    def clean_symbol(self):
        """Read a symbol in capitals."""
        symbol = squeeze(self.cleaned_data["symbol"]).upper()
        if symbol and not _SYMBOL.fullmatch(symbol):
            raise ValidationError(
                _("Write capital letters, figures and “&”, groups joined by a hyphen, without number and slash.")
            )
        return symbol

    def clean_copies(self):
        """Read one recipient a line, without the marks that the paper sets itself."""
        lines = [squeeze(line).strip(" -;.") for line in self.cleaned_data["copies"].splitlines()]
        lines = [re.sub(r"^Lưu\s*:?\s*", "Lưu: ", line) for line in lines if line]
        if lines and not lines[-1].startswith("Lưu: "):
            raise ValidationError(_("The last line says where the paper is kept, for example “Lưu: VT”."))
        if len(lines) > COPY_LINES:
            raise ValidationError(_("At most %(count)s lines.") % {"count": COPY_LINES})
        return "\n".join(lines)

    def clean_reply_opening(self):
        """Refuse braces with another name."""
        return _sentence(self.cleaned_data["reply_opening"])

    def clean_reply_closing(self):
        """Refuse braces with another name."""
        return _sentence(self.cleaned_data["reply_closing"])


def _signer_fields(number: int) -> dict[str, forms.Field]:
    lines = forms.Textarea(attrs={"rows": 3})
    return {
        f"titles_{number}": forms.CharField(
            label=_("Lines above the signature"), max_length=200, required=False, widget=lines
        ),
        f"name_{number}": forms.CharField(label=_("Name of the signer"), max_length=80, required=False),
    }


def _tidied(name: str, text: str) -> str:
    lines = [line for line in map(squeeze, text.splitlines()) if line]
    try:
        printable(text)
    except MissingGlyph as error:
        raise ValidationError(error.sentence()) from error
    return _titles(lines) if name.startswith("titles_") else "\n".join(lines)


def _titles(typed: list[str]) -> str:
    """Return the lines above a signature in capitals; raises ValidationError where the decree has no such form."""
    lines = [_title_line(line) for line in typed]
    if len(lines) > TITLE_LINES:
        raise ValidationError(_("At most %(count)s lines.") % {"count": TITLE_LINES})
    if lines and lines[-1].startswith(tuple(word for word in AUTHORITIES if word != "Q.")):
        raise ValidationError(
            _("Under “%(line)s” write the position of the one who signs, for example PHÓ GIÁM ĐỐC.")
            % {"line": lines[-1]}
        )
    return "\n".join(lines)


def _title_line(line: str) -> str:
    line = line.upper()
    if known := _FOR_SOMEBODY.fullmatch(line):
        return f"{known[1]}. {known[2]}"
    if _OTHER_ABBREVIATION.match(line):
        raise ValidationError(
            _("“%(line)s”: who signs for whom is told by %(known)s alone.")
            % {"line": line, "known": ", ".join(AUTHORITIES)}
        )
    return line


def _sentence(text: str) -> str:
    sentence = squeeze(text)
    if unknown := unknown_braces(sentence):
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(
            _("“%(unknown)s” stands for nothing. In braces you may write: %(known)s.")
            % {"unknown": " ".join(unknown), "known": known}
        )
    return sentence
