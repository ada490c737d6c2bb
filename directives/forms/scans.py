"""A scan's file: chosen, summed up and shown, and carried sealed in the page until it is confirmed."""

from dataclasses import asdict, dataclass

from django import forms
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alertdesk.lib.normal_text import NormalText
from directives.intake import DirectiveUnreadable, read_scan_safely
from directives.intake.scan_rows import ScanTable
from directives.models import ROW_TYPES, Answer, AnswerRow
from directives.reports.revisions import RowChange, row_changes
from directives.reports.scans import lacking_reason, scanned_rows
from directives.services.detailing import plain_rows, rows_of

from .fields import LineField
from .rows.sheet import MOST_ROWS
from .vulnerabilities import Remark

_SALT = "scan for answer %d"
_SECONDS = 86_400
_WORDS = {
    "no_host": _("The machine is missing."),
    "cve": _("“%(value)s” is no CVE number."),
    "state": _("The state “%(value)s” is not known; write fixed, open, mitigated or not affected."),
    "fixed": _("“%(value)s” says neither yes nor no."),
    "long_host": _("The machine's name is longer than 100 characters: “%(value)s…”."),
    "long_product": _("The product is longer than 100 characters: “%(value)s…”."),
}


@dataclass(frozen=True)
class ScanPreview:
    """What would be saved: the version of the answer it was made from, and its rows as they are kept."""

    version: int
    rows: tuple[dict, ...]
    read: int
    machines: int
    blank: int

    @property
    def answer_rows(self) -> list[AnswerRow]:
        """The rows for the saving service, which checks them again."""
        values = ({name: value for name, value in row.items() if name != "row"} for row in self.rows)
        return [ROW_TYPES[row["row"]](**said) for row, said in zip(self.rows, values, strict=True)]

    def changes(self, answer: Answer) -> tuple[RowChange, ...]:
        """What differs from the rows that the answer has."""
        return row_changes(answer.rows, self.rows)


class ScanFileForm(NormalText, forms.Form):
    """A file with the result of a scan."""

    upload = forms.FileField(
        label=_("The scan's file"),
        allow_empty_file=True,
        help_text=_(
            "A table in .csv or .xlsx as the scanner exports it: machine (host, IP), OS or product, CVE, build, "
            "status; at most 5,000 rows, up to 20 MB. A CVE without a status counts as not fixed yet."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def read(self) -> ScanTable | None:
        """Return what the file holds, or None with the reason on the field."""
        try:
            return read_scan_safely(self.cleaned_data["upload"].read())
        except DirectiveUnreadable as reason:
            self.add_error("upload", reason.en if translation.get_language() == "en" else reason.vi)
            return None

    def preview(self, table: ScanTable, answer: Answer) -> ScanPreview | None:
        """Sum a table up over the answer's rows; None, with the reason on the field, where that makes too many rows."""
        on = answer.assignment.directive.reference_day
        rows = plain_rows(scanned_rows(table.rows, on=on, known=rows_of(answer)))
        if any(sum(row["row"] == name for row in rows) > MOST_ROWS for name in ROW_TYPES):
            said = ngettext(
                "Summed up, the file still gives more than %(most)d row of one sort. Leave out what the directive "
                "does not name.",
                "Summed up, the file still gives more than %(most)d rows of one sort. Leave out what the directive "
                "does not name.",
                MOST_ROWS,
            )
            self.add_error("upload", said % {"most": MOST_ROWS})
            return None
        machines = len({row.host.casefold() for row in table.rows})
        return ScanPreview(answer.version, tuple(rows), len(table.rows), machines, table.blank)


class ScanReasonForm(NormalText, forms.Form):
    """Why machines that the scan found are not updated yet; one reason for all that have none."""

    reason = LineField(
        label=_("Why the other machines are not updated yet"),
        max_length=300,
        help_text=_("Written beside each product line that still lacks a reason; it can be changed in the answer."),
    )

    def __init__(self, *args, preview: ScanPreview, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = preview.answer_rows
        if not lacking_reason(self.rows):
            del self.fields["reason"]

    def reasoned_rows(self) -> list[AnswerRow]:
        """Return the rows with the reason that was typed."""
        for row in lacking_reason(self.rows):
            row.reason = self.cleaned_data["reason"]
        return self.rows


def remarks(table: ScanTable) -> list[Remark]:
    """Return what is wrong in the file, row by row, in the person's language."""
    return [Remark(problem.row, str(_WORDS[problem.code]) % {"value": problem.value}) for problem in table.problems]


def sealed(preview: ScanPreview, answer: Answer) -> str:
    """Return a preview as text that only this site can have made, for this answer."""
    return signing.dumps(asdict(preview), salt=_SALT % answer.pk, compress=True)


def unsealed(text: str, answer: Answer) -> ScanPreview | None:
    """Return the preview of such a text, None for anything else."""
    try:
        values = signing.loads(text, salt=_SALT % answer.pk, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return ScanPreview(**values | {"rows": tuple(values["rows"])})
