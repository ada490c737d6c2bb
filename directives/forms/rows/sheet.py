"""All rows of an answer as one part of its form: offered, typed, or typed and not judged."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.datastructures import MultiValueDict

from directives.models import ROWS, Answer, AnswerRow
from directives.reports.offered import offered_rows
from directives.services.detailing import rows_of

from .forms import ROW_FORMS, RowForm

MOST_ROWS = 200


@dataclass(frozen=True)
class Section:
    """The rows of one class; `row_type` names it in the page's fields."""

    row_type: str
    title: str
    forms: list[RowForm]
    makes_figures: bool


class RowSheet:
    """The sections of one answer's rows, made by one of the two ways below."""

    def __init__(self, answer: Answer, sections: list[Section], *, was_asked: bool = True):
        self.answer, self.sections, self.was_asked = answer, sections, was_asked

    @classmethod
    def shown(cls, answer: Answer) -> "RowSheet":
        """Return the rows that are saved, or, where no figures are given either, those that the registers offer."""
        rows = rows_of(answer) or (offered_rows(answer) if answer.total is None else [])
        return cls._unbound(answer, {model: _initials(rows, model) for model in _models(answer)})

    @classmethod
    def typed(cls, answer: Answer, data) -> "RowSheet":
        """Return the rows as they were sent, to be checked and saved."""
        data = data if isinstance(data, MultiValueDict) else MultiValueDict({k: [v] for k, v in data.items()})
        sections = [
            _section(model, answer, [ROW_FORMS[model](data, prefix=p, answer=answer) for p in _prefixes(model, data)])
            for model in _models(answer)
        ]
        asked = any(f"{model.row_type()}-count" in data for model in _models(answer))
        return cls(answer, sections, was_asked=asked)

    @classmethod
    def as_typed(cls, answer: Answer, data) -> "RowSheet":
        """Return the rows with everything typed and nothing judged, one more where a button asked for it."""
        found = {model: _typed_values(model, data) for model in _models(answer)}
        for model, typed in found.items():
            if data.get("more") == model.row_type():
                found[model] = (typed or _initials(offered_rows(answer), model))[: MOST_ROWS - 1]
                found[model] += [{}] if typed or not found[model] else []
        return cls._unbound(answer, found)

    @classmethod
    def _unbound(cls, answer: Answer, found: dict[type[AnswerRow], list[dict]]) -> "RowSheet":
        sections = []
        for model, initials in found.items():
            forms = [
                ROW_FORMS[model](initial=row, prefix=f"{model.row_type()}-{n}", answer=answer)
                for n, row in enumerate(initials)
            ]
            sections.append(_section(model, answer, forms))
        return cls(answer, sections)

    @property
    def forms(self) -> list[RowForm]:
        """The forms of all rows that say something."""
        return [form for section in self.sections for form in section.forms if not form.says_nothing]

    def is_valid(self) -> bool:
        """Whether every row that says something is typed right."""
        return all([form.is_valid() for form in self.forms])

    @cached_property
    def rows(self) -> list[AnswerRow] | None:
        """The rows as typed, for the service; None where the page sent had no rows at all."""
        return [form.row for form in self.forms] if self.was_asked else None

    @property
    def makes_figures(self) -> bool:
        """Whether rows that make up the figures are on the page, so that nobody types them."""
        return any(section.makes_figures and section.forms for section in self.sections)

    @property
    def is_unsaved(self) -> bool:
        """Whether unbound rows show something else than what is saved."""
        typed = [_words(form.initial) for form in self.forms]
        return typed != [_words(_initial(row)) for row in rows_of(self.answer)]


def _models(answer: Answer) -> tuple[type[AnswerRow], ...]:
    return ROWS[answer.action.kind]


def _section(model: type[AnswerRow], answer: Answer, forms: list[RowForm]) -> Section:
    first = model is _models(answer)[0]
    return Section(model.row_type(), str(model._meta.verbose_name_plural), forms, first)


def _prefixes(model: type[AnswerRow], data) -> list[str]:
    count = str(data.get(f"{model.row_type()}-count", ""))
    number = int(count) if count.isascii() and count.isdecimal() and len(count) < 5 else 0
    return [f"{model.row_type()}-{n}" for n in range(min(number, MOST_ROWS))]


def _typed_values(model: type[AnswerRow], data) -> list[dict]:
    names = [*model.FIELDS, "drop"]
    return [{n: data[f"{p}-{n}"] for n in names if f"{p}-{n}" in data} for p in _prefixes(model, data)]


def _initials(rows: list[AnswerRow], model: type[AnswerRow]) -> list[dict]:
    return [_initial(row) for row in rows if type(row) is model]


def _initial(row: AnswerRow) -> dict:
    return {name: getattr(row, name) for name in row.FIELDS}


def _words(values: dict) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value not in (None, "", False) and name != "drop"}
