"""Two aids above the rows about units: one document for all of them, and lines pasted from a spreadsheet.

Both only rearrange what stands on the page; nothing is saved.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.text import fold
from directives.forms.fields import LineField, PastDateField, ProseField
from directives.models import UnitRow

from .pasting import read_lines

ROW = UnitRow.row_type()
PREFIX = "aid"
MOST_ROWS = 200


class UnitAidForm(NormalText, forms.Form):
    """What is typed into the two aids."""

    prefix = PREFIX

    number = LineField(label=_("Number of the document"), required=False, max_length=60)
    sent_on = PastDateField(label=_("Its date"), required=False)
    lines = ProseField(
        label=_("Lines from a spreadsheet"),
        required=False,
        widget=forms.Textarea(attrs={"class": "t-s", "rows": 3}),
        help_text=_(
            "Copy the cells and paste them here: unit, sent on, received (yes/no), reported (yes/no), machines, note."
        ),
    )

    problems: tuple[str, ...] = ()

    @classmethod
    def as_typed(cls, data, problems: tuple[str, ...] = ()) -> "UnitAidForm":
        """Return the aids with what stood in them, unjudged, and the sentences about lines that could not be read."""
        form = cls(initial={name: data.get(f"{PREFIX}-{name}", "") for name in cls.base_fields})
        form.problems = problems
        return form

    @property
    def is_begun(self) -> bool:
        """Whether something stands in the aids that is not in the table yet."""
        return any(str(value or "").strip() for value in self.initial.values())


def wishes(data) -> list[str]:
    """Return what the page is asked to arrange: by a button, else by what still stands in the aids when it is saved."""
    if "arrange" in data:
        return ["fill" if data["arrange"] == "fill" else "paste"]
    begun = {"paste": ("lines",), "fill": ("number", "sent_on")}
    return [wish for wish, names in begun.items() if any(data.get(f"{PREFIX}-{name}", "").strip() for name in names)]


def arranged(data, wanted: list[str]):
    """Return the page's data with the wishes carried out, and the form of the aids to show."""
    data, form = data.copy(), None
    for wish in wanted:
        data, form = (_filled if wish == "fill" else _pasted)(data)
    return data, form


def _filled(data):
    """Put the document's date into every named row without one, and the document into the answer."""
    form = UnitAidForm(data)
    if not form.is_valid() or not form.cleaned_data["sent_on"]:
        if not form.has_error("sent_on"):
            form.add_error("sent_on", _("Write the day of the document."))
        return data, form
    day, number = f"{form.cleaned_data['sent_on']:%d/%m/%Y}", form.cleaned_data["number"]
    for n in range(_count(data)):
        if data.get(f"{ROW}-{n}-name", "").strip() and not data.get(f"{ROW}-{n}-sent_on", "").strip():
            data[f"{ROW}-{n}-sent_on"] = day
    if number:
        data["reference"] = _("%(number)s of %(day)s") % {"number": number, "day": day}
    data[f"{PREFIX}-number"] = data[f"{PREFIX}-sent_on"] = ""
    return data, UnitAidForm.as_typed(data)


def _pasted(data):
    """Put the lines that can be read into the table; a unit that stands there already gets their values."""
    read = read_lines(data.get(f"{PREFIX}-lines", ""))
    places = {fold(data.get(f"{ROW}-{n}-name", "")): n for n in range(_count(data))}
    places.pop("", None)
    problems, left = list(read.problems), read.left
    for row in read.rows:
        place = places.setdefault(fold(row["name"]), _count(data))
        if place >= MOST_ROWS:
            full = _("“%(unit)s” has no room: a table has %(most)d rows.")
            problems.append(full % {"unit": row["name"], "most": MOST_ROWS})
            left = f"{left}\n{row['name']}".strip()
            continue
        data[f"{ROW}-count"] = str(max(_count(data), place + 1))
        data.pop(f"{ROW}-{place}-drop", None)
        for name, value in row.items():
            data[f"{ROW}-{place}-{name}"] = value
    data[f"{PREFIX}-lines"] = left
    return data, UnitAidForm.as_typed(data, tuple(problems))


def _count(data) -> int:
    given = str(data.get(f"{ROW}-count", ""))
    return min(int(given), MOST_ROWS) if given.isascii() and given.isdecimal() and len(given) < 5 else 0
