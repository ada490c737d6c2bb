"""Several values in one cell, separated by semicolons; a value with a semicolon of its own stands in quotes."""

import csv
import io

from alertdesk.lib.text import squeeze


def join_list(values: list[str]) -> str:
    """Return the values as one cell."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="").writerow(values)
    return file.getvalue()


def split_list(text: str) -> list[str]:
    """Return the values of a cell, blank ones left out."""
    cells = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    return [value for value in map(squeeze, cells) if value]
