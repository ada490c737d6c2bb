"""The rules of each directive as the planner takes them: its desk's plan, and the days of its holiday."""

from collections.abc import Iterable
from datetime import date

from alertdesk.lib.working_days import Overrides
from directives.models import Directive, ReminderPlan, duty_window

from .occasions import Rules


def rules_of(directives: Iterable[Directive], overrides: Overrides) -> dict[int, Rules]:
    """Return the rules of directives by their id, in one query."""
    directives = list(directives)
    plans = {plan.directive_id: plan for plan in ReminderPlan.objects.filter(directive__in=directives)}
    return {one.pk: as_rules(plans.get(one.pk) or ReminderPlan(), one, overrides) for one in directives}


def as_rules(plan: ReminderPlan, directive: Directive, overrides: Overrides) -> Rules:
    """Return what a plan, kept or only thought of, means for a directive."""
    window = duty_window(directive, overrides)
    return Rules(
        days_before=tuple(plan.days_before),
        on_the_day=plan.on_the_day,
        overdue_every=plan.overdue_every,
        roster=plan.roster,
        check_in=plan.check_in,
        skipped=frozenset(date.fromisoformat(day) for day in plan.skipped),
        holiday=(window.first, window.last) if window else None,
    )
