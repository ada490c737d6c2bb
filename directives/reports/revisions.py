"""How an answer came to say what it says: each save beside the one before it, field by field and row by row."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alertdesk.lib.differences import Piece, differences
from directives.models import ROW_TYPES, Answer, AnswerRevision, Submission

from .checklist import figures
from .row_tables import words_of


@dataclass(frozen=True)
class Change:
    """One thing that reads differently: what it is called, the old words struck out and the new ones."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class RowChange:
    """One row that was added, removed or changed (`kind`), with the cells that read differently."""

    title: str
    kind: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Revision:
    """One save of an answer: when, by whom, how, and what it changed."""

    at: datetime
    who: str
    origin: str
    changes: tuple[Change, ...]
    rows: tuple[RowChange, ...]


def revisions(answer: Answer, found: Iterable[AnswerRevision]) -> tuple[Revision, ...]:
    """Read revisions of an answer, given newest first without a gap; one query more for the one before them."""
    found = list(found)
    if not found:
        return ()
    before = answer.revisions.filter(version__lt=found[-1].version).last()
    kind = answer.action.kind
    return tuple(_revision(kind, old, new) for new, old in pairwise([*found, before or AnswerRevision(note="")]))


def _revision(kind: str, old: AnswerRevision, new: AnswerRevision) -> Revision:
    origin = new.get_origin_display()
    return Revision(
        new.saved_at, str(new.saved_by), str(origin), _changes(kind, old, new), row_changes(old.rows, new.rows)
    )


def _changes(kind: str, old: AnswerRevision, new: AnswerRevision) -> tuple[Change, ...]:
    counts = zip(figures(kind, old), figures(kind, new), strict=True)
    found = [
        _whole(_("Result"), old.get_status_display() if old.pk else "", new.get_status_display()),
        *(_whole(after.label, _shown(before.value), _shown(after.value)) for before, after in counts),
        Change(_("Note"), differences(old.note, new.note) if old.note != new.note else ()),
    ]
    return tuple(change for change in found if change.pieces)


def row_changes(before: Iterable[dict], after: Iterable[dict]) -> tuple[RowChange, ...]:
    """Compare two lists of kept rows (`AnswerRow.to_dict`); rows of one name belong together, one after another."""
    old, new = _by_name(before), _by_name(after)
    found = [_row_change(key, old.get(key), new.get(key)) for key in {**new, **old}]
    return tuple(change for change in found if change.changes or change.kind != "changed")


def _by_name(rows: Iterable[dict]) -> dict[tuple, dict]:
    found: dict[tuple, dict] = {}
    times: dict[tuple, int] = defaultdict(int)
    for values in rows:
        if model := ROW_TYPES.get(values.get("row")):
            name = str(model(**{field: values.get(field) for field in model.FIELDS}))
            times[model, name] += 1
            found[model, name, times[model, name]] = values
    return found


def _row_change(key: tuple, old: dict | None, new: dict | None) -> RowChange:
    model, name, _place = key
    columns = [model._meta.get_field(field) for field in model.FIELDS]
    cells = [(str(capfirst(c.verbose_name)), *(_cell(c, values) for values in (old, new))) for c in columns]
    kind = "changed" if old and new else "added" if new else "removed"
    told = name.split(" · ") if kind != "changed" else ()  # the title says it
    changes = (_whole(*cell) for cell in cells if cell[1] != cell[2] and (cell[1] or cell[2]) not in told)
    return RowChange(f"{capfirst(model._meta.verbose_name)}: {name}", kind, tuple(changes))


def _cell(column, values: dict | None) -> str:
    """Return a cell in words; what is blank or simply not ticked says nothing."""
    value = values.get(column.name) if values else None
    return "" if value is None or value is False or value == "" else words_of(column, value)


def _whole(label: str, old: str, new: str) -> Change:
    pieces = (Piece(old, "del"), Piece(new, "ins")) if old != new else ()
    return Change(str(label), tuple(piece for piece in pieces if piece.text))


def _shown(value) -> str:
    return "" if value is None else str(value)


def stands_on_last_time(answer: Answer) -> bool:
    """Whether the answer was started from last time's result and nothing has been changed in it since."""
    return _unchanged(answer.revisions.all())


def based_on_last_time(submission: Submission) -> frozenset[int]:
    """Return the ids of the actions that a report answers as last time's result was taken over, nothing changed."""
    if submission.is_recorded:
        return frozenset()
    found = defaultdict(list)
    kept = AnswerRevision.objects.filter(
        answer__assignment=submission.assignment_id, saved_at__lte=submission.submitted_at
    )
    for revision in kept.select_related("answer"):
        found[revision.answer.action_id].append(revision)
    return frozenset(action for action, saves in found.items() if _unchanged(saves))


def _unchanged(saves: Iterable[AnswerRevision]) -> bool:
    """Whether the newest of the saves, given oldest first, says what the last one out of last time's result said."""
    newest = start = None
    for newest in saves:
        start = newest if newest.origin == AnswerRevision.Origin.LAST_TIME else start
    return bool(start) and newest.says_as(start)
