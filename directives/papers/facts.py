"""What a paper says, as data: the JSON that its PDF carries, in the words of a directive's draft."""

from dataclasses import asdict

from directives.models import Directive
from directives.reports.comparison import Comparison
from directives.reports.quick_report import QuickReport
from directives.reports.reply import Reply
from directives.reports.summary import Summary


def named(kind: str, *, symbol: str, place: str, month: int | None, year: int | None, number="", day=None) -> dict:
    """Return what names a paper; a number and a day not given are None."""
    return {
        "paper": kind,
        "number": number or None,
        "symbol": symbol or None,
        "place": place or None,
        "day": day,
        "month": month,
        "year": year,
    }


def directive_facts(directive: Directive) -> dict:
    """Return what a directive says."""
    return {
        "paper": "directive",
        **_cited(directive),
        "place": directive.place or None,
        "based_on": directive.based_on,
        "actions": list(directive.actions.values("position", "kind", "title", "text")),
        "contacts": directive.contacts,
    }


def answering(directive: Directive) -> dict:
    """Return which directive a paper answers or passes on."""
    return {"directive": {"id": directive.pk, **_cited(directive)}}


def _cited(directive: Directive) -> dict:
    names = ("number", "symbol", "day", "month", "year", "subject", "deadline")
    return {"doc_type": directive.doc_type} | {name: getattr(directive, name) or None for name in names}


def reply_facts(read: Reply) -> dict:
    """Return what an agency answers."""
    return {
        **answering(read.directive),
        "assignment": read.assignment.pk,
        "agency": read.agency_name,
        "items": [asdict(item) for item in read.items],
    }


def summary_facts(read: Summary) -> dict:
    """Return the counts of a summary, by action, by group and by agency."""
    return {
        **answering(read.directive),
        "as_of": read.as_of,
        "numbers": asdict(read.numbers) | {"percent": read.numbers.percent},
        "actions": [asdict(count) for count in read.actions],
        "groups": [asdict(group) for group in read.groups],
        "agencies": [asdict(line) for line in read.agencies],
        "incidents": asdict(read.incidents),
        "comparison": _compared(read.comparison) if read.comparison else None,
    }


def quick_facts(read: QuickReport) -> dict:
    """Return the figures of a quick report; no name of a person is among them."""
    duty = read.facts.duty
    names = ("agencies", "with_roster", "covered", "begun", "confirmed", "missed")
    return {
        **answering(read.directive),
        "as_of": read.at,
        "numbers": asdict(read.numbers) | {"percent": read.numbers.percent},
        "duty": {name: getattr(duty, name) for name in names} | {"on_duty": len(duty.on_duty), "gaps": len(duty.gaps)},
        "incidents": asdict(read.facts.incidents) | {"today": read.facts.reported, "silent": read.facts.silent},
        "late": read.late,
    }


def _compared(found: Comparison) -> dict:
    return {
        "previous": {"id": found.previous.pk, **_cited(found.previous)},
        "last": asdict(found.last),
        "now": asdict(found.now),
        "again": found.again,
    }
