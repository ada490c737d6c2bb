"""An answer that starts from last time's result: filled in where nothing is typed yet, and saved by nobody."""

from datetime import date

from django.http import QueryDict

from alertdesk.lib.text import fold
from directives.models import ROWS, Answer, AnswerRow, FindingRow, ProviderRow, UnitRow, WeaknessRow
from directives.reports.last_time import LastAnswer
from directives.templatetags.alertdesk import vn_date

from .answers import TYPED, AnswerForm
from .rows.sheet import MOST_ROWS

# What happened then and has not happened now: a start must not claim it.
EVENTS: dict[type[AnswerRow], tuple[str, ...]] = {
    FindingRow: FindingRow.FIELDS,
    UnitRow: ("sent_on", "is_received", "is_done"),
    ProviderRow: ("confirmed_on", "confirmed_by"),
}
NAMED_BY = {WeaknessRow: ("cve", "place")}


def started_from(answer: Answer, data: QueryDict, last: LastAnswer) -> AnswerForm:
    """Return the form with last time's result; what is typed already wins, field by field and row by row."""
    filled = data.copy()
    for name in TYPED:
        if not data.get(name, "").strip():
            filled[name] = _typed(last.values[name])
    for model in ROWS[answer.action.kind]:
        _put(filled, model, _merged(model, _rows_typed(model, data), _rows_then(model, last)))
    filled["from_last"] = "1"
    return AnswerForm.as_typed(answer, filled)


def _typed(value) -> str:
    """Return a kept value as a person would type it."""
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value)


def _rows_then(model: type[AnswerRow], last: LastAnswer) -> list[dict[str, str]]:
    """Return last time's rows of a class as typed, without what was an event."""
    names = [name for name in model.FIELDS if name not in EVENTS.get(model, ())]
    rows = [row for row in last.values["rows"] if row.get("row") == model.row_type()]
    return [{name: _typed_cell(model, name, row.get(name)) for name in names} for row in rows] if names else []


def _typed_cell(model: type[AnswerRow], name: str, value) -> str:
    is_day = model._meta.get_field(name).get_internal_type() == "DateField"
    return vn_date(date.fromisoformat(value)) if is_day and value else _typed(value)


def _rows_typed(model: type[AnswerRow], data: QueryDict) -> list[dict[str, str]]:
    count = data.get(f"{model.row_type()}-count", "")
    number = int(count) if count.isascii() and count.isdecimal() and len(count) < 5 else 0
    names = (*model.FIELDS, "drop")
    prefixes = [f"{model.row_type()}-{n}-" for n in range(min(number, MOST_ROWS))]
    return [{name: data.get(prefix + name, "") for name in names} for prefix in prefixes]


def _merged(model: type[AnswerRow], typed: list[dict], then: list[dict]) -> list[dict]:
    """Return last time's rows under what is typed about the same thing, then the other typed rows."""
    by_key = {_key(model, row): row for row in typed}
    both = [then_row | _filled(by_key.pop(_key(model, then_row), {})) for then_row in then]
    return [*both, *(row for row in by_key.values() if _filled(row))][:MOST_ROWS]


def _key(model: type[AnswerRow], row: dict) -> tuple[str, ...]:
    return tuple(fold(row.get(name, "")) for name in NAMED_BY.get(model, model.FIELDS[:1]))


def _filled(row: dict) -> dict:
    return {name: value for name, value in row.items() if value.strip()}


def _put(data: QueryDict, model: type[AnswerRow], rows: list[dict]) -> None:
    start = f"{model.row_type()}-"
    for name in [name for name in data if name.startswith(start)]:
        del data[name]
    data[f"{start}count"] = str(len(rows))
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"{start}{number}-{name}"] = value
