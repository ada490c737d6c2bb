"""Which earlier directives a draft follows: the one it carries out, action by action, and the one it replaces."""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from alertdesk.lib.text import fold
from directives.models import Assignment, Directive, DirectiveState, RequiredAction

from .errors import DomainError

NEVER_FOLLOWED = (DirectiveState.DRAFT, DirectiveState.RECALLED)
ALIKE = 0.6  # of the words of two texts in the same order


@dataclass(frozen=True)
class LinkProposal:
    """An action of the parent that an action obviously carries out, and what makes it obvious."""

    action: RequiredAction
    reason: str


def parents_for(directive: Directive, *, actor: User) -> QuerySet[Directive]:
    """Return what a draft may carry out: what its issuer received, and what it or its superior issued and one sees."""
    bodies = Agency.objects.inherited_by([directive.issuer]).values("pk")
    received = Assignment.objects.filter(Q(agency__in=bodies) | Q(responsible_agency__in=bodies)).values("directive")
    issued = Directive.objects.visible_to(actor).filter(Q(issuer__in=bodies) | Q(issuer=directive.issuer.parent_id))
    found = Directive.objects.filter(Q(pk__in=received) | Q(pk__in=issued.values("pk")))
    chosen = Directive.objects.filter(pk=directive.parent_id)
    return (found.exclude(state__in=NEVER_FOLLOWED) | chosen).exclude(pk=directive.pk)


def replaceable_by(directive: Directive) -> QuerySet[Directive]:
    """Return what a draft may replace: what its issuer has in force, and what it was made to replace."""
    bodies = Agency.objects.inherited_by([directive.issuer]).values("pk")
    in_force = Q(issuer__in=bodies, state=DirectiveState.ISSUED)
    return Directive.objects.filter(in_force | Q(pk=directive.supersedes_id)).exclude(pk=directive.pk)


def require_links(directive: Directive, *, actor: User, fields: dict, actions: list[dict]) -> None:
    """Refuse what a draft cannot follow: what it may not choose, itself, or what carries it out in turn."""
    parent, replaced = fields.get("parent"), fields.get("supersedes")
    if parent and _leads_to(parent, directive):
        raise DomainError(_("A directive cannot carry out one that carries it out itself."))
    if parent and not parents_for(directive, actor=actor).filter(pk=parent.pk).exists():
        raise DomainError(_("This directive cannot be chosen as the one that is carried out."))
    if replaced and not replaceable_by(directive).filter(pk=replaced.pk).exists():
        raise DomainError(_("This directive cannot be chosen as the one that is replaced."))
    linked = [action["carries_out"] for action in actions if action.get("carries_out")]
    if any(parent is None or action.directive_id != parent.pk for action in linked):
        raise DomainError(_("An action can only carry out an action of the directive that is carried out."))


def _leads_to(parent: Directive, directive: Directive) -> bool:
    """Whether a directive is among the parents of its parent-to-be, or that itself."""
    seen: set[int] = set()
    while parent and parent.pk not in seen:
        if parent.pk == directive.pk:
            return True
        seen.add(parent.pk)
        parent = parent.parent
    return False


def propose_links(drafted: list[tuple[str, str]], asked: list[RequiredAction]) -> list[LinkProposal | None]:
    """Return, for each drafted (kind, text), the parent's action it obviously carries out: the same words or kind."""
    times = Counter(kind for kind, _text in drafted), Counter(action.kind for action in asked)
    once = {a.kind: a for a in asked if times[0][a.kind] == times[1][a.kind] == 1 and a.kind != a.Kind.GENERAL}
    return [_by_words(text, asked) or _by_kind(once.get(kind)) for kind, text in drafted]


def _by_words(text: str, asked: list[RequiredAction]) -> LinkProposal | None:
    words = fold(text).split()
    alike = [(SequenceMatcher(None, words, fold(action.text).split()).ratio(), action) for action in asked]
    best = max(alike, key=lambda pair: pair[0], default=(0, None))
    return LinkProposal(best[1], _("nearly the same words")) if best[0] >= ALIKE else None


def _by_kind(action: RequiredAction | None) -> LinkProposal | None:
    return LinkProposal(action, _("the only one of this kind in both")) if action else None
