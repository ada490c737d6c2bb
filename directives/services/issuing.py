"""Issue a directive: freeze it, and put it to every chosen agency."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from alertdesk.lib.text import fold
from directives.models import Answer, Assignment, Directive, DirectiveState, State
from directives.permissions import is_staff_of
from directives.reminders.poke import poke_on_commit

from .directive_moves import move_directive
from .drafting import require_draft
from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .releasing import supersede_directive
from .transitions import move


@transaction.atomic
def issue_directive(
    directive: Directive, *, actor: User, agencies: list[Agency], deadline: datetime, version: int | None = None
) -> list[Assignment]:
    """Send a draft to `agencies` (in this order) with `deadline`; number and day may still be blank.

    A directive that it replaces ends in the same transaction. Raises Incomplete without an action, a
    recipient or a deadline to come, or where the replaced one is no longer in force; Overtaken when
    someone else has changed or issued it since `version`.
    """
    require_draft(directive, actor)
    missing = _missing(directive, agencies, deadline)
    if missing:
        raise Incomplete(_("The directive cannot be issued yet."), missing)
    move_directive(
        directive,
        "issue",
        actor=actor,
        version=version,
        facts={"recipients": [agency.pk for agency in agencies]},
        deadline=deadline,
        issued_at=clock.now(),
        issued_by=actor,
    )
    if directive.supersedes:
        supersede_directive(directive.supersedes, by=directive, actor=actor)
    assignments = [assign(directive, agency, position) for position, agency in enumerate(agencies, 1)]
    poke_on_commit()
    return assignments


def _missing(directive: Directive, agencies: list[Agency], deadline: datetime | None) -> list:
    lacks = [
        (not directive.subject, _("The subject is blank.")),
        (not directive.actions.exists(), _("There is no required action.")),
        (not agencies, _("There is no recipient.")),
        (deadline is None or deadline <= clock.now(), _("The deadline is blank or has passed.")),
    ]
    return [text for is_missing, text in lacks if is_missing]


def assign(directive: Directive, agency: Agency, position: int, **fields) -> Assignment:
    """Make one agency's assignment under the name it has on the directive's day, with an empty answer per action."""
    name = agency.name_on(directive.reference_day)
    assignment = Assignment.objects.create(
        directive=directive,
        agency=agency,
        responsible_agency=agency,
        position=position,
        agency_name=name.name,
        agency_short_name=name.short_name,
        search_text=fold(f"{name.name} {name.short_name}"),
        state_since=clock.now(),
        **{"due_at": directive.deadline, **fields},
    )
    complete_answers(assignment)
    return assignment


def complete_answers(assignment: Assignment) -> None:
    """Give an assignment an empty answer to each action that it has none to."""
    missing = assignment.directive.actions.exclude(answers__assignment=assignment)
    Answer.objects.bulk_create(Answer(assignment=assignment, action=action) for action in missing)


@transaction.atomic
def add_recipient(directive: Directive, agency: Agency, *, actor: User) -> Assignment:
    """Put an issued directive to one more agency; one that was released is asked again and keeps what it wrote.

    A unit to which it was passed on is from here on the desk's own recipient.
    """
    if not is_staff_of(actor, directive):
        raise NotAllowed
    # Held, so that a directive that is being closed or recalled takes nobody on.
    directive = Directive.objects.select_for_update().get(pk=directive.pk)
    if directive.state != DirectiveState.ISSUED:
        raise DomainError(_("Only an issued directive takes further recipients."))
    known = directive.assignments.select_for_update().filter(agency=agency).first()
    assignment = _add_again(known, actor) if known else _add(directive, agency, actor)
    poke_on_commit()
    return assignment


def _add(directive: Directive, agency: Agency, actor: User) -> Assignment:
    assignment = assign(directive, agency, directive.assignments.count() + 1)
    record_event("add_recipient", assignment, actor=actor, agency=agency)
    return assignment


def _add_again(known: Assignment, actor: User) -> Assignment:
    """Ask an agency again that was released: by the directive's deadline, and of actions added since as well."""
    direct = {"parent": None, "due_at": known.directive.deadline, "is_extended": False}
    if known.parent_id and known.state != State.WITHDRAWN:
        Assignment.objects.filter(pk=known.pk).update(cycle=F("cycle") + 1, version=F("version") + 1, **direct)
        known.refresh_from_db()
        record_event("add_recipient", known, actor=actor, agency=known.agency)
        return known
    if known.state != State.WITHDRAWN:
        raise DomainError(_("This agency already has this directive."))
    complete_answers(known)
    return move(known, "add_again", actor=actor, **direct)


@transaction.atomic
def give_number(directive: Directive, *, actor: User, number: str, day: int, month: int, year: int) -> Directive:
    """Record the number and date that the clerk gave an issued directive whose number or day was blank."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    blank = Directive.objects.filter(pk=directive.pk, state=DirectiveState.ISSUED, version=directive.version)
    if directive.number and directive.day:
        raise DomainError(_("This directive already has its number and date."))
    if not blank.update(number=number, day=day, month=month, year=year, version=directive.version + 1):
        raise Overtaken
    directive.refresh_from_db()
    record_event("number", directive, actor=actor, agency=directive.issuer, version=directive.version)
    return directive
