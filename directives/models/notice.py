"""The outbox: why someone is told (Notice) and the one message that carries it (Delivery), apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .assignment import Assignment


class DeliveryQuerySet(models.QuerySet):
    """Messages by what became of them, and by who reads them in the app."""

    def refused(self):
        """Messages that were refused for good and wait for a person."""
        return self.filter(state=Delivery.State.DEAD)

    def shown_to(self, user):
        """Messages that the person finds in the app."""
        shown = {"channel": Delivery.Channel.IN_APP, "state": Delivery.State.SENT}
        return self.filter(address=user.email, **shown)

    def unread(self):
        """Messages in the app that nobody has marked as read."""
        return self.filter(channel=Delivery.Channel.IN_APP, state=Delivery.State.SENT, read_at=None)


class Delivery(models.Model):
    """One message to one address by one channel; it may carry several notices. Leases use the database's clock."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Refused")
        CANCELLED = "cancelled", _("No longer needed")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        IN_APP = "in_app", _("In the app")

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
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state__in=["pending", "sending"]), name="delivery_open"
            ),
            models.Index(
                fields=["address"], condition=Q(channel="in_app", state="sent", read_at=None), name="delivery_unread"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(channel="in_app"),
                name="delivery_read_in_app",
                violation_error_message=_("Only what is shown in the app can be marked as read."),
            ),
        ]

    def __str__(self):
        return f"{self.address} · {self.get_state_display()}"


class Notice(models.Model):
    """Why an address is told something about an assignment, once per channel; the occasion is a day in Vietnam.

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
        ESCALATED = "escalated", _("Told the head of the agency")
        ACCEPTED = "accepted", _("Report acknowledged")
        ROSTER = "roster", _("Duty roster before the holiday")
        CHECK_IN = "check_in", _("Confirming to be on duty")
        POST_HOLIDAY = "post_holiday", _("First working day after the holiday")
        ALSO_OPEN = "also_open", _("Listed in a reminder about another report")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notices")
    cycle = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    occasion = models.DateField(_("occasion"))
    address = models.EmailField(_("address"))
    channel = models.CharField(_("channel"), max_length=10, choices=Delivery.Channel, default=Delivery.Channel.EMAIL)
    planned_at = models.DateTimeField(_("planned at"))
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="notices")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "cycle", "kind", "occasion", "address", "channel"],
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
