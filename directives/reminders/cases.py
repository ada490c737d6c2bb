"""Read what the planner needs: the owing assignments, what their addresses have had, each directive's rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F, Max, Min, Q

from alertdesk.lib.clock import ZONE
from alertdesk.lib.working_days import NO_OVERRIDES, Overrides
from directives.models import OWING, Assignment, Delivery, Directive, DirectiveState, Notice, RequiredAction

from .addresses import addresses_of
from .occasions import USUAL, Rules
from .planning import NEWS, REMINDING, TELLING, Case, Told
from .plans import rules_of

Kind = Notice.Kind
READ = ("directive", "parent", "responsible_agency", "cycle", "state", "state_since", "due_at", "is_extended")
BESIDE = (*TELLING, *NEWS, Kind.INVITATION, Kind.ROSTER, Kind.CHECK_IN, Kind.ESCALATED)
UNSENT = (Delivery.State.DEAD, Delivery.State.CANCELLED)


@dataclass(frozen=True)
class _Known:
    """What was read beside the assignments, by the ids of directives and assignments."""

    issued_at: dict[int, datetime]
    addresses: dict[int, list[str]]
    told: dict[int, dict[str, Told]]
    actions: dict[int, list[RequiredAction]]
    rules: Mapping[int, Rules]
    now: datetime

    def case(self, assignment: Assignment) -> Case:
        """Return an assignment as the planner takes it."""
        was_issued = assignment.cycle == 1 and assignment.parent_id is None
        opened = self.issued_at[assignment.directive_id] if was_issued else assignment.state_since
        had = self.told.get(assignment.pk, {})
        told = {address: _put_right(one, opened, self.now) for address, one in had.items()}
        return Case(
            assignment_id=assignment.pk,
            cycle=assignment.cycle,
            state=assignment.state,
            state_since=assignment.state_since,
            begun_at=min((t.first_at for t in told.values() if t.first_at), default=opened),
            due_at=assignment.first_due_at(self.actions.get(assignment.directive_id, [])),
            told={address: told.get(address, Told()) for address in self.addresses[assignment.pk]},
            rules=self.rules.get(assignment.directive_id, USUAL),
        )


def read_cases(
    now: datetime, overrides: Overrides = NO_OVERRIDES, rules: Mapping[int, Rules] | None = None, **scope
) -> tuple[list[Case], int]:
    """Return the owing assignments as the planner takes them, and how many of them have no address.

    `rules` are those of every issued directive, where they have been read already; `scope` may narrow the
    assignments, to `directive=…` say.
    """
    issued_at = dict(Directive.objects.issued().values_list("pk", "issued_at"))
    owing = Assignment.objects.owing().filter(directive__state=DirectiveState.ISSUED, **scope)
    assignments = [a for a in owing.order_by().only(*READ) if a.directive_id in issued_at]
    addresses = addresses_of(assignments, now.astimezone(ZONE).date())
    rules = read_rules(overrides) if rules is None else rules
    known = _Known(issued_at, addresses, _told(now), _actions(), rules, now)
    cases = [known.case(assignment) for assignment in assignments if addresses[assignment.pk]]
    return cases, sum(not found for found in addresses.values())


def read_rules(overrides: Overrides) -> dict[int, Rules]:
    """Return the rules of every issued directive."""
    return rules_of(Directive.objects.issued().only("deadline", "duty_from", "duty_to"), overrides)


def reminded_today(now: datetime) -> set[str]:
    """Return the addresses that have had this day's reminder, or will."""
    begin = now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Notice.objects.filter(planned_at__gte=begin, planned_at__lt=begin + timedelta(days=1))
    reminders = today.filter(kind__in=(*REMINDING, Kind.ROSTER)).exclude(delivery__state__in=UNSENT)
    return set(reminders.order_by().values_list("address", flat=True).distinct())


def _told(now: datetime) -> dict[int, dict[str, Told]]:
    """Return what each address has had in the current cycle of each owing assignment.

    What a clock that ran ahead has planned is no reminder yet: it would keep back those of the days between.
    """
    rows = (
        Notice.objects.filter(assignment__state__in=OWING, cycle=F("assignment__cycle"))
        .order_by()
        .values_list("assignment", "address")
        .annotate(
            first_at=Min("planned_at", filter=Q(kind__in=TELLING)),
            last_at=Max("planned_at", filter=~Q(kind__in=BESIDE) & Q(planned_at__lte=now)),
        )
    )
    found: dict[int, dict[str, Told]] = {}
    for assignment, address, first_at, last_at in rows:
        found.setdefault(assignment, {})[address] = Told(first_at, last_at)
    return found


def _actions() -> dict[int, list[RequiredAction]]:
    """Return each issued directive's actions, as far as deadlines go."""
    found: dict[int, list[RequiredAction]] = {}
    for action in RequiredAction.objects.filter(directive__state=DirectiveState.ISSUED).only("directive", "due_at"):
        found.setdefault(action.directive_id, []).append(action)
    return found


def _put_right(told: Told, opened: datetime, now: datetime) -> Told:
    """Take a first telling that a clock running ahead has dated for one at the opening of the window."""
    if told.first_at and told.first_at > now:
        return replace(told, first_at=min(told.first_at, opened))
    return told
