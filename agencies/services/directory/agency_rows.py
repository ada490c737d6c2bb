"""Agencies from the rows of a file: one row a name; what the agency itself is stands the same in all its rows."""

from datetime import date
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyName, User
from agencies.permissions import directory_of, may_add_provinces
from alertdesk.lib import electronic_code
from alertdesk.lib.text import fold

from .agency_targets import OF_NAME, PLAIN, Target, write_targets
from .cells import Unfit
from .columns import AGENCY_COLUMNS, Record
from .comparing import labels_of, refuse_unfit, take_values
from .plans import Change, Plan
from .references import References

LABELS = labels_of(AGENCY_COLUMNS)


class AgencyPlanner:
    """Compares the records of a file with the directory that `actor` keeps; None keeps all of it.

    With `adds_only` what is known already stays as it is, but for a parent it did not have.
    """

    columns = AGENCY_COLUMNS

    def __init__(self, actor: User | None, *, adds_only: bool = False):
        self.plan, self.targets = Plan(), []
        self._actor, self._adds_only = actor, adds_only
        kept = directory_of(actor) if actor else Agency.objects.all()
        self._kept = {agency.pk: agency for agency in kept.prefetch_related("names", "successions").order_by("pk")}
        self._beyond = set(Agency.objects.values_list("pk", flat=True)) - set(self._kept)
        self._above = {id(agency): self._kept.get(agency.parent_id) for agency in self._kept.values()}
        self._begun = {(name.name, name.valid_from): a for a in self._kept.values() for name in a.names.all()}
        self._references = References(self._kept.values())

    def read(self, records: list[Record]) -> Plan:
        """Work out what the records change."""
        self._gather(records)
        for target in self.targets:
            self._compare(target)
            self._references.know(target.agency, target.number, target.names)
        for target in self.targets:
            self._relate(target)
            target.tell(self.plan)
        self.plan.lines.sort(key=lambda line: line.row)
        self.plan.absent = len(self._kept) - sum(not target.is_new for target in self.targets)
        return self.plan

    def write(self) -> dict[str, list[int]]:
        """Write what a plan without problems says; return the ids added and changed."""
        return write_targets(self.targets)

    def _gather(self, records: list[Record]) -> None:
        """Bring the rows of each agency together: by id, else by a name and the day it began."""
        groups: dict[object, list[Record]] = {}
        for record in records:
            groups.setdefault(record.get("id") or self._begun_as(record) or record.row, []).append(record)
        found: dict[int, Target] = {}
        for key, rows in groups.items():
            agency = key if isinstance(key, Agency) else self._agency_of(str(key), rows)
            number = str(agency.pk or rows[0].get("id") or f"row {rows[0].row}")
            target = found.setdefault(id(agency), Target(agency, number))
            target.records += rows
        self.targets = list(found.values())

    def _begun_as(self, record: Record) -> Agency | None:
        return self._begun.get((record.get("name"), record.get("valid_from")))

    def _agency_of(self, key: str, rows: list[Record]) -> Agency:
        """Return the agency of an id; one unknown, from another site's file say, is looked for by name."""
        row, given = rows[0].row, rows[0].get("id")
        number = int(key) if given and key.isascii() and key.isdecimal() and len(key) < 19 else 0
        if number in self._kept:
            return self._kept[number]
        if number in self._beyond:
            self.plan.refuse(row, _("The id %(id)s belongs to another province's directory."), id=key)
        known = next((agency for record in rows if (agency := self._begun_as(record))), None)
        if known is None and number:
            self.plan.remark(row, _("No agency has the id %(id)s: this row adds a new one."), id=key)
        return known or Agency()

    def _compare(self, target: Target) -> None:
        for record in target.records[1:]:
            self._require_same(record, target.first)
        if target.is_new or not self._adds_only:
            self._compare_agency(target, target.first)
            for record in target.records:
                self._compare_name(target, record)
            self._require_order(target)

    def _require_same(self, record: Record, first: Record) -> None:
        for name in (*PLAIN, "parent", "successor"):
            if record.get(name) != first.get(name):
                self.plan.refuse(
                    record.row,
                    _("%(column)s differs from row %(row)d, which is the same agency; write the same in both."),
                    column=LABELS[name],
                    row=first.row,
                )

    def _compare_agency(self, target: Target, record: Record) -> None:
        agency = target.agency
        changes = take_values(agency, record, PLAIN, LABELS)
        target.changes += changes.values()
        target.fields |= changes.keys()
        if "code" in target.fields:
            agency.code_key = electronic_code.key(agency.code)
        if "kind" in target.fields and agency.kind == Agency.Kind.PROVINCE and not self._may_add_provinces():
            self.plan.refuse(record.row, _("Only an administrator adds a province."))
        if target.is_new:
            target.fields.update(PLAIN)
        refuse_unfit(self.plan, record.row, agency, target.fields, LABELS)

    def _may_add_provinces(self) -> bool:
        return self._actor is None or may_add_provinces(self._actor)

    def _compare_name(self, target: Target, record: Record) -> None:
        name = _name_of(record, target) or AgencyName()
        is_new = not any(name is known for known in target.names)
        if is_new:
            target.names.append(name)
        target.named[record.row] = name
        whole = Record(record.row, record.values | {"short_name": record.get("short_name") or record.get("name")})
        changes = list(take_values(name, whole, OF_NAME, LABELS).values())
        if is_new or changes:
            target.changed_names.append(name)
            refuse_unfit(self.plan, record.row, name, set(OF_NAME), LABELS)
        target.of_row[record.row] = is_new, changes

    def _require_order(self, target: Target) -> None:
        """Of one agency's names only one is valid on a day."""
        rows = {id(name): row for row, name in target.named.items()}
        for name in target.named.values():
            if name.valid_from and name.valid_to and name.valid_to < name.valid_from:
                self.plan.refuse(rows[id(name)], _("The name's last day comes before its first."))
        in_order = sorted(target.names, key=lambda name: name.valid_from or date.min)
        for earlier, later in pairwise(in_order):
            if (earlier.valid_to or date.max) >= (later.valid_from or date.min):
                self.plan.refuse(
                    rows.get(id(later)) or rows.get(id(earlier)) or target.first.row,
                    _("The names “%(one)s” and “%(other)s” of one agency are valid on the same days."),
                    one=earlier.name,
                    other=later.name,
                )

    def _relate(self, target: Target) -> None:
        """Find the parent and the successors by how the row names them."""
        record = target.first
        try:
            if "parent" in record.values:
                self._hang(target, record)
            for text in record.get("successor", []):
                self._follow(target, record.row, text)
        except Unfit as unfit:
            self.plan.refuse(record.row, unfit.message, **unfit.values)

    def _hang(self, target: Target, record: Record) -> None:
        text, above = record.get("parent"), self._above.get(id(target.agency))
        parent = self._references.find(text) if text else None
        if text and parent is None:
            self.plan.refuse(
                record.row, _("The parent “%(name)s” is no agency of the directory or of the file."), name=text
            )
        if parent is above or (parent is None and (text or (target.agency.parent_id and not above))):
            return  # the same, not found, or above what the person sees
        if self._adds_only and above is not None:
            return
        target.parent, target.moves = parent, True
        target.changes.append(Change(str(LABELS["parent"]), str(above or ""), text))
        self._above[id(target.agency)] = parent
        if self._is_above_itself(target.agency):
            self.plan.refuse(record.row, _("An agency cannot stand above itself; check the parent bodies."))

    def _is_above_itself(self, agency: Agency) -> bool:
        seen: set[int] = set()
        above = self._above.get(id(agency))
        while above is not None and id(above) not in seen:
            seen.add(id(above))
            above = self._above.get(id(above))
        return id(agency) in seen

    def _follow(self, target: Target, row: int, text: str) -> None:
        successor = self._references.find(text)
        known = set() if target.is_new else {row.successor_id for row in target.agency.successions.all()}
        if successor is None:
            self.plan.remark(row, _("“%(name)s” takes over, but is not in the directory: not noted."), name=text)
        elif successor.pk is None or successor.pk not in known:
            target.successors.append(successor)
            target.changes.append(Change(str(LABELS["successor"]), "", text))


def _name_of(record: Record, target: Target) -> AgencyName | None:
    """Return the name a row speaks of: the one that began on its day, else the one with its words."""
    free = [name for name in target.names if not any(name is taken for taken in target.named.values())]
    same_day = (name for name in free if name.valid_from == record.get("valid_from"))
    same_words = (name for name in free if fold(name.name) == fold(record.get("name")))
    return next(same_day, None) or next(same_words, None)
