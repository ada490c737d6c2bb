"""The next holiday of a directive: which one, until when, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alertdesk.lib import clock
from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.public_holidays import (
    PHRASE,
    Holiday,
    holiday_near,
    holidays_between,
    phrases_in,
    proposed_words,
    reworded,
    same_distance,
)
from alertdesk.lib.text import squeeze
from directives.models import CalendarOverride, Directive, RequiredAction

from .fields import LineField
from .moments import Advice, DeadlineField, advise, read_moment, shown_moment

AHEAD = timedelta(days=366)
AROUND = 60  # letters shown on each side of what changes


@dataclass(frozen=True)
class Change:
    """One place whose words change: what stands around them, and both ways to say them."""

    place: str
    lead: str
    before: str
    after: str
    tail: str


class NextTime:
    """The holidays of the coming twelve months, the one chosen, and what last time's directive makes of it."""

    def __init__(self, directive: Directive, chosen: str = ""):
        self.directive = directive
        self.overrides = CalendarOverride.objects.as_mapping()
        today = clock.today()
        ahead = holidays_between(today, today + AHEAD, self.overrides)
        self.holidays = [holiday for holiday in ahead if holiday != self.last]
        self.holiday = next((h for h in self.holidays if h.first_day.isoformat() == chosen), self.holidays[0])
        self._places = list(_places(directive))
        self.phrases = phrases_in([text for _place, text, _limit in self._places])

    @cached_property
    def last(self) -> Holiday | None:
        """The holiday that the deadline of last time was set for."""
        day = self.directive.deadline.astimezone(clock.ZONE).date()
        return holiday_near(day, self.overrides, text=self.directive.subject)

    @property
    def deadline(self):
        """The proposed deadline."""
        return same_distance(self.directive.deadline, self.last, self.holiday, self.overrides)

    def words(self, phrase: str) -> str:
        """Return the proposed words for a phrase of last time."""
        return proposed_words(phrase, self.holiday)

    def changes(self, words: dict[str, str]) -> list[Change]:
        """Return every place where last time's holiday is named, with the words of this time."""
        return [
            Change(
                str(place),
                _end_of(text[: match.start()]),
                match[0],
                words.get(match[0], match[0]),
                _begin_of(text[match.end() :]),
            )
            for place, text, _limit in self._places
            for match in PHRASE.finditer(text)
        ]

    def too_long(self, words: dict[str, str]) -> list[str]:
        """Return the places whose text would not fit any more."""
        return [str(place) for place, text, limit in self._places if limit and len(reworded(text, words)) > limit]


def _places(directive: Directive) -> Iterator[tuple[str, str, int | None]]:
    """Yield where holidays may be named: the place, its text, and how long that may be."""
    for name in ("subject", "preamble", "closing"):
        field = Directive._meta.get_field(name)
        yield field.verbose_name, getattr(directive, name), field.max_length
    for action in directive.actions.all():
        place = _("Action %(number)s") % {"number": action.position}
        yield place, action.title, RequiredAction._meta.get_field("title").max_length
        yield place, action.text, None


def _end_of(text: str) -> str:
    return text if len(text) <= AROUND else f"… {text[-AROUND:].partition(' ')[2]}"


def _begin_of(text: str) -> str:
    return text if len(text) <= AROUND else f"{text[:AROUND].rpartition(' ')[0]} …"


class CloneDirectiveForm(NormalText, forms.Form):
    """The deadline of this time, and the words for each phrase by which last time's text names its holiday."""

    deadline = DeadlineField(
        label=gettext_lazy("Deadline for the reports"),
        help_text=gettext_lazy("For example 17:00 28/4/2023. A day alone lasts to its end."),
    )

    def __init__(self, *args, following: NextTime, **kwargs):
        super().__init__(*args, **kwargs)
        self.following = following
        self.fields["deadline"].initial = shown_moment(following.deadline)
        for n, phrase in enumerate(following.phrases):
            label = _("Instead of “%(phrase)s”") % {"phrase": phrase}
            self.fields[f"words{n}"] = LineField(label=label, max_length=120, initial=following.words(phrase))

    @property
    def wording(self) -> dict[str, str]:
        """The phrases of last time with the words that stand in the form now."""
        typed = ((phrase, self[f"words{n}"].value()) for n, phrase in enumerate(self.following.phrases))
        return {phrase: squeeze(words) for phrase, words in typed if words}

    @property
    def word_fields(self) -> list:
        """The fields for the words."""
        return [self[f"words{n}"] for n in range(len(self.following.phrases))]

    @property
    def changes(self) -> list[Change]:
        """Every place where words change, by what stands in the form now."""
        return self.following.changes(self.wording)

    @property
    def advice(self) -> Advice | None:
        """What the calendar says of the deadline that stands in the form."""
        return advise(read_moment(self["deadline"].value() or ""))

    def clean(self):
        """Refuse words with which a line would become too long."""
        values = super().clean()
        places = ", ".join(self.following.too_long(self.wording))
        if places:
            raise forms.ValidationError(_("With these words it becomes too long: %(places)s.") % {"places": places})
        return values
