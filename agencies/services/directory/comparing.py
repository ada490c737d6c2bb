"""What the records of a file change in the things they speak of."""

from django.core.exceptions import ValidationError
from django.db.models import Model

from .columns import Column, Record
from .plans import Change, Plan
from .showing import shown_in


def labels_of(columns: tuple[Column, ...]) -> dict[str, str]:
    """Return the columns' headings by their names."""
    return {column.name: column.label for column in columns}


def take_values(thing: Model, record: Record, names: tuple[str, ...], labels: dict[str, str]) -> dict[str, Change]:
    """Set the named fields to what the record says and return the changes by name; a missing column says nothing."""
    changes = {}
    for name in names:
        known, said = getattr(thing, name), record.get(name, getattr(thing, name))
        if known != said:
            before = shown_in(thing, name)
            setattr(thing, name, said)
            changes[name] = Change(str(labels[name]), before, shown_in(thing, name))
    return changes


def refuse_unfit(plan: Plan, row: int, thing: Model, names: set[str], labels: dict[str, str]) -> None:
    """Hold the named fields to the model's own limits."""
    try:
        thing.clean_fields(exclude={field.name for field in thing._meta.fields} - names)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            plan.refuse(row, "%(column)s: %(text)s", column=labels[name], text=" ".join(messages))
