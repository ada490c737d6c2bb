"""How a directive hangs together with others: what it carries out, replaces and follows, and what carries it out."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from agencies.models import User
from directives.models import Assignment, Directive, DirectiveState, RequiredAction, State

from .standing import standings, with_standing


@dataclass(frozen=True)
class Other:
    """Another directive; `url` is blank where the person may not open it."""

    number: str
    issuer: str
    subject: str
    state: str
    url: str


@dataclass(frozen=True)
class Pair:
    """An action and the one that it carries out."""

    action: str
    carries_out: str


@dataclass(frozen=True)
class Share:
    """How many agencies of a carrying-out directive have answered what it asks for one action of this one."""

    action: str
    done: int
    total: int


@dataclass(frozen=True)
class CarriedOut:
    """A directive that carries this one out."""

    other: Other
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Follows:
    """All directives that one follows or that follow it; each may be missing."""

    parent: Other | None
    pairs: tuple[Pair, ...]
    replaces: Other | None
    replaced_by: tuple[Other, ...]
    last_time: Other | None
    next_times: tuple[Other, ...]
    carried_out_by: tuple[CarriedOut, ...]

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to show."""
        others = (self.parent, self.replaces, self.replaced_by, self.last_time, self.next_times, self.carried_out_by)
        return not any(others)


def follows(directive: Directive, *, user: User, now: datetime) -> Follows:
    """Read what a directive follows and what follows it, as far as the person may know; of drafts what they see."""
    opened = _Opening(user)
    linked = directive.actions.select_related("carries_out").filter(carries_out__isnull=False)
    return Follows(
        parent=opened.other(directive.parent),
        pairs=tuple(Pair(str(action), str(action.carries_out)) for action in linked),
        replaces=opened.other(directive.supersedes),
        replaced_by=opened.others(directive.superseded_by.all()),
        last_time=opened.other(directive.previous),
        next_times=opened.others(directive.next_ones.filter(supersedes__isnull=True)),
        carried_out_by=_carried_out(directive, opened, now),
    )


class _Opening:
    """Where a person opens other directives: their own pages, else the report of their agency."""

    def __init__(self, user: User):
        self._directives = Directive.objects.visible_to(user)
        self._assignments = Assignment.objects.visible_to(user).order_by("pk")

    def other(self, directive: Directive | None) -> Other | None:
        """Return what is shown of a directive, nothing of none and of a draft the person may not see."""
        if directive is None:
            return None
        url = self._url(directive)
        if directive.is_draft and not url:
            return None
        number = directive.full_number or directive.doc_type
        return Other(number, directive.issuer_name, directive.subject, directive.state, url)

    def others(self, directives) -> tuple[Other, ...]:
        """Return the same of several."""
        return tuple(found for directive in directives if (found := self.other(directive)))

    def _url(self, directive: Directive) -> str:
        if self._directives.filter(pk=directive.pk).exists():
            return reverse("directives:detail", args=[directive.pk])
        own = self._assignments.filter(directive=directive).first()
        return reverse("directives:assignment", args=[own.pk]) if own else ""


def _carried_out(directive: Directive, opened: _Opening, now: datetime) -> tuple[CarriedOut, ...]:
    issued = directive.carried_out_by.exclude(state=DirectiveState.DRAFT).prefetch_related("actions__carries_out")
    children = {child.pk: child for child in issued.order_by("issued_at", "pk")}
    asked = Assignment.objects.filter(directive__in=children).on_board().exclude(state=State.WITHDRAWN)
    rows: dict[int, list[Assignment]] = {pk: [] for pk in children}
    for assignment in with_standing(asked):
        rows[assignment.directive_id].append(assignment)
    return tuple(CarriedOut(opened.other(child), _shares(child, rows[pk], now)) for pk, child in children.items())


def _shares(child: Directive, assignments: list[Assignment], now: datetime) -> tuple[Share, ...]:
    actions = list(child.actions.all())
    done = {action.pk: 0 for action in actions}
    for assignment in assignments:
        for standing in standings(assignment, actions, now=now):
            done[standing.action.pk] += standing.is_done
    linked: list[RequiredAction] = [action for action in actions if action.carries_out]
    return tuple(Share(str(action.carries_out), done[action.pk], len(assignments)) for action in linked)


def report_instead(assignment: Assignment) -> Assignment | None:
    """Return the same agency's report on the directive that took the place of this one's, while one is asked for."""
    if assignment.state != State.WITHDRAWN:
        return None
    newer = Assignment.objects.filter(directive__supersedes=assignment.directive_id, agency=assignment.agency_id)
    return newer.exclude(state=State.WITHDRAWN).filter(parent=None).select_related("directive").first()
