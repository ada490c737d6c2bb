"""Plan everything that is due at a moment and write it into the outbox."""

from datetime import datetime

from alertdesk.lib.working_days import Overrides

from .briefings import plan_briefings
from .cases import read_cases, read_rules, reminded_today
from .duties import read_duties
from .duty_planning import plan_duty
from .escalation import escalate_due
from .outbox import take_along, write
from .planning import Kind, plan
from .replies import untold_replies


def plan_due(now: datetime, overrides: Overrides) -> dict[str, int]:
    """Write the notices that are due; returns how many were `planned`, and assignments `without_address`."""
    rules, reminded = read_rules(overrides), reminded_today(now)
    cases, without_address = read_cases(now, overrides, rules)
    duty = list(plan_duty(read_duties(now, overrides, rules), now, overrides, reminded=reminded))
    asking = [one for one in duty if one.kind == Kind.ROSTER]
    called = {one.address for one in asking}
    due = [*asking, *plan(cases, now, overrides, reminded=reminded, called=called)]
    written = write(untold_replies(now, overrides), now) + write(due, now)
    if due:
        take_along(one.address for one in due)
    written += write((one for one in duty if one.kind == Kind.CHECK_IN), now)
    written += plan_briefings(now, overrides)
    written += escalate_due(now, overrides)
    return {"planned": written, "without_address": without_address}
