"""The duty roster on its page: a whole one in one step, shift by shift, and the desk's days of duty."""

import re
from datetime import datetime, time, timedelta

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import DutyPerson
from alertdesk.lib import clock
from alertdesk.lib.duty import Fault, findings
from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.text import squeeze
from directives.models import Assignment, DutyWindow, Shift
from directives.services.rostering import LENGTHS, MOST_SHIFTS, seen_roster

from .fields import LineField, ProseField

MOST_PEOPLE = 30
_PERSON = re.compile(r"(?P<name>.*?\S)[\s,;:–-]+(?P<telephone>[+(]?\d[\d\s.()–-]{5,38}\d)")
_MIDNIGHT = re.compile(r"\b24:00\b")


class ShiftMomentField(forms.DateTimeField):
    """An hour and a day, 19:30 29/4/2023 or 29/4/2023 19:30; 24:00 is the midnight after the day."""

    default_error_messages = {"invalid": _("Write the hour and the day, for example 19:30 29/4/2023.")}

    def to_python(self, value):
        """Return the aware moment in Vietnam; a day without an hour is no moment."""
        typed = squeeze(value) if isinstance(value, str) else value
        if isinstance(typed, str) and typed and ":" not in typed:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        is_midnight = isinstance(typed, str) and _MIDNIGHT.search(typed)
        moment = super().to_python(_MIDNIGHT.sub("00:00", typed) if is_midnight else typed)
        if moment and not 2000 <= moment.year <= 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment + timedelta(days=1) if is_midnight else moment

    def prepare_value(self, value):
        """Write a stored moment the way it is typed."""
        return f"{value.astimezone(clock.ZONE):%H:%M %d/%m/%Y}" if isinstance(value, datetime) else value


class FillRosterForm(NormalText, forms.Form):
    """Names, one post, and how long a shift is: enough for a simple roster of the whole holiday."""

    people = ProseField(
        label=_("People on duty, one a line: full name, telephone"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: Nguyễn Văn An, 0905.123.456. They take turns in this order."),
    )
    post = LineField(label=_("Post"), max_length=100, initial=_("Network security duty"))
    hours = forms.TypedChoiceField(
        label=_("Length of a shift"), choices=lambda: [(n, _("%d hours") % n) for n in LENGTHS], coerce=int, initial=12
    )
    change_at = forms.TimeField(
        label=_("Shifts change at"),
        initial=time(7),
        input_formats=["%H:%M", "%Hh%M", "%Hh"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "w-s"}),
        error_messages={"invalid": _("Write the hour, for example 07:00.")},
    )

    @classmethod
    def offered(cls, assignment: Assignment) -> "FillRosterForm":
        """Return the form with the people whom the agency's register has for duty."""
        kept = DutyPerson.objects.kept().filter(agency=assignment.responsible_agency, is_active=True)
        return cls(initial={"people": "\n".join(f"{one.name}, {one.telephone}" for one in kept.order_by("pk"))})

    def clean_people(self) -> list[tuple[str, str]]:
        """Return (name, telephone) of each line; say which line is not both."""
        lines = [squeeze(line) for line in self.cleaned_data["people"].splitlines() if line.strip()]
        found = [_PERSON.fullmatch(line) for line in lines]
        wrong = [number for number, match in enumerate(found, 1) if match is None or len(match["name"]) > 100]
        if wrong:
            raise forms.ValidationError(
                _("Line %(number)d: write the full name and the telephone, for example Nguyễn Văn An, 0905.123.456.")
                % {"number": wrong[0]}
            )
        people = [(match["name"], match["telephone"]) for match in found]
        if len(people) > MOST_PEOPLE:
            raise forms.ValidationError(_("At most %(count)d people can be written here.") % {"count": MOST_PEOPLE})
        if len({Shift(name=name, telephone=telephone).who for name, telephone in people}) < len(people):
            raise forms.ValidationError(_("A person stands there twice."))
        return people


class ShiftForm(NormalText, forms.Form):
    """One shift; a row without name, telephone and stand-in is no shift."""

    SAYING = ("name", "telephone", "backup_name", "backup_telephone")

    starts_at = ShiftMomentField()
    ends_at = ShiftMomentField()
    name = LineField(max_length=100)
    telephone = LineField(max_length=40)
    position = LineField(max_length=100, required=False)
    post = LineField(max_length=100)
    backup_name = LineField(max_length=100, required=False)
    backup_telephone = LineField(max_length=40, required=False)
    drop = forms.BooleanField(required=False, label=_("Leave this shift out"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in Shift.FIELDS:
            self.fields[name].label = capfirst(Shift._meta.get_field(name).verbose_name)

    def clean(self):
        """Let a shift end after it begins."""
        values = super().clean()
        start, end = values.get("starts_at"), values.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("A shift must end after it begins."))
        return values

    @property
    def says_nothing(self) -> bool:
        """Whether the row is to be left out."""
        return bool(self._value("drop")) or not any(str(self._value(name) or "").strip() for name in self.SAYING)

    def _value(self, name: str):
        return self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)

    @property
    def shift(self) -> Shift:
        """The shift as it was typed, in no roster yet."""
        return Shift(**{name: self.cleaned_data[name] for name in Shift.FIELDS})

    @property
    def lines(self) -> list:
        """The bound fields but the tick, in order."""
        return [field for field in self.visible_fields() if field.name != "drop"]


class RosterSheet:
    """All shifts of a roster as rows of a form; `seen` is the roster that the person has before them."""

    def __init__(self, forms: list[ShiftForm], seen: str):
        self.forms, self.seen = forms, seen

    @classmethod
    def shown(cls, assignment: Assignment) -> "RosterSheet":
        """Return the roster as it is saved."""
        rows = [{name: getattr(shift, name) for name in Shift.FIELDS} for shift in assignment.shifts.all()]
        return cls._unbound(rows, seen_roster(assignment))

    @classmethod
    def typed(cls, data) -> "RosterSheet":
        """Return the rows as they were sent, to be checked and saved."""
        return cls([ShiftForm(data, prefix=prefix) for prefix in _prefixes(data)], data.get("seen", ""))

    @classmethod
    def as_typed(cls, data) -> "RosterSheet":
        """Return the rows with everything typed and nothing judged."""
        return cls._unbound([_typed_values(data, prefix) for prefix in _prefixes(data)], data.get("seen", ""))

    @classmethod
    def with_another(cls, data, window: DutyWindow) -> "RosterSheet":
        """Return the rows as typed and one more, which begins with the first gap that is left."""
        gap = _first_gap(cls.typed(data).valid_shifts, window)
        rows = [_typed_values(data, prefix) for prefix in _prefixes(data)][: MOST_SHIFTS - 1]
        return cls._unbound([*rows, gap], data.get("seen", ""))

    @classmethod
    def _unbound(cls, rows: list[dict], seen: str) -> "RosterSheet":
        return cls([ShiftForm(initial=row, prefix=f"shift-{number}") for number, row in enumerate(rows)], seen)

    @property
    def saying(self) -> list[ShiftForm]:
        """The forms of all rows that say something."""
        return [form for form in self.forms if not form.says_nothing]

    def is_valid(self) -> bool:
        """Whether every row that says something is typed right."""
        return all([form.is_valid() for form in self.saying])

    @property
    def shifts(self) -> list[Shift]:
        """The shifts as typed, for the service."""
        return [form.shift for form in self.saying]

    @property
    def valid_shifts(self) -> list[Shift]:
        """The shifts of the rows that are typed right so far."""
        return [form.shift for form in self.saying if form.is_valid()]


def _prefixes(data) -> list[str]:
    count = str(data.get("shift-count", ""))
    number = int(count) if count.isascii() and count.isdecimal() and len(count) < 5 else 0
    return [f"shift-{n}" for n in range(min(number, MOST_SHIFTS))]


def _typed_values(data, prefix: str) -> dict:
    return {name: data[f"{prefix}-{name}"] for name in (*Shift.FIELDS, "drop") if f"{prefix}-{name}" in data}


def _first_gap(shifts: list[Shift], window: DutyWindow) -> dict:
    """Return post, beginning and end of the first gap; without one only the post of the last shift."""
    posts = [shift.post for shift in shifts] or [gettext("Network security duty")]
    found = findings(
        [shift.watch for shift in shifts], starts_at=window.starts_at, ends_at=window.ends_at, posts=posts[:1]
    )
    gap = next((one for one in found if one.fault is Fault.GAP), None)
    return {"post": gap.post, "starts_at": gap.starts_at, "ends_at": gap.ends_at} if gap else {"post": posts[-1]}


class DutyDaysForm(NormalText, forms.Form):
    """The first and the last day of duty; both blank means the holiday near the deadline."""

    first = forms.DateField(label=_("First day"), required=False)
    last = forms.DateField(label=_("Last day"), required=False)
