"""The agency writes its duty roster, whole; people on duty confirm to be there; the desk sets the days of duty."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from alertdesk.lib.duty import rotation
from directives.models import (
    CHECK_IN_MARGIN,
    Answer,
    Assignment,
    Directive,
    DirectiveState,
    DutyWindow,
    RequiredAction,
    Shift,
    State,
    duty_window,
)
from directives.permissions import can_answer, is_staff_of

from .detailing import people_on_duty
from .duty_people import register_people
from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .transitions import locked

LENGTHS = (8, 12, 24)  # hours of a shift in a roster that is filled in one step
MOST_SHIFTS = 200
LONGEST_WINDOW = timedelta(days=31)
NO_LONGER_ASKED = (State.WITHDRAWN, State.LAPSED)


def seen_roster(assignment: Assignment) -> str:
    """Return the fingerprint of a roster as it stands; who has confirmed to be there does not change it."""
    return _fingerprint([[_plain(getattr(shift, name)) for name in Shift.FIELDS] for shift in assignment.shifts.all()])


def _fingerprint(rows: list[list]) -> str:
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def _plain(value):
    return value.timestamp() if isinstance(value, datetime) else value


@transaction.atomic
def put_roster(assignment: Assignment, *, actor: User, seen: str, shifts: Iterable[Shift]) -> None:
    """Make the roster exactly these shifts, where it still is the one that was `seen`; else Overtaken.

    A shift of the same post, beginning and name stays the same row, so its link and confirmation go on;
    one that was confirmed cannot vanish. The roster may change after the report was sent: people fall ill.
    """
    assignment = locked(assignment)
    window = _writable(assignment, actor)
    if seen != seen_roster(assignment):
        raise Overtaken(
            _("Someone else changed the roster in the meantime. Nothing was saved; what you typed is still here.")
        )
    shifts = list(shifts)
    _check(shifts, window)
    kept = {shift.identity: shift for shift in assignment.shifts.all()}
    _require_confirmed(kept, shifts)
    register_people(shifts, agency=assignment.responsible_agency, actor=actor)
    _write(assignment, kept, shifts)
    people = _count_people(assignment)
    record_event("put_roster", assignment, actor=actor, agency=assignment.agency, shifts=len(shifts), people=people)


@transaction.atomic
def fill_roster(
    assignment: Assignment,
    *,
    actor: User,
    people: list[tuple[str, str]],
    post: str,
    hours: int,
    change_at: time,
) -> None:
    """Write a whole roster in one step: `people` (name, telephone) take turns on one post of an empty roster.

    Shifts last `hours`, one of LENGTHS, and change at `change_at` and every `hours` after it.
    """
    window = _writable(assignment, actor)
    if not people:
        raise Incomplete(_("Write at least one person on duty."))
    if hours not in LENGTHS:
        raise ValueError(hours)
    turns = rotation(window.starts_at, window.ends_at, length=timedelta(hours=hours), change_at=change_at)
    shifts = [
        Shift(post=post, name=name, telephone=telephone, starts_at=start, ends_at=end)
        for (start, end), (name, telephone) in zip(turns, cycle(people), strict=False)
    ]
    put_roster(assignment, actor=actor, seen=_fingerprint([]), shifts=shifts)


@transaction.atomic
def check_in(shift: Shift) -> Shift:
    """Note that the person of a shift is there; a second time changes nothing.

    Allowed from CHECK_IN_MARGIN before the shift until its end. Who holds the shift's link is its person.
    """
    shift = Shift.objects.select_related("assignment__agency").get(pk=shift.pk)
    if shift.checked_in_at:
        return shift
    now = clock.now()
    if now < shift.starts_at - CHECK_IN_MARGIN:
        raise DomainError(_("It is too early: confirm from 30 minutes before the shift begins."))
    if now >= shift.ends_at:
        raise DomainError(_("The shift is over, so this can no longer be confirmed."))
    if Shift.objects.filter(pk=shift.pk, checked_in_at__isnull=True).update(checked_in_at=now):
        record_event("check_in", shift, actor=None, agency=shift.assignment.agency)
    shift.refresh_from_db()
    return shift


@transaction.atomic
def set_duty_days(directive: Directive, *, actor: User, first: date | None, last: date | None) -> None:
    """Set the days on which agencies must be on duty, both included; both blank means the holiday again."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    if (first is None) != (last is None):
        raise Incomplete(_("Give both days, or leave both blank."))
    if first and not timedelta() <= last - first < LONGEST_WINDOW:
        raise DomainError(_("The last day must not come before the first, and at most 31 days can be set."))
    Directive.objects.filter(pk=directive.pk).update(duty_from=first, duty_to=last)
    directive.refresh_from_db()
    record_event("set_duty_days", directive, actor=actor, agency=directive.issuer)


def _writable(assignment: Assignment, actor: User) -> DutyWindow:
    """Return the days of duty, or refuse where the person may not write or there is nothing to write."""
    if not can_answer(actor, assignment):
        raise NotAllowed
    if assignment.directive.state != DirectiveState.ISSUED or assignment.state in NO_LONGER_ASKED:
        raise DomainError(_("The directive no longer asks for a roster, so it cannot be changed now."))
    window = duty_window(assignment.directive)
    if window is None:
        raise DomainError(_("The desk has not set the days of duty yet."))
    return window


def _check(shifts: list[Shift], window: DutyWindow) -> None:
    """Refuse shifts that are not whole, outside the days of duty, or there twice."""
    if len(shifts) > MOST_SHIFTS:
        raise DomainError(_("A roster has at most %(count)d shifts.") % {"count": MOST_SHIFTS})
    problems = [line for shift in shifts for line in _problems(shift, window)]
    twice = Counter(shift.identity for shift in shifts)
    names = {shift.identity: shift for shift in shifts}
    problems += [_("“%(shift)s” stands in the roster twice.") % {"shift": names[k]} for k, n in twice.items() if n > 1]
    if problems:
        raise Incomplete(problems[0], problems)


def _problems(shift: Shift, window: DutyWindow) -> list[str]:
    try:
        shift.clean_fields(exclude={"assignment", "person"})
    except ValidationError as error:
        return [f"{shift.name or shift.post}: {line}" for line in error.messages]
    if shift.ends_at <= shift.starts_at:
        return [_("%(shift)s: a shift must end after it begins.") % {"shift": shift}]
    if shift.ends_at <= window.starts_at or shift.starts_at >= window.ends_at:
        return [_("%(shift)s: the shift lies outside the days of duty.") % {"shift": shift}]
    return []


def _require_confirmed(kept: dict, shifts: list[Shift]) -> None:
    """Refuse to lose a shift whose person has confirmed to be there."""
    stays = {shift.identity for shift in shifts}
    lost = [shift for identity, shift in kept.items() if shift.checked_in_at and identity not in stays]
    if lost:
        raise DomainError(
            _("%(shift)s: the person has confirmed to be there, so this shift stays.") % {"shift": lost[0]}
        )


def _write(assignment: Assignment, kept: dict, shifts: list[Shift]) -> None:
    stays = {shift.identity for shift in shifts}
    assignment.shifts.filter(pk__in=[shift.pk for identity, shift in kept.items() if identity not in stays]).delete()
    for shift in shifts:
        before = kept.get(shift.identity)
        shift.assignment = assignment
        shift.pk, shift.checked_in_at = (before.pk, before.checked_in_at) if before else (None, None)
        shift.save()


def _count_people(assignment: Assignment) -> int:
    """Put the number of people on duty into the answers that ask for it, and return it."""
    people = people_on_duty(assignment)
    answers = Answer.objects.filter(assignment=assignment, action__kind=RequiredAction.Kind.LAYERS_AND_DUTY)
    answers.update(extra=people or None)
    return people
