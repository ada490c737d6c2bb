"""What becomes of agencies, as typed: the act, its day, who ends and who follows."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Succession
from agencies.permissions import directory_of
from agencies.services.succession import Act, NewAgency
from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.text import fold, squeeze

MAX_LINES = 200
LONGEST = (200, 100, 40, 100)  # name, short name, symbol, place


class SuccessionForm(NormalText, forms.Form):
    """A merger, split, renaming or dissolution; agencies by name, one a line."""

    act = forms.ChoiceField(
        label=_("What happens"), choices=Succession.Act, widget=forms.RadioSelect(attrs={"class": "choices--row"})
    )
    happened_on = forms.DateField(label=_("From which day"), help_text=_("The first day of the new names: dd/mm/yyyy."))
    predecessors = forms.CharField(
        label=_("Agencies that end"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: the name, with or without accents, or # and the id. For a renaming: the old name."),
    )
    successors = forms.CharField(
        label=_("Agencies that follow"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line; the first takes over the open reports. One that exists: its name or # and the id. "
            "A new one: name | short name | symbol | place (a blank place stays the same)."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind of the new agencies"), required=False)
    parent = forms.CharField(
        label=_("Parent body of the new agencies"),
        required=False,
        max_length=200,
        help_text=_("Blank: the same as before, or who took over from it."),
    )
    document = forms.CharField(label=_("Document"), required=False, max_length=200)
    carries_people = forms.BooleanField(
        label=_("People keep their roles at the agency that takes over"),
        required=False,
        initial=True,
        help_text=_("Without this they can sign in, but see nothing until somebody gives them a role there."),
    )

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("The same as before")), *Agency.Kind.choices]
        self._agencies = list(directory_of(actor).prefetch_related("names").order_by("pk"))

    def clean(self):
        """Find the agencies once the day is known, which decides who bears a name."""
        values = super().clean()
        day = values.get("happened_on")
        if day and not self.errors:
            eve = date.fromordinal(max(day.toordinal() - 1, 1))
            self._take("predecessors", lambda: tuple(self._old(line, eve) for line in self._lines("predecessors")))
            ending = {agency.pk for agency in values["predecessors"]} if not self.errors else set()
            self._take(
                "successors", lambda: tuple(self._follower(line, day, ending) for line in self._lines("successors"))
            )
            self._take("parent", lambda: self._found(values["parent"], day) if values["parent"] else None)
        return values

    def _take(self, field: str, read) -> None:
        try:
            self.cleaned_data[field] = read()
        except forms.ValidationError as error:
            self.add_error(field, error)

    @property
    def typed_act(self) -> Act:
        """The act as the services take it."""
        values = self.cleaned_data
        names = ("act", "predecessors", "successors", "document", "kind", "parent", "carries_people")
        return Act(on=values["happened_on"], **{name: values[name] for name in names})

    def _lines(self, field: str) -> list[str]:
        lines = [squeeze(line) for line in self.cleaned_data[field].splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        if len(lines) > MAX_LINES:
            raise forms.ValidationError(_("Write up to 200 lines."))
        return lines

    def _old(self, line: str, eve: date) -> Agency:
        return self._found(line, eve)

    def _follower(self, line: str, day: date, ending: set[int]) -> Agency | NewAgency:
        """Return the agency in force on the day that a line names, or the new one that it describes."""
        name, *rest = [squeeze(part) for part in line.split("|")]
        if not rest:
            return self._found(name, day, without=ending, hint=True)
        parts = [name, *rest, "", ""][:4]
        if len(rest) not in (2, 3) or not all(parts[:3]):
            raise forms.ValidationError(
                _("“%(line)s”: write name | short name | symbol | place."), params={"line": line}
            )
        if any(len(part) > longest for part, longest in zip(parts, LONGEST, strict=True)):
            raise forms.ValidationError(_("“%(line)s” is too long."), params={"line": line})
        return NewAgency(*parts)

    def _found(self, text: str, day: date, *, without=frozenset(), hint: bool = False) -> Agency:
        """Return the one agency with a name or an id; a name is one that is valid on the day."""
        if text.startswith("#"):
            found = [agency for agency in self._agencies if text[1:] == str(agency.pk)]
        else:
            named = [(a, name) for a in self._agencies for name in a.names.all() if name.covers(day)]
            found = [a for a, name in named if fold(text) in name.spellings() and a.pk not in without]
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(_not_one(found, hint), params={"name": text, "ids": _ids(found)})


def _not_one(found: list[Agency], hint: bool):
    if found:
        return _("“%(name)s” is the name of several agencies; write one of: %(ids)s.")
    if hint:
        return _("“%(name)s” is no agency in force on that day. For a new one write: name | short name | symbol.")
    return _("“%(name)s” is no agency in force on the day before.")


def _ids(agencies: list[Agency]) -> str:
    return ", ".join(f"#{agency.pk} ({agency.place})" for agency in agencies)
