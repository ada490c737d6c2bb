"""Insert many rows at once; on PostgreSQL without the work that `bulk_create` does for each value."""

from django.db import connection
from django.db.models import Model


def insert(rows: list[Model], *, ignore_conflicts: bool = False) -> None:
    """Insert new rows of one model, whose values are plain; gives them their keys unless conflicts are ignored."""
    if not rows:
        return
    if connection.vendor == "postgresql":
        _insert(rows, "ON CONFLICT DO NOTHING" if ignore_conflicts else "RETURNING id")
    else:
        type(rows[0]).objects.bulk_create(rows, ignore_conflicts=ignore_conflicts)


def _insert(rows: list[Model], ending: str) -> None:
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    names = [field.attname for field in fields]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    # Names are the model's own, values go as parameters.
    sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * len(rows))} {ending}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [getattr(one, name) for one in rows for name in names])
        if ending.startswith("RETURNING"):
            for one, (key,) in zip(rows, cursor.fetchall(), strict=True):
                one.pk = key
                one._state.adding = False
