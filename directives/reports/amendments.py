"""How an issued directive was changed: each amendment with its differences, word by word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alertdesk.lib.differences import Piece, differences
from directives.models import Amendment, Directive, RequiredAction, ReviewItem, State, Verdict
from directives.templatetags.alertdesk import vn_datetime

LABELS = {
    "deadline": gettext_lazy("Deadline for the reports"),
    "preamble": gettext_lazy("Opening"),
    "closing": gettext_lazy("Closing"),
    "contacts": gettext_lazy("Support contacts"),
    "title": gettext_lazy("Short title"),
    "text": gettext_lazy("Full text"),
    "evidence_rule": gettext_lazy("Evidence"),
    "due_at": gettext_lazy("Its own deadline"),
    "added": gettext_lazy("Added"),
}
MOMENTS = ("deadline", "due_at")
PROSE = ("preamble", "closing", "contacts", "title", "text")


@dataclass(frozen=True)
class Difference:
    """One thing that reads differently; `position` is the action's number, None for the directive itself."""

    what: str
    label: str
    position: int | None
    pieces: tuple[Piece, ...]

    @property
    def is_added(self) -> bool:
        """Whether the whole action is new."""
        return self.what == "added"


@dataclass(frozen=True)
class AmendmentRead:
    """One amendment as it is shown."""

    number: int
    document_number: str
    document_on: date | None
    reason: str
    at: datetime
    who: str
    differences: tuple[Difference, ...]

    @property
    def has_added(self) -> bool:
        """Whether it added an action."""
        return any(difference.is_added for difference in self.differences)


def amendments_of(directive: Directive) -> tuple[AmendmentRead, ...]:
    """List the amendments of a directive, newest first."""
    rows = directive.amendments.select_related("made_by").order_by("-position")
    return tuple(_read(row, row.changes) for row in rows)


def reopened_in(directive: Directive) -> frozenset[int]:
    """Return the assignments that an amendment opened again: returned, and nothing was found insufficient."""
    returned = directive.assignments.filter(state=State.RETURNED)
    asked = ReviewItem.objects.filter(
        verdict=Verdict.MORE, review__decided_at__isnull=False, item__submission__assignment__directive=directive
    )
    current = asked.filter(item__submission=F("item__submission__assignment__submission"))
    found = current.values_list("item__submission__assignment", flat=True)
    return frozenset(returned.exclude(pk__in=found).values_list("pk", flat=True))


def amendments_of_action(directive: Directive, position: int) -> tuple[AmendmentRead, ...]:
    """List the amendments that touched one action, newest first, each with what concerns it."""
    rows = directive.amendments.select_related("made_by").order_by("-position")
    found = [(row, [change for change in row.changes if change["action"] == position]) for row in rows]
    return tuple(_read(row, changes) for row, changes in found if changes)


def _read(row: Amendment, changes: Iterable[dict]) -> AmendmentRead:
    return AmendmentRead(
        number=row.position,
        document_number=row.document_number,
        document_on=row.document_on,
        reason=row.reason,
        at=row.made_at,
        who=str(row.made_by),
        differences=differences_of(changes),
    )


def differences_of(changes: Iterable[dict]) -> tuple[Difference, ...]:
    """Return the changes of an amendment (`Amendment.changes`) as a person reads them."""
    return tuple(
        Difference(
            what=change["what"],
            label=str(LABELS[change["what"]]),
            position=change["action"],
            pieces=_pieces(change["what"], change["before"], change["after"]),
        )
        for change in changes
    )


def _pieces(what: str, before, after) -> tuple[Piece, ...]:
    """Compare prose word by word; a moment or a choice is replaced as a whole."""
    if what in PROSE:
        return differences(_shown(what, before), _shown(what, after))
    pieces = (Piece(_shown(what, before), "del"), Piece(_shown(what, after), "ins"))
    return tuple(piece for piece in pieces if piece.text)


def _shown(what: str, value) -> str:
    if what in MOMENTS:
        return vn_datetime(datetime.fromisoformat(value)) if value else _("as for the whole directive")
    if what == "evidence_rule":
        return str(RequiredAction.EvidenceRule(value).label)
    if what == "contacts":
        return "\n".join(_contact(contact) for contact in value)
    return value


def _contact(contact: dict) -> str:
    reached = ", ".join([*contact.get("phones", ()), *contact.get("emails", ())])
    return ": ".join(part for part in (contact.get("name"), reached) if part)
