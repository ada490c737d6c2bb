"""What leaders read on a holiday morning: duty, incidents and how far the reports are, at one moment."""

from dataclasses import dataclass
from datetime import datetime

from alertdesk.lib.text import sort_key
from directives.models import Assignment, Directive

from .holiday_facts import HolidayFacts, holiday_facts
from .numbers import Numbers, numbers


@dataclass(frozen=True)
class QuickReport:
    """One directive at the moment `at`; `late` names the agencies whose report is overdue."""

    directive: Directive
    at: datetime
    numbers: Numbers
    facts: HolidayFacts
    late: tuple[str, ...]


def quick_report(directive: Directive, *, now: datetime) -> QuickReport:
    """Read a directive that has a deadline, at `now`."""
    late = Assignment.objects.filter(directive=directive).overdue(now).filter(parent__isnull=True)
    return QuickReport(
        directive=directive,
        at=now,
        numbers=numbers(directive, now=now),
        facts=holiday_facts(directive, now=now),
        late=tuple(sorted(late.values_list("agency_name", flat=True), key=sort_key)),
    )
