"""A stored file: random place on disk, its own name and fingerprint in the database."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alertdesk.lib import clock


def random_place(instance, filename: str) -> str:
    """Return a storage path that says nothing about the file; the name people see is in the row."""
    token = secrets.token_hex(24)
    return f"{token[:2]}/{token[2:4]}/{token}"


class StoredFile(models.Model):
    """What every kept file has: its shown name, size in bytes, SHA-256, checked type, who brought it and when."""

    file = models.FileField(upload_to=random_place, max_length=120)
    name = models.CharField(_("file name"), max_length=150)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name
