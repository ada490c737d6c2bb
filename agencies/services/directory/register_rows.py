"""Registers from the rows of a file: of one agency by its own people, or of the whole directory."""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import REGISTERS, Agency, RegisterRow, User
from agencies.permissions import can_keep_registers, register_directory_of
from agencies.services.registers import NotKeeper, write_version

from .columns import AGENCY, ID, Column, Record, register_columns
from .comparing import labels_of, refuse_unfit, take_values
from .plans import Change, Plan
from .references import References

AT_ONCE = 500
MOST_DIGITS = 18


class RegisterPlanner:
    """Compares the records of a file with a register of some agencies; who may do that is its children's to know."""

    def __init__(self, actor: User, register: str, agencies: QuerySet[Agency], first: tuple[Column, ...]):
        """Begin a plan; `first` are the columns before those of the register itself."""
        self.plan, self._actor, self._model = Plan(), actor, REGISTERS[register]
        self.columns = (*first, *register_columns(register))
        self._labels = labels_of(self.columns)
        self._checks = [rule for rule in self._model._meta.constraints if isinstance(rule, CheckConstraint)]
        self._agencies = {agency.pk: agency for agency in agencies.prefetch_related("names").order_by("pk")}
        self._known = list(self._model.objects.kept().filter(agency__in=self._agencies).order_by("pk"))
        self._by_id = {str(row.pk): row for row in self._known}
        self._by_key = {self._key(row.agency_id, row): row for row in self._known}
        self._numbers: dict[int, int] = {}  # where in the file a row stands, by the row's identity
        self._added: list[RegisterRow] = []
        self._changed: list[tuple[RegisterRow, list[str]]] = []

    def read(self, records: list[Record]) -> Plan:
        """Work out what the records change."""
        for record in records:
            agency = self._owner_of(record)
            if agency is not None:
                self._compare(record, agency)
        self._require_once()
        self.plan.absent = sum(id(row) not in self._numbers for row in self._known)
        return self.plan

    def write(self) -> dict[str, list[int]]:
        """Write what a plan without problems says; return the ids added and changed.

        Raises RegisterChanged where a row has changed since it was read.
        """
        for row, names in self._changed:
            values = {name: getattr(row, name) for name in names}
            write_version(row, actor=self._actor, version=row.version, **values)
        for row in self._added:
            row.created_by = row.changed_by = self._actor
        self._model.objects.bulk_create(self._added, AT_ONCE)
        return {"added": [row.pk for row in self._added], "changed": [row.pk for row, _names in self._changed]}

    def _owner_of(self, record: Record) -> Agency | None:
        raise NotImplementedError

    def _title(self, row: RegisterRow) -> str:
        raise NotImplementedError

    def _judge_change(self, record: Record) -> None:
        """Refuse a change of a row that is not the person's to make."""

    def _key(self, agency: int, row: RegisterRow | Record) -> tuple:
        """Return what tells a row of an agency apart from the others."""
        get = row.get if isinstance(row, Record) else lambda name: getattr(row, name)
        return agency, *(get(name) for name in self._model.KEY)

    def _compare(self, record: Record, agency: Agency) -> None:
        row = self._row_of(record, agency)
        if row is None or self._stands_twice(record, row):
            return
        is_new = row.pk is None
        self._numbers[id(row)] = record.row
        changes = take_values(row, record, self._model.FIELDS, self._labels)
        if is_new:
            self._added.append(row)
        elif changes:
            self._judge_change(record)
            self._changed.append((row, list(changes)))
        if is_new or changes:
            self._check(record.row, row)
        told: list[Change] = [] if is_new else list(changes.values())
        self.plan.add(record.row, self._title(row), is_new=is_new, changes=told)

    def _row_of(self, record: Record, agency: Agency) -> RegisterRow | None:
        """Find the row of a record by its id, else by its key; None where it is another agency's."""
        number = record.get("id")
        row = self._by_id.get(number) if len(number) <= MOST_DIGITS else None
        if row is not None and row.agency_id != agency.pk:
            self.plan.refuse(record.row, _("The row with the id %(id)s belongs to another agency."), id=number)
            return None
        if row is None and number:
            self.plan.remark(record.row, _("The register has no row with the id %(id)s: this row adds one."), id=number)
        return row or self._by_key.get(self._key(agency.pk, record)) or self._model(agency=agency)

    def _stands_twice(self, record: Record, row: RegisterRow) -> bool:
        earlier = self._numbers.get(id(row), 0)
        if earlier:
            self.plan.refuse(record.row, _("This is the same row of the register as row %(row)d."), row=earlier)
        return bool(earlier)

    def _check(self, number: int, row: RegisterRow) -> None:
        """Hold the row to the model's own limits."""
        refuse_unfit(self.plan, number, row, set(self._model.FIELDS), self._labels)
        for rule in self._checks:
            try:
                rule.validate(self._model, row)
            except ValidationError as error:
                self.plan.refuse(number, "%(text)s", text=" ".join(error.messages))

    def _require_once(self) -> None:
        """Refuse a row that another row of the same agency already is, in the file or in the register."""
        rule = next(rule for rule in self._model._meta.constraints if not isinstance(rule, CheckConstraint))
        seen: set[tuple] = set()
        for row in sorted((*self._known, *self._added), key=lambda row: self._numbers.get(id(row), 0)):
            key = self._key(row.agency_id, row)
            if key in seen:
                self.plan.refuse(self._numbers[id(row)], rule.violation_error_message)
            seen.add(key)


class OwnRegisterPlanner(RegisterPlanner):
    """Compares the records of a file with one agency's register, for who keeps it; NotKeeper for anybody else."""

    def __init__(self, actor: User, register: str, agency: Agency):
        if not can_keep_registers(actor, agency):
            raise NotKeeper
        super().__init__(actor, register, Agency.objects.filter(pk=agency.pk), (ID,))
        self._agency = agency

    def _owner_of(self, record: Record) -> Agency:
        return self._agency

    def _title(self, row: RegisterRow) -> str:
        return str(row)


class RegisterDirectoryPlanner(RegisterPlanner):
    """Compares the records of a file with one register of all agencies in `actor`'s directory.

    Such a file only adds rows: what an agency has written is the agency's to change.
    """

    def __init__(self, actor: User, register: str):
        super().__init__(actor, register, register_directory_of(actor, register), (ID, AGENCY))
        self._references = References(self._agencies.values())

    def _owner_of(self, record: Record) -> Agency | None:
        agency = self._references.owner_of(record, self.plan)
        if agency is None and not record.get("agency"):
            self.plan.refuse(record.row, _("Name the agency of the row."))
        return agency

    def _title(self, row: RegisterRow) -> str:
        return f"{row} · {self._agencies[row.agency_id]}"

    def _judge_change(self, record: Record) -> None:
        self.plan.refuse(record.row, _("Only the agency changes a row of its register; this file adds rows."))
