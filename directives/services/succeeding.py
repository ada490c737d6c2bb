"""Carry out a merger, split, renaming or dissolution: the directory changes, and open work goes on at the successor.

An assignment keeps the agency and the name it was issued to; who is responsible for it moves. What is open
begins a new cycle, so that the successor is told and reminded for itself. What is settled moves too, without
one: should it be opened again, somebody who exists is asked.
"""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import Agency, Membership, Role, User
from agencies.services.succession import Act, DirectoryPlan, carry_out, plan_directory, problems_of
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.models import OWING, Assignment, Directive, State
from directives.reminders.poke import poke_on_commit

from .errors import DomainError, Incomplete, NotAllowed, Overtaken

OPEN = (*OWING, State.SUBMITTED)
SETTLED = (State.ACCEPTED, State.LAPSED)


@dataclass(frozen=True)
class SuccessionPlan:
    """What an act would do, and why it cannot be done where it cannot."""

    act: Act
    directory: DirectoryPlan
    moving: tuple[Assignment, ...]
    settled: int
    problems: tuple[str, ...]

    @property
    def may_be_done(self) -> bool:
        """Whether nothing stands against it today."""
        return not self.problems and self.act.on <= clock.today()

    @property
    def nobody_left(self) -> bool:
        """Whether the one that takes over would have nobody who answers."""
        heir = self.act.successors[0] if self.act.successors and not self.act.is_renaming else None
        answering = (Role.OFFICER, Role.HEAD)
        if heir is None or any(membership.role in answering for membership in self.directory.coming):
            return False
        current = Membership.objects.current_on(clock.today()).filter(role__in=answering)
        return not isinstance(heir, Agency) or not current.filter(agency=heir).exists()

    @property
    def digest(self) -> str:
        """A fingerprint of all that would be done, to be compared when it is confirmed."""
        act, rows = self.act, self.directory
        told = [
            [act.act, act.on.isoformat(), act.document, act.kind, act.parent.pk if act.parent else 0],
            [act.carries_people, [a.pk for a in act.predecessors], [_seen(successor) for successor in act.successors]],
            [[name.pk for name in rows.ending], [unit.pk for unit in rows.moving], [m.pk for m in rows.leaving]],
            [[m.user_id, m.role] for m in rows.coming],
            [[a.pk, a.version] for a in self.moving],
            self.settled,
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _seen(successor) -> list:
    if isinstance(successor, Agency):
        return [successor.pk]
    return [successor.name, successor.short_name, successor.symbol, successor.place]


def plan_succession(act: Act, *, actor: User) -> SuccessionPlan:
    """Return what an act would do; nothing is written."""
    theirs = Assignment.objects.filter(responsible_agency__in=act.predecessors)
    is_moving = not act.is_renaming
    moving = theirs.filter(state__in=OPEN).select_related("directive", "responsible_agency") if is_moving else ()
    problems = problems_of(act, actor=actor)
    if not act.successors and theirs.filter(state__in=OPEN).exists():
        problems.append(_("Open reports need someone who takes them over, or release the agency from them first."))
    if not act.successors and Directive.objects.filter(issuer__in=act.predecessors).exists():
        problems.append(_("The agency has issued directives: name who takes them over."))
    return SuccessionPlan(
        act=act,
        directory=plan_directory(act),
        moving=tuple(moving),
        settled=theirs.filter(state__in=SETTLED).count() if is_moving else 0,
        problems=tuple(problems),
    )


@transaction.atomic
def succeed(act: Act, *, actor: User, seen: str) -> SuccessionPlan:
    """Carry out an act as it was seen: the directory's part, and who is responsible for what is open.

    Raises Overtaken when it would do something else than `seen` (a plan's digest) by now, Incomplete
    with its problems, DomainError before its day.
    """
    if not actor.roles & {Role.STAFF, Role.ADMIN}:
        raise NotAllowed
    _hold(act)
    plan = plan_succession(act, actor=actor)
    if plan.problems:
        raise Incomplete(_("The change cannot be recorded yet."), plan.problems)
    if act.on > clock.today():
        raise DomainError(_("The day has not come yet: record the change on that day or later."))
    if plan.digest != seen:
        raise Overtaken
    heir = carry_out(act, plan.directory, actor=actor)
    if heir and not act.is_renaming:
        _hand_over(act, plan, heir, actor)
        poke_on_commit()
    return plan


def _hold(act: Act) -> None:
    """Hold the agencies and what they are responsible for until the end of the transaction."""
    known = [a.pk for a in (*act.predecessors, *act.successors) if isinstance(a, Agency)]
    list(Agency.objects.select_for_update().filter(pk__in=known).order_by("pk").values_list("pk"))
    theirs = Assignment.objects.filter(responsible_agency__in=act.predecessors)
    list(theirs.select_for_update().order_by("pk").values_list("pk"))


def _hand_over(act: Act, plan: SuccessionPlan, heir: Agency, actor: User) -> None:
    settled = Assignment.objects.filter(responsible_agency__in=act.predecessors, state__in=SETTLED)
    settled.update(responsible_agency=heir)
    Assignment.objects.filter(pk__in=[assignment.pk for assignment in plan.moving]).update(
        responsible_agency=heir, cycle=F("cycle") + 1, version=F("version") + 1
    )
    for assignment in plan.moving:
        record_event(
            "transfer",
            assignment,
            actor=actor,
            agency=assignment.agency,
            responsible_from=assignment.responsible_agency_id,
            responsible_to=heir.pk,
            version=assignment.version + 1,
        )
