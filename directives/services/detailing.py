"""The rows behind an answer: put in place as a whole, counted into its figures, kept as plain values."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directives.models import ROWS, Answer, AnswerRow, Assignment, RequiredAction, State, units_below

from .errors import Incomplete


def rows_of(answer: Answer) -> list[AnswerRow]:
    """Return an answer's rows, those that make up its figures first."""
    return [row for model in ROWS[answer.action.kind] for row in model.objects.filter(answer=answer)]


def figures_of(kind: str, rows: Iterable[AnswerRow]) -> dict[str, int]:
    """Return the figures that rows add up to; nothing where no row counts, so that typed figures stand."""
    models = ROWS[kind]
    own = [row for row in rows if models and isinstance(row, models[0])]
    beside = [row for row in rows if row not in own]
    return models[0].figures(own, beside) if own else {}


def duty_figures(answer: Answer) -> dict[str, int]:
    """Return how many people the roster puts on duty, where the action asks for it and there is a roster."""
    if answer.action.kind != RequiredAction.Kind.LAYERS_AND_DUTY:
        return {}
    people = people_on_duty(answer.assignment)
    return {"extra": people} if people else {}


def people_on_duty(assignment: Assignment) -> int:
    """Count the different people of a roster."""
    return len({shift.who for shift in assignment.shifts.all()})


def unit_figures(answer: Answer, rows: Iterable[AnswerRow] | None = None) -> dict[str, int]:
    """Return how many units there are, were told and have reported, once the directive is passed on to any of them.

    `rows` are those about to be written, None those that are kept.
    """
    if answer.action.kind != RequiredAction.Kind.CASCADE:
        return {}
    children = list(answer.assignment.children.exclude(state=State.WITHDRAWN))
    if not children:
        return {}
    units = units_below(answer.rows if rows is None else plain_rows(rows), children)
    return {
        "total": len(units),
        "done": sum(unit.is_sent for unit in units),
        "extra": sum(unit.is_reported for unit in units),
    }


def check_rows(kind: str, rows: list[AnswerRow]) -> None:
    """Refuse rows that do not add up, stand there twice, or belong to another kind of action."""
    problems, seen = [], set()
    for row in rows:
        if type(row) not in ROWS[kind]:
            raise TypeError(f"{row.row_type()} is no row of {kind}")
        problems += _problems(row)
        key = (row.row_type(), str(row).casefold()) if row.is_single else id(row)
        if key in seen:
            problems.append(_("“%(row)s” stands in the answer twice.") % {"row": row})
        seen.add(key)
    if problems:
        raise Incomplete(problems[0], problems)


def _problems(row: AnswerRow) -> list[str]:
    try:
        row.clean_fields(exclude={"answer", *row.LINKS})
        row.validate_constraints(exclude={"answer"})
    except ValidationError as error:
        return [f"{row}: {line}" for line in error.messages]
    return []


def put_rows(answer: Answer, rows: list[AnswerRow]) -> None:
    """Make the answer's rows exactly these, in this order; what a row of the same name pointed at stays."""
    for model in ROWS[answer.action.kind]:
        before = {str(row): row for row in model.objects.filter(answer=answer)}
        own = [row for row in rows if isinstance(row, model)]
        for position, row in enumerate(own):
            row.pk, row.answer, row.position = None, answer, position
            _keep_links(row, before.get(str(row)))
        model.objects.filter(answer=answer).delete()
        model.objects.bulk_create(own)


def _keep_links(row: AnswerRow, before: AnswerRow | None) -> None:
    for link in row.LINKS if before else ():
        if getattr(row, f"{link}_id") is None:
            setattr(row, f"{link}_id", getattr(before, f"{link}_id"))


def plain_rows(rows: Iterable[AnswerRow]) -> list[dict]:
    """Return rows as revisions and submissions keep them."""
    return [row.to_dict() for row in rows]
