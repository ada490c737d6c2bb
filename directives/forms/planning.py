"""The plan of reminders as its form: few questions in everyday words."""

import re
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import FURTHEST, ReminderPlan

from .fields import LineField
from .moments import DAY_FORMATS

_BETWEEN = re.compile(r"[\s,;]+")


class DaysBeforeField(LineField):
    """Whole numbers with commas between them: 7, 3, 1."""

    default_error_messages = {
        "invalid": _("Write whole numbers between 1 and %(furthest)d with commas between them, for example 7, 3, 1."),
    }

    def to_python(self, value):
        """Return the numbers; nothing written is none."""
        typed = [word for word in _BETWEEN.split(super().to_python(value)) if word]
        if any(not (word.isascii() and word.isdecimal() and 1 <= int(word[:4]) <= FURTHEST) for word in typed):
            raise ValidationError(self.error_messages["invalid"] % {"furthest": FURTHEST}, code="invalid")
        return [int(word) for word in typed]

    def prepare_value(self, value):
        """Write the numbers as they are typed."""
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


class DaysField(LineField):
    """Days with commas between them: 27/4/2023, 28/4/2023."""

    default_error_messages = {"invalid": _("“%(word)s” is no day: write 27/4/2023, several with commas between them.")}

    def to_python(self, value):
        """Return the days; nothing written is none."""
        return [self._day(word) for word in _BETWEEN.split(super().to_python(value)) if word]

    def _day(self, word: str) -> date:
        for form in DAY_FORMATS:
            try:
                return datetime.strptime(word, form).date()
            except ValueError:
                continue
        raise ValidationError(self.error_messages["invalid"] % {"word": word[:40]}, code="invalid")

    def prepare_value(self, value):
        """Write the days as they are typed."""
        return ", ".join(f"{day:%d/%m/%Y}" for day in value) if isinstance(value, list | tuple) else value


class ReplanForm(NormalText, forms.Form):
    """The whole plan of one directive; `seen` is the version that the person has before them."""

    days_before = DaysBeforeField(
        required=False,
        max_length=60,
        label=_("Before the deadline, by how many working days"),
        help_text=_("For example 7, 3, 1. Blank: no reminder before the deadline."),
    )
    on_the_day = forms.BooleanField(required=False, label=_("On the day of the deadline, at 07:30"))
    overdue_every = forms.TypedChoiceField(
        choices=ReminderPlan.Every.choices, coerce=int, label=_("After the deadline, while no report has come")
    )
    roster = forms.BooleanField(
        required=False,
        label=_("Last working day before the holiday: ask agencies whose duty roster is missing or has gaps"),
    )
    check_in = forms.BooleanField(
        required=False, label=_("Every morning of the holiday: ask people on duty to confirm that they are there")
    )
    skipped = DaysField(
        required=False,
        max_length=900,
        label=_("Days on which nothing is sent"),
        help_text=_("For example 27/4/2023, 28/4/2023. What a person sends by hand still goes out."),
    )
    seen = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)

    @classmethod
    def shown(cls, plan: ReminderPlan) -> "ReplanForm":
        """Return the form with the plan as it is."""
        values = {name: getattr(plan, name) for name in ReminderPlan.FIELDS}
        values["skipped"] = [date.fromisoformat(day) for day in plan.skipped]
        return cls(initial={**values, "seen": plan.version})

    @property
    def ticks(self):
        """The bound yes-or-no questions."""
        return [field for field in self.visible_fields() if isinstance(field.field, forms.BooleanField)]


class SkipDayForm(NormalText, forms.Form):
    """One day of the calendar to leave out, or to take in again."""

    day = forms.DateField(input_formats=["%Y-%m-%d"])
    seen = forms.IntegerField(min_value=0, max_value=2**31)

    def skipped_after(self, plan: ReminderPlan) -> list[date]:
        """Return the days left out once this one has changed sides."""
        days = {date.fromisoformat(day) for day in plan.skipped}
        return sorted(days ^ {self.cleaned_data["day"]})
