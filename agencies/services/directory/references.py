"""How a row names another agency: by its name where only one bears it, by name and year, or by its number."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyName
from alertdesk.lib.text import fold

from .cells import Unfit
from .columns import Record
from .plans import Plan


class References:
    """The agencies that a file may name, those it adds included."""

    def __init__(self, agencies: Iterable[Agency] = ()):
        self._named: dict[str, dict[int, Agency]] = defaultdict(dict)
        self._dated: dict[str, dict[int, Agency]] = defaultdict(dict)
        self._numbered: dict[str, Agency] = {}
        for agency in agencies:
            self.know(agency, str(agency.pk), agency.names.all())

    def know(self, agency: Agency, number: str, names: list[AgencyName]) -> None:
        """Let an agency be named by its number and by every name it has or had."""
        self._numbered[f"#{number}"] = agency
        for name in names:
            self._named[fold(name.name)][id(agency)] = agency
            if name.valid_from:
                self._dated[fold(dated(name))][id(agency)] = agency

    def find(self, text: str) -> Agency | None:
        """Return the agency that a cell names, None where nothing bears the name; several of a name are Unfit."""
        if text in self._numbered:
            return self._numbered[text]
        found = self._named.get(fold(text)) or self._dated.get(fold(text)) or {}
        if len(found) > 1:
            raise Unfit(
                _("“%(text)s” is the name of several agencies; write # and the id, for example #12."), text=text
            )
        return next(iter(found.values()), None)

    def owner_of(self, record: Record, plan: Plan) -> Agency | None:
        """Return the agency in a record's column of that name; one that is not known is refused, blank is None."""
        text = record.get("agency")
        try:
            agency = self.find(text) if text else None
        except Unfit as unfit:
            plan.refuse(record.row, unfit.message, **unfit.values)
            return None
        if text and agency is None:
            plan.refuse(record.row, _("“%(name)s” is no agency of the directory; add it there first."), name=text)
        return agency


def dated(name: AgencyName) -> str:
    """Return a name with the year it began, which tells two bodies of one name apart; blank without a day."""
    return f"{name.name} ({name.valid_from.year})" if name.valid_from else ""


def times_named(agencies: list[Agency]) -> Counter:
    """Count how many agencies go by each folded name, with the year and without."""
    spellings = [{fold(way) for name in agency.names.all() for way in (name.name, dated(name))} for agency in agencies]
    return Counter(way for ways in spellings for way in ways)


def reference_to(agency: Agency | None, times: Counter) -> str:
    """Return what a cell says of an agency: a name that is its alone, else # and its id."""
    name = agency.current_name if agency else None
    if name and not name.name.startswith("#"):
        for way in (name.name, dated(name)):
            if way and times[fold(way)] == 1:
                return way
    return f"#{agency.pk}" if agency else ""
