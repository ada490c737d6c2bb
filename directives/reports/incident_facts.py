"""What an incident's reports say, part by part: the labels of the forms with what was written."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from alertdesk.lib import clock
from directives.models import Incident
from directives.models.incident_report import FORM_03, FORM_04, TICKS

IN_THE_HEAD = ("agency", "assignment")


@dataclass(frozen=True)
class Fact:
    """One field with its value in words."""

    label: str
    value: str


@dataclass(frozen=True)
class Part:
    """One part of a report; `is_open` says whether it always stands open."""

    title: str
    facts: tuple[Fact, ...]
    is_open: bool


def parts_of(incident: Incident) -> tuple[Part, ...]:
    """Return the parts of both reports without what stays blank; the closing report comes first once there is one."""
    closing = Part(_("Closing report (form 04)"), _facts(incident, FORM_04), is_open=True)
    parts = [Part(str(title), _facts(incident, names), is_open) for title, names, is_open in FORM_03]
    return tuple(part for part in (closing, *parts) if part.facts)


def _facts(incident: Incident, names) -> tuple[Fact, ...]:
    shown = (name for name in names if name not in IN_THE_HEAD)
    found = ((incident._meta.get_field(name), _value(incident, name)) for name in shown)
    return tuple(Fact(str(field.verbose_name), value) for field, value in found if value)


def _value(incident: Incident, name: str) -> str:
    """Return a field in words, nothing where it is blank."""
    value = getattr(incident, name)
    if name in TICKS:
        return ", ".join(str(TICKS[name](code).label) for code in value if code in TICKS[name].values)
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, datetime):
        return f"{value.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"
    field = incident._meta.get_field(name)
    if isinstance(field, models.DateField):
        return f"{value:%d/%m/%Y}" if value else ""
    return str(getattr(incident, f"get_{name}_display")()) if field.choices and value else str(value or "")
