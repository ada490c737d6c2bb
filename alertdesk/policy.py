"""One table: which URL is open to which roles, and how far the objects behind it reach.

`allows` is asked by the middleware for every request; a URL name without a rule is refused. The
scope says which rows a view may show, and each view keeps to it by starting from `visible_to`;
the tests walk the URLconf against this table and try foreign objects on every row.
"""

from dataclasses import dataclass
from enum import StrEnum

from agencies.models import Role


class Scope(StrEnum):
    """How far the objects behind a URL reach."""

    PUBLIC = "public"  # anyone, signed in or not
    SELF = "self"  # the person's own account
    OWN = "own"  # assignments of the person's agency, its units and predecessors
    ISSUER = "issuer"  # directives of the body where the person is staff or leader
    READ = "read"  # what OWN or ISSUER lets the person see
    SITE = "site"  # the whole directory


@dataclass(frozen=True)
class Rule:
    """Who may ask for a URL; no roles means every signed-in person."""

    scope: Scope
    roles: frozenset[str] = frozenset()


def _rule(scope: Scope, *roles: str) -> Rule:
    return Rule(scope, frozenset(roles))


PUBLIC = _rule(Scope.PUBLIC)
ANYONE_SIGNED_IN = _rule(Scope.SELF)
AGENCY = _rule(Scope.OWN, Role.OFFICER, Role.HEAD)
HEAD = _rule(Scope.OWN, Role.HEAD)
DESK = _rule(Scope.ISSUER, Role.STAFF)
DESK_AND_LEADERS = _rule(Scope.ISSUER, Role.STAFF, Role.LEADER)
READERS = _rule(Scope.READ, Role.OFFICER, Role.HEAD, Role.STAFF, Role.LEADER)
DIRECTORY = _rule(Scope.SITE, Role.STAFF, Role.ADMIN)

POLICY: dict[str, Rule] = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "set_language": PUBLIC,
    "agencies:login": PUBLIC,
    "agencies:welcome": PUBLIC,
    "agencies:password_reset": PUBLIC,
    "agencies:password_reset_done": PUBLIC,
    "agencies:password_reset_confirm": PUBLIC,
    "agencies:password_reset_complete": PUBLIC,
    "agencies:logout": ANYONE_SIGNED_IN,
    "agencies:profile": ANYONE_SIGNED_IN,
    "agencies:password_change": ANYONE_SIGNED_IN,
    "agencies:password_change_done": ANYONE_SIGNED_IN,
    "agencies:directory": DIRECTORY,
    "directives:home": ANYONE_SIGNED_IN,
}


def allows(url_name: str, user) -> bool:
    """Whether the policy opens the named URL to the person; the admin site keeps its own door."""
    if url_name.startswith("admin:"):
        return True
    rule = POLICY.get(url_name)
    if rule is None:
        return False
    if rule.scope is Scope.PUBLIC:
        return True
    return user.is_authenticated and (not rule.roles or bool(rule.roles & user.roles))
