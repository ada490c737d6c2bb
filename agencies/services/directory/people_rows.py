"""People from the rows of a file: one row a role; a person without a role has one row without an agency."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership, User
from agencies.permissions import directory_of, may_give, may_manage

from .columns import PEOPLE_COLUMNS, Record
from .comparing import labels_of, refuse_unfit, take_values
from .plans import Change, Plan
from .references import References

OF_PERSON = ("full_name", "title", "telephone")
OF_ROLE = ("valid_from", "valid_to")
LABELS = labels_of(PEOPLE_COLUMNS)


class PeoplePlanner:
    """Compares the records of a file with the people of the agencies that `actor` keeps."""

    columns = PEOPLE_COLUMNS

    def __init__(self, actor: User):
        self.plan = Plan()
        self.people: list[User] = []
        self.memberships: list[Membership] = []
        self._actor = actor
        self._agencies = {a.pk: a for a in directory_of(actor).prefetch_related("names").order_by("pk")}
        self._users = {user.email: user for user in User.objects.prefetch_related("memberships")}
        self._taken: set[int] = set()
        self._first: dict[str, Record] = {}
        self._references = References(self._agencies.values())

    def read(self, records: list[Record]) -> Plan:
        """Work out what the records change."""
        for record in records:
            is_new, changes = self._person(record)
            new_role, changes_of_role = self._membership(record)
            title = f"{record.get('full_name') or record.get('email')} · {record.get('email')}"
            self.plan.add(record.row, title, is_new=is_new or new_role, changes=[*changes, *changes_of_role])
        self._require_one_open()
        listed = {record.get("email") for record in records}
        kept = Membership.objects.filter(agency__in=self._agencies).values_list("user__email", flat=True).distinct()
        self.plan.absent = len(set(kept) - listed)
        return self.plan

    def _person(self, record: Record) -> tuple[bool, list[Change]]:
        """Compare the person of a row; what the person is stands the same in all of their rows."""
        email = record.get("email")
        first = self._first.setdefault(email, record)
        if first is not record:
            self._require_same(record, first)
            return False, []
        person = self._users.get(email)
        is_new = person is None
        person = person or self._users.setdefault(email, User(email=email))
        changes = list(take_values(person, record, OF_PERSON, LABELS).values())
        if is_new or changes:
            self._take(record, person)
        return is_new, [] if is_new else changes

    def _take(self, record: Record, person: User) -> None:
        """Note a person to be written, unless somebody else has to."""
        if not may_manage(self._actor, person):
            self.plan.refuse(record.row, _("Only an administrator changes the details of this person."))
        refuse_unfit(self.plan, record.row, person, set(OF_PERSON), LABELS)
        self.people.append(person)

    def _require_same(self, record: Record, first: Record) -> None:
        for name in OF_PERSON:
            if record.get(name) != first.get(name):
                self.plan.refuse(
                    record.row,
                    _("%(column)s differs from row %(row)d, which is the same person; write the same in both."),
                    column=LABELS[name],
                    row=first.row,
                )

    def _membership(self, record: Record) -> tuple[bool, list[Change]]:
        """Compare the role of a row; blank agency and role say nothing."""
        agency, role = self._references.owner_of(record, self.plan), record.get("role")
        if agency is None or not role:
            if agency is not None or role:
                self.plan.refuse(record.row, _("Agency and role belong together: fill in both, or neither."))
            return False, []
        known = self._known(record, agency)
        membership = known or Membership(user=self._users[record.get("email")], agency=agency, role=role)
        changes = list(take_values(membership, record, OF_ROLE, LABELS).values())
        if known is None or changes:
            self._take_role(record, membership)
        self._taken.add(id(membership))
        return known is None, changes

    def _known(self, record: Record, agency: Agency) -> Membership | None:
        """Find the role that began on the row's day, else the one that has not ended."""
        person = self._users[record.get("email")]
        rows = person.memberships.all() if person.pk else ()
        fits = [
            m for m in rows if (m.agency_id, m.role) == (agency.pk, record.get("role")) and id(m) not in self._taken
        ]
        same_day = (m for m in fits if m.valid_from == record.get("valid_from"))
        return next(same_day, None) or next((m for m in fits if m.valid_to is None), None)

    def _take_role(self, record: Record, membership: Membership) -> None:
        if not may_give(self._actor, membership.role):
            self.plan.refuse(record.row, _("Only an administrator gives or ends this role."))
        if (membership.valid_from or date.min) > (membership.valid_to or date.max):
            self.plan.refuse(record.row, _("The role's last day comes before its first."))
        self.memberships.append(membership)

    def _require_one_open(self) -> None:
        """Refuse a second role of one kind without an end in one agency."""
        open_ones = [m for person in self._users.values() if person.pk for m in person.memberships.all()]
        open_ones = [m for m in open_ones if m.valid_to is None] + [
            m for m in self.memberships if m.pk is None and m.valid_to is None
        ]
        seen: set[tuple] = set()
        for membership in open_ones:
            key = (membership.user.email, membership.agency_id, membership.role)
            if key in seen:
                row = self._first[membership.user.email].row if membership.user.email in self._first else 0
                self.plan.refuse(row, _("The person has this role in this agency already; end one of the two."))
            seen.add(key)

    def write(self) -> dict[str, list[int]]:
        """Write what a plan without problems says; return the ids added and changed. New accounts have no password."""
        added, changed = [], []
        for person in self.people:
            (changed if person.pk else added).append(person)
            if person.pk is None:
                person.set_unusable_password()
            person.save()
        for membership in self.memberships:
            membership.user = membership.user  # a person who was new has an id only now
            membership.save()
        return {
            "added": [person.pk for person in added],
            "changed": [person.pk for person in changed],
            "roles": [membership.pk for membership in self.memberships],
        }
