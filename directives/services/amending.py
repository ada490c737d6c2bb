"""Change a directive that has been issued: its text and deadlines, and what it asks in addition.

A kind is never changed and an action never removed: reports already answer them. An action that is no longer
wanted says so in its text, or the whole directive is recalled or replaced.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from directives.intake.cves import cves_of
from directives.intake.deadlines import read_deadline
from directives.models import (
    REPORTED,
    Amendment,
    Answer,
    Assignment,
    Directive,
    DirectiveState,
    Notice,
    RequiredAction,
    State,
    Vulnerability,
)
from directives.permissions import is_staff_of
from directives.reminders.outbox import tell
from directives.reminders.poke import poke_on_commit

from .drafting import parse_deadline
from .errors import DomainError, Incomplete, NotAllowed, Overtaken
from .transitions import move

FIELDS = ("deadline", "preamble", "closing", "contacts")
ACTION_FIELDS = ("title", "text", "evidence_rule", "due_at")
RELEASED = (State.WITHDRAWN, State.LAPSED)


@dataclass(frozen=True)
class Wanted:
    """What a directive should say: `fields` by name, `actions` by the id of each, and the actions to `add`.

    What is left out stays. An action to add is a dict of title, text, kind, evidence_rule and due_at.
    """

    fields: dict
    actions: dict[int, dict]
    added: tuple[dict, ...] = ()


@dataclass(frozen=True)
class AmendmentPlan:
    """What an amendment would do: its changes (`Amendment.changes`), who is told, and what is opened again."""

    changes: tuple[dict, ...]
    told: int
    reopened: int
    extended: int
    still_says: str

    @property
    def moves_deadline(self) -> bool:
        """Whether the deadline of the whole directive changes."""
        return any(change["what"] == "deadline" for change in self.changes)


def plan_amendment(directive: Directive, *, actor: User, version: int, wanted: Wanted) -> AmendmentPlan:
    """Return what an amendment would do; nothing is written. Refuses as `amend_directive` does."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    if directive.version != version or directive.state != DirectiveState.ISSUED:
        raise Overtaken
    return _plan(directive, wanted)


def _plan(directive: Directive, wanted: Wanted) -> AmendmentPlan:
    actions = list(directive.actions.all())
    changes = [*_changed_fields(directive, wanted), *_changed_actions(actions, wanted), *_additions(actions, wanted)]
    if not changes:
        raise DomainError(_("Nothing has been changed."))
    _require_sound(directive, changes, wanted)
    rows = directive.assignments.exclude(state__in=RELEASED)
    deadline = wanted.fields.get("deadline", directive.deadline)
    return AmendmentPlan(
        changes=tuple(changes),
        told=rows.count(),
        reopened=rows.filter(state__in=REPORTED).count() if wanted.added else 0,
        extended=rows.filter(is_extended=True, due_at__gt=deadline).count(),
        still_says=_old_deadline(directive, wanted) if deadline != directive.deadline else "",
    )


def _old_deadline(directive: Directive, wanted: Wanted) -> str:
    """Return the words by which the closing would still give the deadline that is to change."""
    lines = wanted.fields.get("closing", directive.closing).splitlines()
    found = read_deadline(lines, lines, (directive.day, directive.month, directive.year))
    return (found.words or "") if parse_deadline(found.text) == directive.deadline else ""


def _changed_fields(directive: Directive, wanted: Wanted) -> list[dict]:
    return _compared({name: getattr(directive, name) for name in FIELDS}, wanted.fields, None)


def _changed_actions(actions: Iterable[RequiredAction], wanted: Wanted) -> list[dict]:
    changes = []
    for action in actions:
        said = {name: getattr(action, name) for name in ACTION_FIELDS}
        changes += _compared(said, wanted.actions.get(action.pk, {}), action.position)
    return changes


def _compared(said: dict, wanted: dict, position: int | None) -> list[dict]:
    return [
        {"what": name, "action": position, "before": _kept(before), "after": _kept(wanted[name])}
        for name, before in said.items()
        if name in wanted and wanted[name] != before
    ]


def _kept(value):
    """Return a value as an amendment keeps it: a moment as ISO text in Vietnamese time."""
    return value.astimezone(clock.ZONE).isoformat() if isinstance(value, datetime) else value


def _additions(actions: list[RequiredAction], wanted: Wanted) -> list[dict]:
    last = max((action.position for action in actions), default=0)
    return [
        {"what": "added", "action": position, "before": "", "after": f"{values['title']}\n{values['text']}"}
        for position, values in enumerate(wanted.added, last + 1)
    ]


def _require_sound(directive: Directive, changes: list[dict], wanted: Wanted) -> None:
    """Refuse blank texts and deadlines that have passed, each with its sentence."""
    blank = [change for change in changes if change["what"] in ("title", "text") and not change["after"].strip()]
    problems = [_("Action %(number)d needs a title and a text.") % {"number": change["action"]} for change in blank]
    problems += [
        _("The title and the text of an added action are needed.")
        for values in wanted.added
        if not (values["title"].strip() and values["text"].strip())
    ]
    if any(_is_past(change["after"]) for change in changes if change["what"] == "deadline"):
        problems.append(_("The new deadline is blank or has passed."))
    for change in changes:
        if change["what"] == "due_at" and change["after"] and _is_past(change["after"]):
            problems.append(_("The new deadline of action %(number)d has passed.") % {"number": change["action"]})
    deadline = wanted.fields.get("deadline", directive.deadline)
    if any((values.get("due_at") or deadline or clock.now()) <= clock.now() for values in wanted.added):
        problems.append(_("An added action needs a deadline that has not passed: its own, or a new one for all."))
    if problems:
        raise Incomplete(_("The directive cannot be changed like this."), problems)


def _is_past(moment: str | None) -> bool:
    return moment is None or datetime.fromisoformat(moment) <= clock.now()


@transaction.atomic
def amend_directive(
    directive: Directive,
    *,
    actor: User,
    version: int,
    wanted: Wanted,
    reason: str,
    document_number: str = "",
    document_on: date | None = None,
) -> Amendment:
    """Change an issued directive and tell every agency that has it; each begins a new cycle.

    An added action opens again what had been sent or acknowledged. Raises Overtaken when someone else has
    changed or ended the directive since `version`, DomainError where nothing would change.
    """
    if not is_staff_of(actor, directive):
        raise NotAllowed
    if not reason.strip():
        raise Incomplete(_("Say why the directive is changed."))
    _hold(directive, version)
    plan = _plan(directive, wanted)
    amendment = Amendment.objects.create(
        directive=directive,
        position=(directive.amendments.aggregate(last=Max("position"))["last"] or 0) + 1,
        reason=reason.strip(),
        document_number=document_number,
        document_on=document_on,
        changes=list(plan.changes),
        made_by=actor,
    )
    added = _write(directive, wanted, amendment)
    record_event(
        "amend", directive, actor=actor, agency=directive.issuer, version=directive.version, amendment=amendment.pk
    )
    tell(_begin_again(directive, actor, added, wanted.fields.get("deadline")), Notice.Kind.AMENDED)
    poke_on_commit()
    return amendment


def _hold(directive: Directive, version: int) -> None:
    """Count the directive's version up, so that nobody else changes or ends it, and read it as it is."""
    held = Directive.objects.filter(pk=directive.pk, version=version, state=DirectiveState.ISSUED)
    if not held.update(version=F("version") + 1):
        raise Overtaken
    directive.refresh_from_db()


def _write(directive: Directive, wanted: Wanted, amendment: Amendment) -> list[RequiredAction]:
    """Write what is changed; return the actions that were added, with the weaknesses that they name."""
    rows = Directive.objects.filter(pk=directive.pk)
    if fields := {name: wanted.fields[name] for name in FIELDS if name in wanted.fields}:
        rows.update(**fields)
    for pk, said in wanted.actions.items():
        if values := {name: said[name] for name in ACTION_FIELDS if name in said}:
            directive.actions.filter(pk=pk).update(**values)
    positions = [change["action"] for change in amendment.changes if change["what"] == "added"]
    added = [
        RequiredAction.objects.create(directive=directive, amendment=amendment, position=position, **values)
        for position, values in zip(positions, wanted.added, strict=True)
    ]
    Vulnerability.objects.bulk_create(
        Vulnerability(action=action, cve=cve) for action in added for cve in cves_of(action.text)
    )
    directive.refresh_from_db()
    return added


def _begin_again(
    directive: Directive, actor: User, added: list[RequiredAction], deadline: datetime | None
) -> list[Assignment]:
    """Give every assignment its new answers, and those not released a new cycle and deadline; return the latter.

    The directive's row is held already and the assignments follow in one order, while sending and reviewing
    take a single one: nobody waits in a circle. The lock leaves room for foreign keys, which the sweep writes.
    """
    rows = list(directive.assignments.select_for_update(no_key=True).order_by("pk"))
    Answer.objects.bulk_create(Answer(assignment=row, action=action) for row in rows for action in added)
    told = [row for row in rows if row.state not in RELEASED]
    for assignment in told:
        due = _due(assignment, deadline)
        if added and assignment.state in REPORTED:
            move(assignment, "amend", actor=actor, **due)
        else:
            Assignment.objects.filter(pk=assignment.pk).update(cycle=F("cycle") + 1, version=F("version") + 1, **due)
            assignment.refresh_from_db()
    return told


def _due(assignment: Assignment, deadline: datetime | None) -> dict:
    """Return what a new deadline changes of an assignment: more time once granted stays where it is later.

    What an agency set for its unit stays where it is earlier.
    """
    if deadline and assignment.parent_id:
        return {"due_at": min(deadline, assignment.due_at)}
    if deadline is None or (assignment.is_extended and assignment.due_at > deadline):
        return {}
    return {"due_at": deadline, "is_extended": False}
