"""Where an assignment's notices go, and in which language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from agencies.models import Agency, Membership, Role, User
from directives.models import Assignment, Delivery, DirectiveState, State

ANSWERING = (Role.OFFICER,)
APPROVING = (Role.OFFICER, Role.HEAD)


@dataclass(frozen=True)
class Reader:
    """Who reads at an address: in which language, and by which channels they are told."""

    language: str
    channels: tuple[str, ...]


def addresses_of(assignments: Iterable[Assignment], day: date) -> dict[int, list[str]]:
    """Return the addresses of each assignment: the responsible agency's mailbox and its active officers on `day`.

    The head of the agency is among them while the report waits for the head. Two queries, whatever the number.
    """
    assignments = list(assignments)
    agencies = {assignment.responsible_agency_id for assignment in assignments}
    mailboxes = dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "mailbox"))
    people = (
        Membership.objects.current_on(day)
        .filter(agency__in=agencies, role__in=APPROVING, user__is_active=True)
        .values_list("agency", "role", "user__email")
    )
    members: dict[int, list[tuple[str, str]]] = {}
    for agency, role, email in people:
        members.setdefault(agency, []).append((role, email))
    return {
        a.pk: _unique(mailboxes[a.responsible_agency_id], members.get(a.responsible_agency_id, []), _roles(a))
        for a in assignments
    }


def _roles(assignment: Assignment) -> tuple[str, ...]:
    return APPROVING if assignment.state == State.AWAITING_APPROVAL else ANSWERING


def _unique(mailbox: str, members: list[tuple[str, str]], roles: tuple[str, ...]) -> list[str]:
    found = {mailbox.lower(), *(email.lower() for role, email in members if role in roles)}
    return sorted(found - {""})


def heads_of(assignments: Iterable[Assignment], day: date) -> dict[int, list[str]]:
    """Return, per assignment, the accounts of the responsible agency's heads on `day`, or else its mailbox.

    Two queries, whatever the number; a list is empty where there is neither.
    """
    assignments = list(assignments)
    agencies = {assignment.responsible_agency_id for assignment in assignments}
    mailboxes = dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "mailbox"))
    heads = Membership.objects.current_on(day).filter(agency__in=agencies, role=Role.HEAD, user__is_active=True)
    found: dict[int, set[str]] = {}
    for agency, email in heads.values_list("agency", "user__email"):
        found.setdefault(agency, set()).add(email.lower())
    return {a.pk: _heads(mailboxes[a.responsible_agency_id].lower(), found, a) for a in assignments}


def _heads(mailbox: str, heads: dict[int, set[str]], assignment: Assignment) -> list[str]:
    own = heads.get(assignment.responsible_agency_id, set()) - {mailbox}
    return sorted(own) or ([mailbox] if mailbox else [])


def languages_of(addresses: Iterable[str]) -> dict[str, str]:
    """Return the language that each address's owner chose; addresses without an owner are left out."""
    known = dict(User.objects.filter(email__in=list(addresses)).values_list("email", "language"))
    offered = dict(settings.LANGUAGES)
    return {email: language for email, language in known.items() if language in offered}


def readers_of(addresses: Iterable[str]) -> dict[str, Reader]:
    """Return who reads at each address: everyone by mail, whoever can sign in with it in the app as well."""
    addresses = list(addresses)
    users = User.objects.filter(email__in=addresses).values_list("email", "language", "is_active")
    known = {email: (language, is_active) for email, language, is_active in users}
    return {address: _reader(*known.get(address, ("", False))) for address in addresses}


def _reader(language: str, can_sign_in: bool) -> Reader:
    in_app = (Delivery.Channel.IN_APP,) if can_sign_in and settings.IN_APP_NOTICES else ()
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return Reader(spoken, (Delivery.Channel.EMAIL, *in_app))


def without_address(day: date, **scope) -> list[Assignment]:
    """Return the owing assignments (of a directive, say: `directive=…`) that nobody can be written to."""
    owing = Assignment.objects.owing().filter(directive__state=DirectiveState.ISSUED, **scope)
    owing = list(owing.select_related("responsible_agency", "directive"))
    found = addresses_of(owing, day)
    return [assignment for assignment in owing if not found[assignment.pk]]
