"""How far the protection reaches in the reports that stand: systems by level and category, machines by product line."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from agencies.models import InformationSystem
from alertdesk.lib import clock
from directives.models import (
    REPORTED,
    Directive,
    ProductRow,
    RequiredAction,
    State,
    SubmissionItem,
    SystemRow,
    Vulnerability,
    WeaknessRow,
)

Kind = RequiredAction.Kind
# The three categories that the directive names.
CATEGORIES = ("is_important", "has_personal_data", "for_leadership")


@dataclass(frozen=True)
class Cover:
    """How many there are of one kind, and how many of them are covered."""

    name: str
    total: int
    done: int


@dataclass(frozen=True)
class Exploited:
    """A weakness that is being exploited, with the places where reports still have it open, or have dealt with it."""

    cve: str
    open: int
    dealt_with: int


@dataclass(frozen=True)
class Coverage:
    """The detail behind the counts; `*_without_detail` are those that reports count without a row for each.

    A system of several categories counts in each of them, and in one level.
    """

    levels: tuple[Cover, ...]
    categories: tuple[Cover, ...]
    systems_without_detail: int
    lines: tuple[Cover, ...]
    machines_without_detail: int
    exploited: tuple[Exploited, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no report gives a detail."""
        return not (self.levels or self.lines or self.exploited)


def coverage(directive: Directive) -> Coverage:
    """Sum up the rows of the reports that stand, of the agencies that the issuing body asked itself."""
    standing = directive.assignments.on_board().filter(state__in=REPORTED).exclude(state=State.WITHDRAWN)
    items = SubmissionItem.objects.filter(submission__in=standing.order_by().values("submission"))
    by_kind = defaultdict(list)
    for kind, total, rows in items.values_list("action__kind", "total", "rows"):
        by_kind[kind].append((total or 0, rows))
    systems = _rows(by_kind[Kind.SYSTEMS], SystemRow)
    machines = _rows(by_kind[Kind.VULNERABILITIES], ProductRow)
    return Coverage(
        levels=_by_level(systems),
        categories=_by_category(systems),
        systems_without_detail=_without_detail(by_kind[Kind.SYSTEMS], SystemRow),
        lines=_by_line(machines),
        machines_without_detail=_without_detail(by_kind[Kind.VULNERABILITIES], ProductRow),
        exploited=_exploited(directive, _rows(by_kind[Kind.VULNERABILITIES], WeaknessRow)),
    )


def _rows(said: Iterable[tuple[int, list]], model) -> list[dict]:
    return [row for _total, rows in said for row in rows if row["row"] == model.row_type()]


def _without_detail(said: Iterable[tuple[int, list]], model) -> int:
    return sum(total for total, rows in said if not any(row["row"] == model.row_type() for row in rows))


def _by_level(systems: list[dict]) -> tuple[Cover, ...]:
    """Count by level, the highest first; systems whose level nobody has stated come last."""
    total, done = Counter(), Counter()
    for row in systems:
        total[row["level"] or 0] += 1
        done[row["level"] or 0] += bool(row["is_strengthened"])
    names = dict(InformationSystem.Level.choices)
    return tuple(Cover(str(names[level or None]), total[level], done[level]) for level in sorted(total, reverse=True))


def _by_category(systems: list[dict]) -> tuple[Cover, ...]:
    """Count the systems of each category that a report has."""
    counted = []
    for name in CATEGORIES:
        own = [row for row in systems if row[name]]
        label = str(SystemRow._meta.get_field(name).verbose_name)
        counted.append(Cover(label, len(own), sum(bool(row["is_strengthened"]) for row in own)))
    return tuple(counted) if systems else ()


def _by_line(machines: list[dict]) -> tuple[Cover, ...]:
    """Count machines by product line, the most machines first."""
    total, done = Counter(), Counter()
    for row in machines:
        total[row["product_line"]] += row["total"]
        done[row["product_line"]] += row["updated"]
    return tuple(Cover(line, count, done[line]) for line, count in total.most_common())


def _exploited(directive: Directive, weaknesses: list[dict]) -> tuple[Exploited, ...]:
    """Count the places of each exploited weakness that some report names, the most open first."""
    known = Vulnerability.objects.filter(action__directive=directive, exploited_since__lte=clock.today())
    cves = set(known.values_list("cve", flat=True))
    still = Counter(row["cve"] for row in weaknesses if row["state"] == WeaknessRow.State.EXPOSED)
    named = Counter(row["cve"] for row in weaknesses)
    found = (Exploited(cve, still[cve], named[cve] - still[cve]) for cve in sorted(named) if cve in cves)
    return tuple(sorted(found, key=lambda one: -one.open))
