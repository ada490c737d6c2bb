"""Set how an agency heads, words and signs its papers."""

from django.db import IntegrityError, transaction
from django.db.models import F

from agencies.models import Agency, Letterhead, User
from agencies.permissions import letterheads_kept_by
from alertdesk.lib import clock

from .trail import record_event


class NotLetterheadKeeper(Exception):
    """The person may not set this agency's letterhead."""


class LetterheadChanged(Exception):
    """Someone else has changed it since the person saw it; nothing was written."""


@transaction.atomic
def change_letterhead(agency: Agency, *, actor: User, version: int, values: dict) -> list[str]:
    """Set an agency's Letterhead.FIELDS as they were seen in `version`, 0 before the first; return which changed.

    Raises LetterheadChanged when it has another version by now.
    """
    if not letterheads_kept_by(actor).filter(pk=agency.pk).exists():
        raise NotLetterheadKeeper
    stored = Letterhead.objects.filter(agency=agency).first() or Letterhead(agency=agency)
    if stored.version != version:
        raise LetterheadChanged
    fields = [field for field in Letterhead.FIELDS if getattr(stored, field) != values[field]]
    if fields:
        changed = {field: values[field] for field in fields} | {"changed_at": clock.now(), "changed_by": actor}
        stored = _create(agency, changed) if stored.pk is None else _update(stored, version, changed)
        record_event("letterhead_change", stored, actor=actor, agency=agency, fields=fields)
    return fields


def _create(agency: Agency, values: dict) -> Letterhead:
    try:
        with transaction.atomic():
            return Letterhead.objects.create(agency=agency, version=1, **values)
    except IntegrityError as error:
        raise LetterheadChanged from error


def _update(stored: Letterhead, version: int, values: dict) -> Letterhead:
    if not Letterhead.objects.filter(pk=stored.pk, version=version).update(version=F("version") + 1, **values):
        raise LetterheadChanged
    return stored
