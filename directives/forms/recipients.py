"""Who a directive goes to: what the lines of Kính gửi name, less what was left out, and what was added."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from alertdesk.lib import clock
from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.text import fold, sort_key
from directives.models import Directive, State
from directives.reports.last_time import LastTime, last_time_of
from directives.services.recipient_lists import lists_of
from directives.services.recipients import LineMatch, match_recipients


@dataclass(frozen=True)
class Named:
    """One agency on the draft page, under its name of the day, and how it fared last time."""

    agency: Agency
    name: str
    is_chosen: bool
    last: tuple[LastTime, ...]


@dataclass(frozen=True)
class Line:
    """One line of Kính gửi with the agencies it stands for."""

    text: str
    is_class: bool
    agencies: tuple[Named, ...]

    @property
    def count(self) -> int:
        """How many of its agencies are chosen."""
        return sum(named.is_chosen for named in self.agencies)


class Recipients:
    """The recipients of a draft on a day: chosen ones in the order of the lines, then those the desk added."""

    def __init__(self, directive: Directive, *, lines: list[str], day: date, left_out=(), added=()):
        self.directive, self.issuer, self.day = directive, directive.issuer, day
        self.left_out, self.added_ids = set(left_out), list(added)
        self._matches: list[LineMatch] = match_recipients(lines, issuer=directive.issuer, day=day)

    @classmethod
    def of(cls, directive: Directive) -> "Recipients":
        """Return the recipients of a draft as it is saved."""
        return cls(
            directive,
            lines=directive.addressees,
            day=directive.reference_day,
            left_out=directive.left_out,
            added=directive.added,
        )

    @classmethod
    def typed(cls, directive: Directive, data, *, lines: list[str], day: date) -> "Recipients":
        """Return the recipients as ticked on the draft page; what was not shown there keeps its old choice."""
        shown, ticked = _ids(data, "shown"), _ids(data, "agency")
        left_out = set(shown) - set(ticked) | set(directive.left_out) - set(shown)
        return cls(directive, lines=lines, day=day, left_out=left_out, added=_ids(data, "added"))

    @cached_property
    def lines(self) -> list[Line]:
        """The lines with their agencies, each agency under the first line that names it."""
        seen: set[int] = set()
        found = []
        for match in self._matches:
            agencies = [agency for agency in match.agencies if agency.pk not in seen]
            seen.update(agency.pk for agency in agencies)
            found.append(Line(match.line, match.is_class, tuple(self._named(agency) for agency in agencies)))
        return found

    @property
    def shown(self) -> str:
        """The ids of all agencies behind the lines, in one field: a form takes a thousand fields at most."""
        return ",".join(str(named.agency.pk) for line in self.lines for named in line.agencies)

    @property
    def unmatched(self) -> list[str]:
        """The lines that name no agency in force."""
        return [match.line for match in self._matches if not match.agencies]

    @cached_property
    def in_force(self) -> list[Agency]:
        """Every agency that can be added by name."""
        agencies = Agency.objects.in_force_on(self.day).exclude(pk=self.issuer.pk)
        return list(agencies.prefetch_related("names").order_by("pk"))

    @property
    def names(self) -> list[str]:
        """The names that can be added, for the list under the box."""
        return sorted((agency.name_on(self.day).name for agency in self.in_force), key=sort_key)

    @cached_property
    def added(self) -> list[Named]:
        """The agencies that the desk added beside the lines."""
        matched = {agency.pk for match in self._matches for agency in match.agencies}
        by_id = {agency.pk: agency for agency in self.in_force}
        return [self._named(by_id[pk]) for pk in dict.fromkeys(self.added_ids) if pk in by_id and pk not in matched]

    @property
    def chosen(self) -> list[Agency]:
        """The agencies that the directive will be put to."""
        named = [named for line in self.lines for named in line.agencies if named.is_chosen]
        return [named.agency for named in [*named, *self.added]]

    @property
    def issuer_has_ended(self) -> bool:
        """Whether the issuing body no longer exists on the day."""
        return not any(name.covers(self.day) for name in self.issuer.names.all())

    @property
    def successors(self) -> list[str]:
        """Who took over from the issuing body."""
        rows = self.issuer.successions.filter(successor__isnull=False).exclude(successor=self.issuer)
        rows = rows.select_related("successor")
        return [row.successor.name_on(self.day).name for row in rows]

    def choose(self, agency: Agency) -> None:
        """Add an agency beside the lines, or tick it again where a line names it."""
        self.left_out.discard(agency.pk)
        self.added_ids.append(agency.pk)

    def take(self, agencies: Iterable[Agency]) -> None:
        """Choose exactly these agencies: ticked where a line names them, else added; before anything is shown."""
        wanted = [agency.pk for agency in agencies if agency.pk != self.issuer.pk]
        named = {agency.pk for match in self._matches for agency in match.agencies}
        self.left_out = named - set(wanted)
        self.added_ids = [pk for pk in wanted if pk not in named]

    @property
    def saved_lists(self):
        """The lists that the desk has saved."""
        return lists_of(self.issuer)

    def find(self, name: str) -> Agency | None:
        """Find the one agency in force with that name, with or without accents."""
        return find_agency(self.in_force, name, self.day)

    @cached_property
    def _last_time(self) -> dict[int, tuple[LastTime, ...]]:
        return last_time_of(self.directive)

    def _named(self, agency: Agency) -> Named:
        name, is_chosen = agency.name_on(self.day).name, agency.pk not in self.left_out
        return Named(agency, name, is_chosen, self._last_time.get(agency.pk, ()))


def find_agency(agencies: list[Agency], name: str, day: date) -> Agency | None:
    """Find the one agency of a list that bears a name on `day`; two of that name are none."""
    found = [agency for agency in agencies if fold(name) in agency.name_on(day).spellings()]
    return found[0] if len(found) == 1 else None


def _ids(data, name: str) -> list[int]:
    values = ",".join(data.getlist(name)).split(",")
    return [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 19]


class AddRecipientForm(NormalText, forms.Form):
    """One more agency for an issued directive, by its name; one that was released may be added again."""

    name = forms.CharField(label=_("Agency"), max_length=200, help_text=_("Its name, with or without accents."))

    def __init__(self, *args, directive: Directive, **kwargs):
        super().__init__(*args, **kwargs)
        today = clock.today()
        known = directive.assignments.on_board().exclude(state=State.WITHDRAWN).values("agency")
        agencies = Agency.objects.in_force_on(today).exclude(pk__in=known).exclude(pk=directive.issuer_id)
        self.agencies = list(agencies.prefetch_related("names").order_by("pk"))
        self.names = [agency.name_on(today).name for agency in self.agencies]
        self.fields["name"].widget.attrs |= {"list": "agency-names", "autocomplete": "off"}

    def clean_name(self) -> Agency:
        """Return the agency; a name that fits none, or more than one, is an error."""
        found = find_agency(self.agencies, self.cleaned_data["name"], clock.today())
        if found is None:
            raise forms.ValidationError(_("No agency in force has this name, or it has this directive already."))
        return found
