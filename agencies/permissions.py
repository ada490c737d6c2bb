"""Who keeps which part of the directory, which roles they may give, and whose registers they read and write."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from alertdesk.lib import clock

from .models import Agency, Membership, Register, Role, User

# Whose people keep an agency's registers.
KEEPERS = (Role.OFFICER, Role.HEAD)
# Registers that show where an agency is weak: nobody reads them but the agency itself and the desk.
SHOWING_WEAKNESS = frozenset({Register.SYSTEMS, Register.MACHINES})
# What the desk may give: its own power and the administrator's come from an administrator alone.
GIVEN_BY_STAFF = frozenset({Role.OFFICER, Role.HEAD})


def directory_of(user: User) -> QuerySet[Agency]:
    """The agencies a person keeps: all for an administrator; for staff their province's and those of no province."""
    return Agency.objects.all() if Role.ADMIN in user.roles else province_of(user)


def province_of(user: User, role: str = Role.STAFF) -> QuerySet[Agency]:
    """The agencies of the province where a person has `role`, and those of no province; none for anybody else."""
    tops = [_top_of(agency) for agency in user.agencies_as(role)]
    if not tops:
        return Agency.objects.none()
    outside = Q(parent__isnull=True) & ~Q(kind=Agency.Kind.PROVINCE)
    return Agency.objects.filter(outside | Q(pk__in=Agency.objects.reached_by(tops).values("pk")))


def may_add_provinces(user: User) -> bool:
    """Whether the person may begin a new province, which stands beside everybody else's."""
    return Role.ADMIN in user.roles


def may_give(user: User, role: str) -> bool:
    """Whether the person may give or end a role."""
    return Role.ADMIN in user.roles or role in GIVEN_BY_STAFF


def may_manage(user: User, person: User) -> bool:
    """Whether somebody's details are the person's to change: for staff, only who answers for agencies they keep."""
    if Role.ADMIN in user.roles or person.pk is None:
        return True
    kept = directory_of(user).values("pk")
    return not person.memberships.exclude(role__in=GIVEN_BY_STAFF, agency__in=kept).exists()


def registers_read_by(user: User) -> QuerySet[Agency]:
    """The agencies whose registers a person reads: within the reach of officers and heads, the province for staff."""
    reached = Agency.objects.reached_by(user.agencies_as(*KEEPERS))
    return Agency.objects.filter(Q(pk__in=reached.values("pk")) | Q(pk__in=province_of(user).values("pk")))


def registers_kept_by(user: User) -> QuerySet[Agency]:
    """The agencies whose registers a person writes: their own, and units below without people who could."""
    own = user.agencies_as(*KEEPERS)
    below = {pk for agency in own for pk in Agency.objects.under(agency).values_list("pk", flat=True)}
    keepers = Membership.objects.current_on(clock.today()).filter(role__in=KEEPERS, user__is_active=True)
    unkept = ~Exists(keepers.filter(agency=OuterRef("pk")))
    return Agency.objects.filter(Q(pk__in=[agency.pk for agency in own]) | Q(pk__in=below) & unkept)


def can_keep_registers(user: User, agency: Agency) -> bool:
    """Whether the person changes and confirms the registers of an agency."""
    return registers_kept_by(user).filter(pk=agency.pk).exists()


def letterheads_kept_by(user: User) -> QuerySet[Agency]:
    """The agencies whose letterhead and wording a person sets: their own, for the desk's staff the desk itself."""
    own = user.agencies_as(*KEEPERS, Role.STAFF)
    return Agency.objects.filter(pk__in=[agency.pk for agency in own])


def register_directory_of(user: User, register: str) -> QuerySet[Agency]:
    """The agencies whose `register` stands in the person's files of the whole directory; none where it may not."""
    return province_of(user) if register in SHOWING_WEAKNESS else directory_of(user)


def registers_filed_by(user: User) -> list[Register]:
    """The registers that a person takes in and out for the whole directory."""
    return [register for register in Register if Role.STAFF in user.roles or register not in SHOWING_WEAKNESS]


def _top_of(agency: Agency) -> Agency:
    while agency.parent_id:
        agency = agency.parent
    return agency
