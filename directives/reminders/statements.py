"""An UPDATE that Django compiles once and the database is given again and again with other values.

Compiling takes longer than the update itself, and the sender makes two for each message.
"""

from collections.abc import Callable
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Field, QuerySet
from django.db.models.sql.subqueries import UpdateQuery


class Update:
    """An UPDATE with holes; each hole is a value that stands nowhere else in the statement.

    `rows` and `changes` are given the holes by name.
    """

    def __init__(
        self, holes: dict[str, tuple[Field, object]], rows: Callable[[dict], QuerySet], changes: Callable[[dict], dict]
    ):
        self._fields = {name: field for name, (field, _value) in holes.items()}
        self._holes = {name: value for name, (_field, value) in holes.items()}
        self._rows, self._changes = rows, changes

    @cached_property
    def _compiled(self) -> tuple[str, list]:
        """Return the statement and its parameters, in which (name,) stands for a hole."""
        query = self._rows(self._holes).query.chain(UpdateQuery)
        query.add_update_values(self._changes(self._holes))
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        names = {self._prepared(name, value): name for name, value in self._holes.items()}
        return sql, [(names[p],) if p in names else p for p in parameters]

    def _prepared(self, name: str, value):
        return self._fields[name].get_db_prep_save(value, connection)

    def filled(self, values: dict) -> tuple[str, list]:
        """Return the statement and its parameters with these values."""
        sql, parameters = self._compiled
        ready = {name: self._prepared(name, value) for name, value in values.items()}
        return sql, [ready[p[0]] if isinstance(p, tuple) else p for p in parameters]


def run(statement: tuple[str, list]) -> int:
    """Run a filled statement; returns how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.rowcount


def run_together(first: tuple[str, list], then: tuple[str, list]) -> int:
    """Run two statements with one commit; returns how many rows the second changed.

    PostgreSQL takes both in one message, which is one transaction and one way there and back.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"{first[0]}; {then[0]}", [*first[1], *then[1]])
            return cursor.rowcount
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(*first)
        cursor.execute(*then)
        return cursor.rowcount
