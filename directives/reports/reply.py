"""What an agency's official reply says: its answers while it works, what it sent afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from agencies.models import Agency, AgencyName, Letterhead
from alertdesk.lib import clock
from alertdesk.lib.text import fold, squeeze
from directives.models import (
    OWING,
    ROW_TYPES,
    Answer,
    Assignment,
    Directive,
    RequiredAction,
    SubmissionItem,
    Unit,
    WeaknessRow,
    units_below,
)

from .roster import Line, read_shifts
from .standing import evidence_of

# Which system has which weakness goes on no paper: machines are told by product line.
ON_PAPER = frozenset(ROW_TYPES) - {WeaknessRow.row_type()}


@dataclass(frozen=True)
class ReplyItem:
    """What is said about one required action; counts are None where none was given, `rows` are as they are kept."""

    position: int
    title: str
    kind: str
    status: str
    note: str
    total: int | None
    done: int | None
    extra: int | None
    reference: str
    evidence: tuple[str, ...]
    rows: tuple[dict, ...]


@dataclass(frozen=True)
class Reply:
    """An assignment's answers as they go on paper, with the names in force when the directive was issued."""

    assignment: Assignment
    directive: Directive
    issuer_name: str
    author_name: str
    agency_name: str
    agency_kind: str
    agency_place: str
    agency_symbol: str
    parent_name: str
    parent_short_name: str
    items: tuple[ReplyItem, ...]
    units: tuple[Unit, ...]
    duty: tuple[Line, ...]
    letterhead: Letterhead | None = None


def reply(assignment: Assignment) -> Reply:
    """Read one assignment's reply, in eight queries: asking for a paper that was printed before costs no more."""
    loaded = (
        Assignment.objects.select_related(
            "directive__issuer__parent", "agency__parent", "agency__letterhead", "submission"
        )
        .defer("submission__snapshot", "directive__source_text", "directive__source_marks")
        .get(pk=assignment.pk)
    )
    directive, agency = loaded.directive, loaded.agency
    prefetch_related_objects([*_bodies(directive.issuer, agency)], "names")
    day = directive.reference_day
    own, above = agency.name_on(day), agency.parent.name_on(day) if agency.parent else None
    issuer = directive.issuer.name_on(day)
    said = {row.action_id: row for row in _rows(loaded)}
    items = tuple(_item(action, said.get(action.pk)) for action in directive.actions.all())
    return Reply(
        assignment=loaded,
        directive=directive,
        issuer_name=issuer.name if issuer else directive.issuer_name,
        author_name=_author_name(directive, issuer),
        agency_name=loaded.agency_name,
        agency_kind=agency.kind,
        agency_place=agency.place,
        agency_symbol=own.symbol if own else "",
        parent_name=above.name if above else "",
        parent_short_name=above.short_name if above else "",
        items=items,
        units=_units(loaded, items),
        duty=read_shifts(loaded.shifts.all(), None, now=clock.now()).lines,
        letterhead=getattr(agency, "letterhead", None),
    )


def _units(assignment: Assignment, items: tuple[ReplyItem, ...]) -> tuple[Unit, ...]:
    """Return the units below the agency, where an action asks about them."""
    asking = [item for item in items if item.kind == RequiredAction.Kind.CASCADE]
    rows = (row for item in asking for row in item.rows)
    return tuple(units_below(rows, assignment.children.order_by("position"))) if asking else ()


def _author_name(directive: Directive, issuer: AgencyName | None) -> str:
    """Return whom a citation names: the body above the issuer where the document is that body's own."""
    parent = directive.issuer.parent
    above = parent.name_on(directive.reference_day) if parent else None
    if above and fold(directive.issuer_name) in above.spellings():
        return above.name
    return issuer.name if issuer else directive.issuer_name


def _bodies(*agencies: Agency) -> Iterator[Agency]:
    """Yield agencies and those above them."""
    for agency in agencies:
        yield agency
        if agency.parent:
            yield agency.parent


def _rows(assignment: Assignment):
    """Return the rows that the paper speaks from."""
    if assignment.state in OWING or assignment.submission is None:
        return assignment.answers.prefetch_related("evidence")
    return assignment.submission.items.prefetch_related("evidence")


def _whole_title(action) -> str:
    """Return a title as a paper gives it: one that was cut from the text is its first line, uncut."""
    first = squeeze(action.text.strip().partition("\n")[0]).rstrip(" .;:")
    cut = action.title.removesuffix("…")
    return first if cut != action.title and first.startswith(cut) else action.title


def _item(action, said: Answer | SubmissionItem | None) -> ReplyItem:
    said = said or Answer(action=action)
    return ReplyItem(
        position=action.position,
        title=_whole_title(action),
        kind=action.kind,
        status=str(said.status),
        note=said.note,
        total=said.total,
        done=said.done,
        extra=said.extra,
        reference=said.reference,
        evidence=tuple(file.name for file in evidence_of(said)),
        rows=tuple(row for row in said.rows if row.get("row") in ON_PAPER),
    )
