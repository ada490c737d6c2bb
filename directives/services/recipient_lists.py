"""Keep a choice of recipients under a name, use it again, drop it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.services.succession import heir_of
from agencies.services.trail import record_event
from alertdesk.lib.text import squeeze
from directives.models import Directive, RecipientList
from directives.permissions import is_staff_of

from .errors import Incomplete, NotAllowed

LONGEST_NAME = 100


@dataclass(frozen=True)
class ListToday:
    """A saved list on a day: who of it is in force, who stands in for one that has ended, and who nobody follows."""

    agencies: tuple[Agency, ...]
    replaced: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]


def lists_of(issuer: Agency):
    """Return the lists of a body and of those whose work it took over."""
    return RecipientList.objects.filter(owner__in=Agency.objects.inherited_by([issuer]).values("pk"))


@transaction.atomic
def keep_list(directive: Directive, *, actor: User, name: str, agencies: list[Agency]) -> RecipientList:
    """Save the agencies under a name for the directive's issuer; a list of that name becomes this one."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    name = squeeze(name)
    if not name or len(name) > LONGEST_NAME:
        raise Incomplete(_("Give the list a name of up to 100 letters."))
    if not agencies:
        raise Incomplete(_("Choose agencies first; the list is empty."))
    kept, _is_new = RecipientList.objects.get_or_create(owner=directive.issuer, name=name)
    kept.agencies.set(agencies)
    record_event("keep_list", kept, actor=actor, agency=kept.owner, agencies=sorted(a.pk for a in agencies))
    return kept


@transaction.atomic
def drop_list(kept: RecipientList, directive: Directive, *, actor: User) -> None:
    """Throw a saved list away; directives that used it keep their recipients."""
    if not is_staff_of(actor, directive) or not lists_of(directive.issuer).filter(pk=kept.pk).exists():
        raise NotAllowed
    record_event("drop_list", kept, actor=actor, agency=kept.owner)
    kept.delete()


def list_on(kept: RecipientList, day: date) -> ListToday:
    """Return who of a list can be chosen on a day; an agency that has ended gives way to who took over from it."""
    in_force = set(Agency.objects.in_force_on(day).values_list("pk", flat=True))
    found, replaced, gone = {}, [], []
    for agency in kept.agencies.prefetch_related("names").order_by("pk"):
        heir = agency if agency.pk in in_force else heir_of(agency, day)
        if heir.pk not in in_force:
            gone.append(str(agency))
            continue
        found[heir.pk] = heir
        if heir != agency:
            replaced.append((str(agency), heir.name_on(day).name))
    return ListToday(tuple(found.values()), tuple(replaced), tuple(gone))
