"""Weaknesses from a file: chosen, shown, and carried sealed in the page until they are confirmed."""

from dataclasses import dataclass

from django import forms
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.intake import DirectiveUnreadable, read_vulnerabilities_safely
from directives.intake.vulnerability_cells import Problem
from directives.intake.vulnerability_rows import VulnerabilityTable
from directives.intake.wire import packed_table, unpacked_table
from directives.models import RequiredAction

_SALT = "vulnerabilities of action %d"
_WORDS = {
    "cve": _("“%(value)s” is no CVE number."),
    "cvss": _("“%(value)s” is no CVSS score between 0 and 10."),
    "exploited_since": _("“%(value)s” is no date; write it as dd/mm/yyyy."),
    "twice": _("%(value)s stands in the file twice."),
    "long_product_line": _("The product line is longer than 100 characters: “%(value)s…”."),
    "long_impact": _("The impact is longer than 60 characters: “%(value)s…”."),
    "long_fix": _("The fix is longer than 200 characters: “%(value)s…”."),
    "exploited_no_day": _("%(value)s is said to be exploited, but not since when; the day stays blank."),
}


@dataclass(frozen=True)
class Remark:
    """One row of the file and what is to be said of it."""

    row: int
    text: str


class VulnerabilityFileForm(NormalText, forms.Form):
    """A file that lists weaknesses."""

    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A table in .csv, .xlsx or .docx with a CVE column, or a CSAF 2.0 advisory (.json); up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.docx,.json"}),
    )

    def read(self) -> VulnerabilityTable | None:
        """Return what the file lists, or None with the reason on the field."""
        try:
            return read_vulnerabilities_safely(self.cleaned_data["upload"].read())
        except DirectiveUnreadable as reason:
            self.add_error("upload", reason.en if translation.get_language() == "en" else reason.vi)
            return None


def remarks(problems: tuple[Problem, ...]) -> list[Remark]:
    """Return what is to be said of rows, in the person's language."""
    return [Remark(problem.row, str(_WORDS[problem.code]) % {"value": problem.value}) for problem in problems]


def sealed(table: VulnerabilityTable, action: RequiredAction) -> str:
    """Return a table as text that only this site can have made, for this action."""
    return signing.dumps(packed_table(table), salt=_SALT % action.pk, compress=True)


def unsealed(text: str, action: RequiredAction) -> VulnerabilityTable | None:
    """Return the table of such a text, None for anything else."""
    try:
        return unpacked_table(signing.loads(text, salt=_SALT % action.pk, max_age=86_400))
    except signing.BadSignature:
        return None
