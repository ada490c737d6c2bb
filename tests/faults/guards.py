"""Make a process of a fault run quick, and take one guard out of it: what the sender would do without.

Nothing of this is a setting of the product; it is done to the running process from here.
"""

from datetime import timedelta

from django.conf import settings

from alertdesk.lib import clock
from directives.models import Delivery
from directives.reminders import cases, delivery, leases, sweep, transport
from directives.reminders.channels import Accepted, Doubtful, mail


def apply(wanted: dict) -> None:
    """Set the times (`lease`, `timeout`, `budget`, in seconds) and take out the named `guard`."""
    leases.LEASE_SECONDS = wanted.get("lease", leases.LEASE_SECONDS)
    settings.EMAIL_TIMEOUT = wanted.get("timeout", settings.EMAIL_TIMEOUT)
    transport.DATA_SECONDS = wanted.get("timeout", transport.DATA_SECONDS)
    if "budget" in wanted:
        delivery.deliver.__kwdefaults__["budget"] = wanted["budget"]
    if wanted.get("guard"):
        WITHOUT[wanted["guard"]]()


def _mark_late() -> None:
    """Mark a batch when all of it has been sent, not message by message."""
    late, send_batch, mark_in_doubt = [], delivery.Sender.send_batch, leases.mark_in_doubt

    def doubting(one, *, before=None, **words):
        late.extend([before] if before else [])
        mark_in_doubt(one, **words)

    def marking_last(sender, batch):
        try:
            return send_batch(sender, batch)
        finally:
            while late:
                sent = late.pop()
                leases.mark_sent(sent.delivery, sent.answer)

    delivery.Sender.send_batch, leases.mark_in_doubt = marking_last, doubting


def _claim_without_lock() -> None:
    """Read what is due and send it, as a loop over a query does; whoever reads the same sends it as well."""

    def claim(token: str, channel: str) -> list[int]:
        due = Delivery.objects.filter(state="pending", channel=channel).order_by("id")
        ids = list(due.values_list("id", flat=True)[: leases.BATCH])
        Delivery.objects.filter(pk__in=ids).update(token=token)
        return ids

    def mark_in_doubt(one, *, before=None, **words) -> None:
        if before:
            leases.mark_sent(before.delivery, before.answer)

    leases.claim, leases.mark_in_doubt = claim, mark_in_doubt
    leases._own = lambda one: Delivery.objects.filter(pk=one.pk)


def _forget_outcome() -> None:
    """Give up marking when the database is away at that moment."""
    leases.INSIST_SECONDS = 0


def _take_doubt_for_sent() -> None:
    """Take a connection lost after the message for an acceptance."""
    send = mail.MailChannel.send

    def believing(channel, *arguments):
        try:
            return send(channel, *arguments)
        except Doubtful as doubt:
            return Accepted(str(doubt))

    mail.MailChannel.send = believing


def _refuse_when_busy() -> None:
    """Count a server that is away as the recipient's failure, without another try."""
    leases.MAX_TRIES = 1
    delivery.Sender._wait_for_channel = _all_dead


def _all_dead(sender, rest: list[Delivery], busy) -> bool:
    for one in rest:
        leases.put_off(one, str(busy))
    return True


def _believe_every_date() -> None:
    """Take what a clock that ran ahead has planned for the last reminder there was."""
    told, put_right = cases._told, cases._put_right
    cases._told = lambda now: told(now + timedelta(days=9))
    cases._put_right = lambda had, opened, now: put_right(had, opened, now + timedelta(days=9))


def _one_task_per_message() -> None:
    """Keep what is to be sent in the broker: one task per message, and no sweep looks at the rows again."""
    from celery import current_app

    @current_app.task(name="tests.faults.send_one", ignore_result=True)
    def send_one(pk: int) -> None:
        Delivery.objects.filter(pk=pk).update(state="pending", next_try_at=None)
        claim, leases.claim = leases.claim, lambda token, channel: _only(pk, token)
        try:
            delivery.deliver()
        finally:
            leases.claim = claim

    def hand_out(*_arguments, **_options):
        waiting = Delivery.objects.filter(state="pending")
        for pk in list(waiting.values_list("pk", flat=True)):
            waiting.filter(pk=pk).update(state="sending", lease_until=clock.now() + timedelta(days=1))
            current_app.send_task("tests.faults.send_one", [pk])
        return {}

    sweep.deliver = hand_out


def _only(pk: int, token: str) -> list[int]:
    """Claim one row, which leaves nothing for the next claim."""
    taken = Delivery.objects.filter(pk=pk, state="pending").update(state="sending", token=token, lease_until=_soon())
    return [pk] if taken else []


def _soon():
    return clock.now() + timedelta(seconds=leases.LEASE_SECONDS)


WITHOUT = {
    "mark_each": _mark_late,
    "lock": _claim_without_lock,
    "insist": _forget_outcome,
    "doubt": _take_doubt_for_sent,
    "blame_nobody": _refuse_when_busy,
    "dates": _believe_every_date,
    "outbox": _one_task_per_message,
}
