"""Change the state of a directive: one conditional update and its event, or nothing."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.trail import record_event
from directives.models import DIRECTIVE_TRANSITIONS, TRANSITIONS, Assignment, Directive, DirectiveState
from directives.permissions import is_staff_of

from .errors import NotAllowed, Overtaken
from .transitions import move


@transaction.atomic
def move_directive(
    directive: Directive, verb: str, *, actor: User, version: int | None = None, facts: dict | None = None, **changes
) -> Directive:
    """Carry out one row of `DIRECTIVE_TRANSITIONS` on a directive as it was read; `facts` go into the event.

    `version` is the version the person saw (default: the one in hand). Raises NotAllowed for anyone but the
    issuer's staff, Overtaken when the row has another version or state by now; then nothing is changed.
    """
    if not is_staff_of(actor, directive):
        raise NotAllowed
    source, to = DIRECTIVE_TRANSITIONS[verb]
    held = Directive.objects.filter(pk=directive.pk, state=source, version=version or directive.version)
    if not held.update(state=to, version=F("version") + 1, **changes):
        raise _overtaken(directive, source)
    directive.refresh_from_db()
    facts = {"version": directive.version, **(facts or {})}
    record_event(verb, directive, actor=actor, agency=directive.issuer, **facts)
    return directive


def _overtaken(directive: Directive, source: str) -> Overtaken:
    """Say what the directive has become, where that is why it cannot be moved."""
    now = Directive.objects.filter(pk=directive.pk).values_list("state", flat=True).first()
    if now in (None, source):
        return Overtaken()
    return Overtaken(
        _("The directive is by now in the state “%(state)s”, so this can no longer be done. Nothing was changed.")
        % {"state": DirectiveState(now).label}
    )


def move_assignments(directive: Directive, verb: str, *, actor: User) -> list[Assignment]:
    """Move every assignment of a directive that the verb applies to; return them."""
    # All are held, not only those to be moved: one that is just changing is looked at when its change is done.
    rows = [a for a in directive.assignments.select_for_update() if a.state in TRANSITIONS[verb].sources]
    for assignment in rows:
        remembered = {"lapsed_from": assignment.state} if verb == "lapse" else {}
        move(assignment, verb, actor=actor, **remembered)
    return rows
