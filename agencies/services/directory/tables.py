"""A file's rows, or a sentence that says what to do with the file instead."""

from django.utils.translation import gettext_lazy as _

from alertdesk.lib.tables import read_table
from alertdesk.lib.xlsx import TableUnreadable

from .plans import DirectoryUnreadable

MAX_ROWS = 5_000
MAX_BYTES = 2 * 1024 * 1024
SENTENCES = {
    "empty": _("The file is empty; it needs the columns of an exported file, filled in."),
    "not_a_table": _("The file is neither an Excel workbook (.xlsx) nor a CSV file. Save it as one of them."),
    "too_large": _("The file is too large: up to 2 MB of text. Split it into several files."),
    "too_many_rows": _("The file has too many rows: up to 5,000. Split it into several files."),
    "damaged": _("The file is damaged and cannot be read. Open it, save it again and choose it again."),
    "encoding": _("The letters of the file cannot be read. Save it as “CSV UTF-8” or as an Excel workbook."),
    "formula": _("Row %(row)d, column %(column)s holds a formula. Paste its value in its place."),
    "error_value": _("Row %(row)d, column %(column)s holds an error of Excel. Write the value itself."),
}


def read_rows(data: bytes) -> list[list[str]]:
    """Return a file's rows of text; raise DirectoryUnreadable with what to do."""
    if len(data) > MAX_BYTES:
        raise DirectoryUnreadable(SENTENCES["too_large"])
    try:
        return read_table(data, max_rows=MAX_ROWS)
    except TableUnreadable as error:
        raise DirectoryUnreadable(SENTENCES[error.code], row=error.row, column=error.column) from error
