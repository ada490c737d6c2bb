"""Make a new draft of an issued directive: for the next holiday, or to take its place."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import Agency, Role, User
from agencies.services.succession import heir_of
from agencies.services.trail import record_event
from alertdesk.lib import clock
from alertdesk.lib.public_holidays import reworded, shifted
from directives.models import CalendarOverride, Directive, DirectiveState, RequiredAction, State, Vulnerability
from directives.permissions import is_staff_of

from .errors import DomainError, NotAllowed
from .recipients import match_recipients

KEPT = (
    "issuer_parent_name", "issuer_name", "doc_type", "symbol", "place", "addressees", "copies", "contacts",
    "signer_authority", "signer_title", "signer_name", "urgency",
)  # fmt: skip
TEXTS = ("subject", "preamble", "closing")
ACTION_TEXTS = ("title", "text")
WEAKNESS = ("cve", "product_line", "impact", "cvss", "exploited_since", "fix")
NOT_NOW = gettext_lazy("Only a directive that was issued can be drafted again, and replaced only while it runs.")
MAY_BE_CLONED = (DirectiveState.ISSUED, DirectiveState.CLOSED)


@transaction.atomic
def clone_directive(directive: Directive, *, actor: User, deadline: datetime, words: Mapping[str, str]) -> Directive:
    """Draft the directive of the next holiday: the same texts with the holiday's `words` (old → new) in them.

    Actions keep their distance to the deadline in working days. Number, day, the letters it carries out, the
    weaknesses and the files belong to last time and are left out; the draft lists what is to be checked.
    """
    directive = _held(directive, actor, MAY_BE_CLONED)
    same = directive.next_ones.filter(state=DirectiveState.DRAFT, deadline=deadline, supersedes__isnull=True)
    if same.exists():
        raise DomainError(_("There is a draft for this holiday already; go on with that one."))
    here = deadline.astimezone(clock.ZONE)
    texts = {name: reworded(getattr(directive, name), words) for name in TEXTS}
    dates = {"deadline": deadline, "month": here.month, "year": here.year}
    clone = _copy(directive, actor, **texts, **dates, previous=directive, unread=_to_check(directive, words))
    overrides = CalendarOverride.objects.as_mapping()
    for action in directive.actions.all():
        due_at = action.due_at and shifted(action.due_at, directive.deadline, deadline, overrides)
        _copy_action(action, clone, due_at=due_at, **{n: reworded(getattr(action, n), words) for n in ACTION_TEXTS})
    record_event("clone", clone, actor=actor, agency=clone.issuer, source=directive.pk)
    return clone


@transaction.atomic
def draft_replacement(directive: Directive, *, actor: User) -> Directive:
    """Draft a directive that takes the place of an issued one when it is issued itself: the same texts and dates.

    What was reported on the one replaced is then last time's, so that nobody has to write it again.
    """
    directive = _held(directive, actor, (DirectiveState.ISSUED,))
    if directive.superseded_by.filter(state=DirectiveState.DRAFT).exists():
        raise DomainError(_("There is a draft that replaces this directive already; go on with that one."))
    same = ("subject", "preamble", "closing", "based_on", "deadline", "duty_from", "duty_to", "parent")
    today = clock.today()
    links = {name: getattr(directive, name) for name in same}
    clone = _copy(
        directive, actor, **links, month=today.month, year=today.year, supersedes=directive, previous=directive
    )
    for action in directive.actions.prefetch_related("vulnerabilities"):
        made = _copy_action(action, clone, due_at=action.due_at, carries_out=action.carries_out)
        rows = [{name: getattr(flaw, name) for name in WEAKNESS} for flaw in action.vulnerabilities.all()]
        Vulnerability.objects.bulk_create(Vulnerability(action=made, **row) for row in rows)
    record_event("clone", clone, actor=actor, agency=clone.issuer, source=directive.pk)
    return clone


def _held(directive: Directive, actor: User, states: tuple) -> Directive:
    """Return the directive as it is now, held so that a second click finds the first one's draft."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    directive = Directive.objects.select_for_update().get(pk=directive.pk)
    if directive.state not in states:
        raise DomainError(NOT_NOW)
    return directive


def _copy(directive: Directive, actor: User, **fields) -> Directive:
    issuer = _issuer_now(directive, actor)
    kept = {name: getattr(directive, name) for name in KEPT}
    if issuer.pk != directive.issuer_id:
        kept["issuer_name"] = issuer.name_on(clock.today()).name.upper()
    recipients = _recipients(directive, issuer)
    return Directive.objects.create(issuer=issuer, created_by=actor, **kept, **recipients, **fields)


def _copy_action(action: RequiredAction, clone: Directive, **fields) -> RequiredAction:
    kept = {name: getattr(action, name) for name in ("position", "title", "text", "kind", "evidence_rule")}
    return RequiredAction.objects.create(directive=clone, **{**kept, **fields})


def _issuer_now(directive: Directive, actor: User) -> Agency:
    """Return the issuing body, or the one of the person's that took its work over."""
    bodies = actor.agencies_as(Role.STAFF)
    if directive.issuer in bodies:
        return directive.issuer
    inherited = (body for body in bodies if directive.issuer in Agency.objects.inherited_by([body]))
    return next(inherited, directive.issuer)


def _recipients(directive: Directive, issuer: Agency) -> dict:
    """Return who is left out of Kính gửi and who is added, so that everybody asked last time is asked again.

    An agency that has ended gives way to the one that took its work over.
    """
    today = clock.today()
    asked = directive.assignments.on_board().exclude(state=State.WITHDRAWN).select_related("agency")
    agencies = [*(a.agency for a in asked), *Agency.objects.filter(pk__in=directive.added).order_by("pk")]
    heirs = list(dict.fromkeys(heir_of(agency, today).pk for agency in agencies))
    matches = match_recipients(directive.addressees, issuer=issuer, day=today)
    named = {agency.pk for match in matches for agency in match.agencies}
    return {
        "left_out": [pk for pk in directive.left_out if pk not in heirs],
        "added": [pk for pk in heirs if pk not in named],
    }


def _to_check(directive: Directive, words: Mapping[str, str]) -> list[str]:
    """Return what of last time's text is likely to be wrong this time."""
    flaws = Vulnerability.objects.filter(action__directive=directive).count()
    letters = ", ".join(letter["number"] for letter in directive.based_on)
    years = _years_named(directive, words)
    lines = [
        (letters, _("The letters it carries out are last time's: %(letters)s. Name this time's, also in the opening.")),
        (flaws, _weaknesses_left_out(flaws)),
        (years, _("Years are named in: %(years)s. Check whether they still fit.")),
        (directive.files.exists(), _("The files of last time are not attached again.")),
    ]
    return [line % {"letters": letters, "years": years} for applies, line in lines if applies]


def _weaknesses_left_out(count: int) -> str:
    return ngettext(
        "%(count)s vulnerability named last time is not copied; add what is warned of now.",
        "%(count)s vulnerabilities named last time are not copied; add what is warned of now.",
        count,
    ) % {"count": count}


def _years_named(directive: Directive, words: Mapping[str, str]) -> str:
    """Return the places whose text, in its new words, names a year."""
    places = [(_("the subject"), directive.subject), (_("the opening"), directive.preamble)]
    places += [(_("action %(number)s") % {"number": a.position}, a.text) for a in directive.actions.all()]
    places.append((_("the closing"), directive.closing))
    # The new words may name a year themselves, so they are left out.
    bare = dict.fromkeys(words, "")
    return ", ".join(str(place) for place, text in places if re.search(r"\b20\d\d\b", reworded(text, bare)))
