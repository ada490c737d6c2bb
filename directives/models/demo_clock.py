"""Where the demo story's clock stands; unused outside the demo."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoClock(models.Model):
    """The moment the demo stands at; one row."""

    now = models.DateTimeField()

    class Meta:
        verbose_name = _("demo clock")
        verbose_name_plural = _("demo clocks")

    def __str__(self):
        return f"{self.now:%d/%m/%Y %H:%M}"
