"""Issue a directive: freeze it, and put it to every chosen agency."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from alertdesk.lib.text import fold
from directives.models import Answer, Assignment, Directive, DirectiveState
from directives.permissions import is_staff_of
from directives.reminders.poke import poke_on_commit

from .drafting import require_draft
from .errors import DomainError, Incomplete, NotAllowed, Overtaken


@transaction.atomic
def issue_directive(
    directive: Directive, *, actor: User, agencies: list[Agency], deadline: datetime, version: int | None = None
) -> list[Assignment]:
    """Send a draft to `agencies` (in this order) with `deadline`; number and day may still be blank.

    Raises Incomplete without an action, a recipient or a deadline to come, Overtaken when someone
    else has changed or issued it since `version`.
    """
    require_draft(directive, actor)
    missing = _missing(directive, agencies, deadline)
    if missing:
        raise Incomplete(_("The directive cannot be issued yet."), missing)
    updated = Directive.objects.filter(
        pk=directive.pk, version=version or directive.version, state=DirectiveState.DRAFT
    ).update(
        state=DirectiveState.ISSUED,
        deadline=deadline,
        issued_at=clock.now(),
        issued_by=actor,
        version=(version or directive.version) + 1,
    )
    if not updated:
        raise Overtaken
    directive.refresh_from_db()
    record_event("issue", directive, actor=actor, agency=directive.issuer, recipients=[a.pk for a in agencies])
    assignments = [_assign(directive, agency, position) for position, agency in enumerate(agencies, 1)]
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


def _assign(directive: Directive, agency: Agency, position: int) -> Assignment:
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
        due_at=directive.deadline,
        state_since=clock.now(),
    )
    Answer.objects.bulk_create(Answer(assignment=assignment, action=action) for action in directive.actions.all())
    return assignment


@transaction.atomic
def add_recipient(directive: Directive, agency: Agency, *, actor: User) -> Assignment:
    """Put an issued directive to one more agency."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    if directive.state != DirectiveState.ISSUED:
        raise DomainError(_("Only an issued directive takes further recipients."))
    if directive.assignments.filter(agency=agency).exists():
        raise DomainError(_("This agency already has this directive."))
    assignment = _assign(directive, agency, directive.assignments.count() + 1)
    record_event("add_recipient", assignment, actor=actor, agency=agency)
    poke_on_commit()
    return assignment


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
