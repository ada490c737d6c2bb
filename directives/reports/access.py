"""Who can sign in for each recipient of a directive, and who has done so."""

from collections import defaultdict
from dataclasses import dataclass

from agencies.models import Membership, Role, User
from alertdesk.lib import clock
from directives.models import Assignment, Directive


@dataclass(frozen=True)
class Access:
    """One recipient and the people who can sign in for it."""

    assignment: Assignment
    users: tuple[User, ...]

    @property
    def has_signed_in(self) -> bool:
        """Whether anybody of the agency has ever signed in."""
        return any(user.last_login for user in self.users)

    @property
    def mailbox_user(self) -> User | None:
        """The account of the official mailbox, else the first account, None without any."""
        mailbox = self.assignment.responsible_agency.mailbox.lower()
        return next((user for user in self.users if user.email == mailbox), next(iter(self.users), None))

    @property
    def state(self) -> str:
        """`in` has signed in, `invited` has an account, `mailbox` can be invited, `none` has no mailbox."""
        if self.has_signed_in:
            return "in"
        if self.users:
            return "invited"
        return "mailbox" if self.assignment.responsible_agency.mailbox else "none"


def access_of(directive: Directive) -> tuple[Access, ...]:
    """Read every recipient still required with its accounts, in three queries."""
    rows = directive.assignments.on_board().exclude(state="withdrawn").select_related("responsible_agency")
    agencies = {row.responsible_agency_id for row in rows}
    members = Membership.objects.current_on(clock.today()).filter(
        agency__in=agencies, role__in=(Role.OFFICER, Role.HEAD), user__is_active=True
    )
    users: dict[int, dict[int, User]] = defaultdict(dict)
    for member in members.select_related("user").order_by("user__email"):
        users[member.agency_id][member.user_id] = member.user
    return tuple(Access(row, tuple(users[row.responsible_agency_id].values())) for row in rows)
