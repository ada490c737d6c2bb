"""What the sender's speed is held against: the same messages by Django, by smtplib; tasks that do nothing."""

import os
import smtplib
import time
from collections.abc import Iterable

from celery import current_app, shared_task
from django.conf import settings
from django.core.mail import get_connection

from alertdesk.lib import clock
from directives.models import CalendarOverride, Delivery
from directives.reminders import messages
from directives.reminders.agenda import plan_due
from directives.reminders.needed import needed_of

AT_ONCE = 500


def plan() -> float:
    """Plan all that is due now; returns the seconds that it took."""
    started = time.perf_counter()
    plan_due(clock.now(), CalendarOverride.objects.as_mapping())
    return time.perf_counter() - started


def send_by_django(count: int) -> float:
    """Send so many planned messages with `send_messages` on one connection; returns the seconds."""
    written = [letter.message for letter in _letters(count)]
    started = time.perf_counter()
    get_connection().send_messages(written)
    return time.perf_counter() - started


def send_by_smtplib(count: int) -> float:
    """Send the same, ready as bytes, with smtplib on one connection; returns the seconds."""
    written = [(one.message.to, one.message.message().as_bytes(linesep="\r\n")) for one in _letters(count)]
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as smtp:
        started = time.perf_counter()
        for address, content in written:
            smtp.sendmail(settings.DEFAULT_FROM_EMAIL, address, content)
        return time.perf_counter() - started


def _letters(count: int) -> Iterable[messages.Letter]:
    now, overrides = clock.now(), CalendarOverride.objects.as_mapping()
    rows = Delivery.objects.filter(channel=Delivery.Channel.EMAIL).order_by("id")
    for start in range(0, count, AT_ONCE):
        batch = list(rows[start : min(start + AT_ONCE, count)])
        needed = needed_of(batch)
        for delivery in batch:
            yield messages.compose(delivery, needed[delivery.pk], now, overrides)


def ask_for_nothing(count: int, mark: str) -> None:
    """Put so many tasks into the broker that only leave one byte each in a file."""
    current_app.conf.broker_url = settings.REDIS_URL
    for _number in range(count):
        nothing.delay(mark)


@shared_task(name="tests.faults.nothing", ignore_result=True)
def nothing(mark: str) -> None:
    """Leave one byte."""
    file = os.open(mark, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(file, b".")
    os.close(file)
