"""One sweep: plan what is due, deliver what is planned, forget old telephones, leave a heartbeat."""

import logging

from django.db.models.functions import Now

from alertdesk.lib import clock
from directives.demo.clock import standing_clock
from directives.models import CalendarOverride, Heartbeat
from directives.services.forgetting import forget_telephones

from .agenda import plan_due
from .delivery import deliver

logger = logging.getLogger(__name__)


def sweep() -> dict[str, int]:
    """Plan and deliver once, at the domain's moment; any number may run at the same time.

    Returns counts: `planned` notices, assignments `without_address`, and of deliveries what
    `delivery.deliver` counts. Never call it inside a transaction: it talks to the mail server.
    """
    overrides = CalendarOverride.objects.as_mapping()
    try:
        counts = plan_due(clock.now(), overrides)
    except Exception:
        # What is planned already must go out; without a heartbeat /readyz tells that something is wrong.
        logger.exception("Planning failed; what was planned before is delivered.")
        deliver(overrides)
        raise
    counts |= deliver(overrides)
    forget_telephones(clock.now())
    Heartbeat.objects.update_or_create(pk=1, defaults={"swept_at": Now()})
    if any(counts[name] for name in counts if name != "without_address"):
        logger.info("Sweep: %s", counts)
    return counts


def sweep_now() -> dict[str, int]:
    """Sweep at the moment this site stands at: the demo's clock, else the real one."""
    with standing_clock():
        return sweep()
