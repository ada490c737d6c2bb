"""The outbox: why someone is told (Notice) and the one message that carries it (Delivery), apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .assignment import Assignment


class Delivery(models.Model):
    """One message to one address; it may carry several notices. Leases use the database's clock, not the domain's."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Refused")
        CANCELLED = "cancelled", _("No longer needed")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")

    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    address = models.EmailField(_("address"))
    language = models.CharField(max_length=5, default="vi")
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    planned_at = models.DateTimeField(_("planned at"))
    lease_until = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=32, blank=True)
    in_doubt = models.BooleanField(default=False)
    perhaps_double = models.BooleanField(_("perhaps sent twice"), default=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    answer = models.CharField(_("the relay's answer"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state__in=["pending", "sending"]), name="delivery_open"
            ),
        ]

    def __str__(self):
        return f"{self.address} · {self.get_state_display()}"


class Notice(models.Model):
    """Why an address is told something about an assignment; the occasion is a day in Vietnam.

    A short window can put several occasions on one day, so each of them is a kind of its own.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        ARRIVAL = "arrival", _("Arrival")
        BEFORE = "before", _("Before the deadline")
        HALF_WAY = "half_way", _("Half of the time has passed")
        LAST_MORNING = "last_morning", _("The last working morning")
        LAST_HOURS = "last_hours", _("Two hours before")
        DUE = "due", _("On the day")
        OVERDUE = "overdue", _("Overdue")
        RETURNED = "returned", _("More is asked for")
        MANUAL = "manual", _("Desk's reminder")
        AMENDED = "amended", _("Amended")
        EXTENSION = "extension", _("Decision on more time")
        RECALLED = "recalled", _("No longer required")
        REPLY = "reply", _("Reply to a question")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notices")
    cycle = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    occasion = models.DateField(_("occasion"))
    address = models.EmailField(_("address"))
    planned_at = models.DateTimeField(_("planned at"))
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="notices")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "cycle", "kind", "occasion", "address"],
                name="notice_once_per_occasion",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.address}"


class Heartbeat(models.Model):
    """When the sweep last ran to its end; one row, the real clock."""

    swept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self):
        return f"{self.swept_at:%d/%m/%Y %H:%M:%S}"
