"""The leaders' mail on each holiday morning: planned once a day and directive, for those who asked for it."""

import uuid
from collections.abc import Iterator
from datetime import datetime, time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import Membership, Role, User
from alertdesk.lib.clock import ZONE
from alertdesk.lib.working_days import Overrides
from directives.models import Briefing, Delivery, Directive, DirectiveState, duty_window
from directives.reports.quick_report import quick_report
from directives.templatetags.alertdesk import vn_date

from .content import document_name
from .messages import Letter, write_letter
from .outbox import mail_host

# From half past seven on, until noon: later there is the report on the leader's page.
FROM, UNTIL = time(7, 30), time(12)


def plan_briefings(now: datetime, overrides: Overrides) -> int:
    """Write this morning's mails, each once whoever plans it; returns how many are new."""
    here = now.astimezone(ZONE)
    if not FROM <= here.time() < UNTIL:
        return 0
    running = [d for d in Directive.objects.issued().select_related("issuer") if _is_on_duty(d, here, overrides)]
    return sum(_plan(directive, user, now) for directive in running for user in _readers(directive, here.date()))


def needed_briefing(delivery: Delivery, now: datetime) -> Briefing | None:
    """Return what a delivery without notices tells, None where it is no longer the day or no longer wanted."""
    briefing = Briefing.objects.select_related("directive__issuer").filter(delivery=delivery).first()
    if briefing is None or briefing.day != now.astimezone(ZONE).date():
        return None
    wanted = User.objects.filter(email=briefing.address, is_active=True, wants_quick_report=True)
    stands = briefing.directive.state == DirectiveState.ISSUED
    return briefing if stands and wanted.exists() else None


def compose_briefing(delivery: Delivery, briefing: Briefing, now: datetime) -> Letter:
    """Write the mail: the figures of this moment and the address of the report, which is read behind the login."""
    with translation.override(delivery.language):
        read = quick_report(briefing.directive, now=now)
        document = document_name(briefing.directive)
        subject = _("[Quick report] The morning of %(day)s: %(document)s") % {"day": vn_date(now), "document": document}
        link = settings.SITE_URL + reverse("directives:quick_report", args=[briefing.directive_id])
        context = {"entries": [], "read": read, "document": document, "link": link}
        return write_letter(delivery, "briefing", subject, context, now)


def _is_on_duty(directive: Directive, here: datetime, overrides: Overrides) -> bool:
    window = duty_window(directive, overrides)
    return window is not None and window.first <= here.date() <= window.last


def _readers(directive: Directive, day) -> Iterator[User]:
    """Yield the leaders who want the report and may read the directive."""
    leading = Membership.objects.current_on(day).filter(role=Role.LEADER).values("user")
    for user in User.objects.filter(pk__in=leading, is_active=True, wants_quick_report=True):
        if Directive.objects.visible_to(user).filter(pk=directive.pk).exists():
            yield user


def _plan(directive: Directive, user: User, now: datetime) -> bool:
    """Write one mail; False where it was written already, perhaps at this very moment by another."""
    known = {"directive": directive, "day": now.astimezone(ZONE).date(), "address": user.email}
    if Briefing.objects.filter(**known).exists():
        return False
    try:
        with transaction.atomic():
            message_id = f"<{uuid.uuid4()}@{mail_host()}>"
            delivery = Delivery.objects.create(
                address=user.email, language=user.language, message_id=message_id, planned_at=now
            )
            Briefing.objects.create(**known, delivery=delivery)
    except IntegrityError:
        return False
    return True
