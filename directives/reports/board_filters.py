"""The board's filters: read from the URL, matched against rows, written back into links."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from agencies.models import Agency
from alertdesk.lib.text import fold, sort_key, squeeze
from directives.models import OWING, REPORTED, State

SORTS = ("lateness", "name", "progress")
BY_ACTION = "action-"
# From done to not begun: the bar reads this way, a column sorts the other way round.
BAR_ORDER = (
    "accepted", "accepted_partly", "nil", "not_applicable", "submitted", "ok", "answered", "awaiting_approval",
    "in_progress", "returned", "not_started", "sent", "lapsed", "withdrawn",
)  # fmt: skip
CLOSED_CELLS = ("lapsed", "withdrawn")

# What a number on another page counts, where it is more than one state.
STATES_TOGETHER = {"owing": OWING, "reported": REPORTED}


@dataclass(frozen=True)
class Filters:
    """What the board is narrowed to; empty values do not narrow.

    `action` is an action's id; `sort` one of SORTS or "action-" with an action's position.
    """

    q: str = ""
    state: str = ""
    kind: str = ""
    late: bool = False
    action: int | None = None
    cell: str = ""
    sort: str = "lateness"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filters":
        """Read filters from a query string's mapping; what makes no sense is left out, never an error."""
        action, sort = query.get("action", ""), query.get("sort", "")
        return cls(
            q=squeeze(query.get("q", ""))[:100],
            state=_known(query.get("state", ""), (*State.values, *STATES_TOGETHER)),
            kind=_known(query.get("kind", ""), Agency.Kind.values),
            late=query.get("late", "") == "1",
            action=int(action) if action.isascii() and action.isdecimal() and len(action) < 19 else None,
            cell=query.get("cell", "")[:20],
            sort=sort if sort in SORTS or _action_position(sort) else "lateness",
        )

    def with_changes(self, **changes) -> str:
        """Return the query string of these filters with some changed, without the ones that do not narrow."""
        return replace(self, **changes).query_string

    @property
    def query_string(self) -> str:
        """The filters as they stand in a link, without the question mark."""
        values = {"q": self.q, "state": self.state, "kind": self.kind, "late": "1" if self.late else ""}
        values |= {"action": self.action or "", "cell": self.cell, "sort": "" if self.sort == "lateness" else self.sort}
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def is_narrowing(self) -> bool:
        """Whether any row may be hidden."""
        return bool(self.q or self.state or self.kind or self.late or self.cell)


@dataclass(frozen=True)
class Choice:
    """One value a filter can take, how many rows it would leave, and the link to it."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query_string: str


def matches(row, filters: Filters) -> bool:
    """Whether a board row passes the filters."""
    return (
        (not filters.state or row.state in STATES_TOGETHER.get(filters.state, (filters.state,)))
        and (not filters.kind or row.kind == filters.kind)
        and (not filters.late or row.late)
        and _cell_matches(row, filters)
        and all(word in row.search_text for word in fold(filters.q).split())
    )


def ordered(rows: list, sort: str) -> list:
    """Sort rows: most late first, by name in Vietnamese order, least progress first, or by how far one action is."""
    position = _action_position(sort)
    if position:
        return sorted(rows, key=lambda row: _action_key(row, position))
    return sorted(rows, key=_SORT_KEYS[sort])


def state_choices(rows: list, filters: Filters) -> tuple[Choice, ...]:
    """Return the states that rows have, counted under the other filters."""
    present = {row.state for row in rows} | {filters.state}
    together = [("owing", _("Not yet reported")), ("reported", _("Reported"))]
    options = [("", _("All states")), *together, *((s.value, s.label) for s in State if s.value in present)]
    return _choices(rows, filters, "state", options)


def kind_choices(rows: list, filters: Filters) -> tuple[Choice, ...]:
    """Return the kinds of agency that rows have, counted under the other filters."""
    present = {row.kind for row in rows} | {filters.kind}
    options = [("", _("All agencies")), *((k.value, k.label) for k in Agency.Kind if k.value in present)]
    return _choices(rows, filters, "kind", options)


def late_choice(rows: list, filters: Filters) -> Choice:
    """Return the switch to late rows only."""
    count = sum(matches(row, replace(filters, late=True)) for row in rows)
    return Choice("1", _("Late only"), count, filters.late, filters.with_changes(late=not filters.late))


def sort_choices(filters: Filters, count: int, positions: list[int]) -> tuple[Choice, ...]:
    """Return the orders the board can stand in, one for each action among them."""
    labels = {"lateness": _("Most late first"), "name": _("By name"), "progress": _("Least progress first")}
    labels |= {f"{BY_ACTION}{n}": _("Action %(number)s, furthest behind first") % {"number": n} for n in positions}
    return tuple(
        Choice(sort, label, count, filters.sort == sort, filters.with_changes(sort=sort))
        for sort, label in labels.items()
    )


def _action_position(sort: str) -> int:
    """Return which action a sort goes by, 0 for the other orders."""
    number = sort.removeprefix(BY_ACTION)
    is_position = sort.startswith(BY_ACTION) and number.isascii() and number.isdecimal() and len(number) < 4
    return int(number) if is_position else 0


def _action_key(row, position: int) -> tuple:
    """Put what is late first, then what is least far; what is no longer asked for comes last."""
    cell = next((cell for cell in row.cells if cell.position == position), None)
    if cell is None:
        return (sort_key(row.name),)
    closed = cell.code in CLOSED_CELLS
    return (closed, not cell.late, -cell.days_late, -BAR_ORDER.index(cell.code), sort_key(row.name))


def _known(value: str, values) -> str:
    return value if value in values else ""


def _cell_matches(row, filters: Filters) -> bool:
    if not filters.cell:
        return True
    return any(
        cell.code == filters.cell for cell in row.cells if filters.action is None or cell.action_id == filters.action
    )


def _choices(rows, filters, name, options) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value,
            str(label),
            sum(matches(row, replace(filters, **{name: value})) for row in rows),
            getattr(filters, name) == value,
            filters.with_changes(**{name: value}),
        )
        for value, label in options
    )


_SORT_KEYS = {
    "lateness": lambda row: (not row.late, -row.days_late, not row.owes, row.due_at, row.done, sort_key(row.name)),
    "name": lambda row: sort_key(row.name),
    "progress": lambda row: (row.done, not row.late, sort_key(row.name)),
}
