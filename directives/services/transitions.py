"""Change the state of an assignment: one conditional update and its event, or nothing."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import OWING, TRANSITIONS, Assignment, Directive

from .errors import DomainError, Overtaken


@transaction.atomic
def move(assignment: Assignment, verb: str, *, actor: User | None, version: int | None = None, **changes) -> Assignment:
    """Carry out one row of the transition table on an assignment as it was read.

    `version` is the version the person saw (default: the one in hand). Raises Overtaken when the
    row has another version or state by now, DomainError when it would owe an answer to a directive
    that has ended; then nothing is changed and no event is written.
    """
    transition = TRANSITIONS[verb]
    before = assignment.state
    if transition.to in OWING and before in transition.sources:
        _require_issued(assignment)
    if transition.new_cycle:
        changes["cycle"] = F("cycle") + 1
    updated = Assignment.objects.filter(
        pk=assignment.pk, version=version or assignment.version, state=before, state__in=transition.sources
    ).update(
        state=transition.to or assignment.lapsed_from, state_since=clock.now(), version=F("version") + 1, **changes
    )
    if not updated:
        raise Overtaken
    assignment.refresh_from_db()
    record_event(
        verb,
        assignment,
        actor=actor,
        agency=assignment.agency,
        state_from=before,
        state_to=assignment.state,
        version=assignment.version,
    )
    return assignment


def _require_issued(assignment: Assignment) -> None:
    """Refuse what would owe an answer to a directive that has ended, also where it ends at this moment."""
    locked(assignment)  # ending a directive waits for this row, so what is read next stands until we are done
    if not Directive.objects.issued().filter(pk=assignment.directive_id).exists():
        raise DomainError(_("The directive has ended; it has to be opened again first."))


def locked(assignment: Assignment) -> Assignment:
    """Return the assignment as it is now, held until the end of the transaction."""
    return Assignment.objects.select_for_update().get(pk=assignment.pk)
