"""Who keeps which part of the directory, and which roles they may give."""

from django.db.models import Q, QuerySet

from .models import Agency, Role, User

# What the desk may give: its own power and the administrator's come from an administrator alone.
GIVEN_BY_STAFF = frozenset({Role.OFFICER, Role.HEAD})


def directory_of(user: User) -> QuerySet[Agency]:
    """The agencies a person keeps: all for an administrator; for staff their province's and those of no province."""
    if Role.ADMIN in user.roles:
        return Agency.objects.all()
    tops = [_top_of(agency) for agency in user.agencies_as(Role.STAFF)]
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


def _top_of(agency: Agency) -> Agency:
    while agency.parent_id:
        agency = agency.parent
    return agency
