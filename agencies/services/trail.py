"""Write the audit trail."""

from django.db.models import Model

from agencies.models import Agency, Event, User


def record_event(act: str, subject: Model, *, actor: User | None, agency: Agency | None = None, **data) -> Event:
    """Append one line to the audit trail; `data` may hold ids and hashes, never typed text."""
    return Event.objects.create(
        act=act, actor=actor, subject_type=subject._meta.model_name, subject_id=subject.pk, agency=agency, data=data
    )
