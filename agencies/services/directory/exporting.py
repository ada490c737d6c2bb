"""The directory as a table: one row a name of an agency, or one row a role of a person."""

from collections import Counter
from collections.abc import Iterator

from agencies.models import REGISTERS, Agency, AgencyName, Membership, RegisterRow, Role, User
from agencies.permissions import directory_of, may_give, register_directory_of

from .columns import AGENCY, AGENCY_COLUMNS, ID, PEOPLE_COLUMNS, headings, register_columns
from .lists import join_list
from .references import reference_to, times_named
from .showing import shown, shown_in


def agency_table(actor: User) -> list[list[str]]:
    """Return the agencies that the person keeps, under headings in their language."""
    agencies = list(directory_of(actor).prefetch_related("names", "successions__successor__names").order_by("pk"))
    times = times_named(agencies)
    by_id = {agency.pk: agency for agency in agencies}
    rows = [row for agency in agencies for row in _agency_rows(agency, by_id, times)]
    return [headings(AGENCY_COLUMNS), *rows]


def people_table(actor: User) -> list[list[str]]:
    """Return the people of the agencies that the person keeps; for administrators also who has no role yet."""
    agencies = list(directory_of(actor).prefetch_related("names"))
    times, by_id = times_named(agencies), {agency.pk: agency for agency in agencies}
    roles = Membership.objects.filter(agency__in=by_id).select_related("user").order_by("agency", "role", "pk")
    rows = [_person_row(role.user, role, reference_to(by_id[role.agency_id], times)) for role in roles]
    if may_give(actor, Role.ADMIN):
        rows += [_person_row(user, None, "") for user in User.objects.filter(memberships__isnull=True).order_by("pk")]
    return [headings(PEOPLE_COLUMNS), *rows]


def register_table(register: str, agency: Agency) -> list[list[str]]:
    """Return one agency's register."""
    rows = REGISTERS[register].objects.kept().filter(agency=agency).order_by("pk")
    return [headings((ID, *register_columns(register))), *[[str(row.pk), *_typed(row)] for row in rows]]


def register_directory_table(register: str, actor: User) -> list[list[str]]:
    """Return a register of all agencies in the person's files, agency by agency."""
    agencies = list(register_directory_of(actor, register).prefetch_related("names"))
    times, by_id = times_named(agencies), {agency.pk: agency for agency in agencies}
    rows = REGISTERS[register].objects.kept().filter(agency__in=by_id).order_by("agency", "pk")
    table = [[str(row.pk), reference_to(by_id[row.agency_id], times), *_typed(row)] for row in rows]
    return [headings((ID, AGENCY, *register_columns(register))), *table]


def _typed(row: RegisterRow) -> list[str]:
    return [shown_in(row, name) for name in row.FIELDS]


def _agency_rows(agency: Agency, by_id: dict[int, Agency], times: Counter) -> Iterator[list[str]]:
    successors = [by_id[row.successor_id] for row in agency.successions.all() if row.successor_id in by_id]
    parent = reference_to(by_id.get(agency.parent_id), times)
    for name in sorted(agency.names.all(), key=lambda name: (name.valid_from is not None, name.valid_from)):
        yield [
            str(agency.pk),
            name.name,
            name.short_name,
            name.symbol,
            shown_in(agency, "kind"),
            parent,
            *_particulars(agency),
            *_of_name(name),
            join_list([reference_to(successor, times) for successor in successors]),
        ]


def _particulars(agency: Agency) -> list[str]:
    values = (agency.code, agency.mailbox, agency.telephone, agency.contact_name, agency.needs_approval)
    return [agency.place, *map(shown, values)]


def _of_name(name: AgencyName) -> list[str]:
    return [join_list(name.aliases), shown(name.valid_from), shown(name.valid_to)]


def _person_row(user: User, role: Membership | None, agency: str) -> list[str]:
    dated = [shown_in(role, "role"), shown(role.valid_from), shown(role.valid_to)] if role else ["", "", ""]
    return [user.email, user.full_name, user.title, user.telephone, agency, *dated]
