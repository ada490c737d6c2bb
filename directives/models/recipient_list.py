"""A choice of recipients that a desk keeps under a name and uses again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Role


class RecipientListQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The lists of the person's desks and of the bodies whose work these took over."""
        return self.filter(owner__in=Agency.objects.inherited_by(user.agencies_as(Role.STAFF)).values("pk"))


class RecipientList(models.Model):
    """Agencies chosen together before, in no order; those that have ended since stay in it."""

    owner = models.ForeignKey(Agency, models.PROTECT, related_name="recipient_lists")
    name = models.CharField(_("name of the list"), max_length=100)
    agencies = models.ManyToManyField(Agency, related_name="+")

    objects = RecipientListQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient list")
        verbose_name_plural = _("recipient lists")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="recipient_list_once_per_name",
                violation_error_message=_("A list of this name exists already."),
            ),
        ]

    def __str__(self):
        return self.name
