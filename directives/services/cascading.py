"""An agency passes a directive on to its own units, and lets go those that no longer have to report to it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import Assignment, Directive, DirectiveState, State
from directives.permissions import can_answer
from directives.reminders.poke import poke_on_commit

from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .issuing import assign, complete_answers
from .transitions import locked, move


@transaction.atomic
def pass_on(assignment: Assignment, *, actor: User, units: list[Agency], deadline: datetime) -> list[Assignment]:
    """Put a directive to units of the agency, which report to it by `deadline`; return the assignments made.

    A unit that has this directive already, from the desk or from a colleague's act a moment ago, keeps what it
    has. Raises DomainError where the agency owes no report itself, Incomplete with every reason why not, and
    Overtaken where all the units have it by now.
    """
    if not can_answer(actor, assignment):
        raise NotAllowed
    # Held, so that a directive that is being closed takes no unit on, and two officers put it to each unit once.
    directive = Directive.objects.select_for_update(no_key=True).get(pk=assignment.directive_id)
    assignment = locked(assignment)
    _require_owed(assignment, directive)
    problems = _problems(assignment, units, deadline)
    if problems:
        raise Incomplete(_("The directive cannot be passed on yet."), problems)
    made = [_put(assignment, unit, actor, deadline) for unit in _without_it(assignment, units)]
    if not made:
        raise Overtaken(_("All these units have this directive already."))
    poke_on_commit()
    return made


def _require_owed(assignment: Assignment, directive: Directive) -> None:
    if directive.state != DirectiveState.ISSUED or not assignment.owes_answer:
        raise DomainError(_("Your own report is not owed any more, so nothing can be passed on."))


def _problems(assignment: Assignment, units: list[Agency], deadline: datetime) -> list:
    own = set(Agency.objects.answering_under(assignment.responsible_agency, clock.today()).values_list("pk", flat=True))
    strange = [unit for unit in units if unit.pk not in own]
    lacks = [
        (not units, _("Choose at least one unit.")),
        (deadline <= clock.now(), _("The deadline for the units has passed already.")),
        (
            deadline > assignment.due_for_units(assignment.directive.actions.all()),
            _("The units have to report before your own deadline."),
        ),
    ]
    named = [_("%(unit)s is no unit of yours with an account.") % {"unit": unit} for unit in strange]
    return [text for is_lacking, text in lacks if is_lacking] + named


def _without_it(assignment: Assignment, units: list[Agency]) -> list[Agency]:
    """Leave out the units that have this directive; one that this agency had let go may have it again."""
    known = {row.agency_id: row for row in assignment.directive.assignments.filter(agency__in=units)}
    return [unit for unit in units if unit.pk not in known or _is_let_go(known[unit.pk], assignment)]


def _is_let_go(known: Assignment, parent: Assignment) -> bool:
    return known.parent_id == parent.pk and known.state == State.WITHDRAWN


def _put(parent: Assignment, unit: Agency, actor: User, deadline: datetime) -> Assignment:
    directive = parent.directive
    known = directive.assignments.filter(agency=unit).first()
    if known:
        complete_answers(known)
        return move(known, "add_again", actor=actor, due_at=deadline, is_extended=False)
    unit_assignment = assign(directive, unit, directive.assignments.count() + 1, parent=parent, due_at=deadline)
    record_event("pass_on", unit_assignment, actor=actor, agency=unit, parent=parent.pk)
    return unit_assignment
