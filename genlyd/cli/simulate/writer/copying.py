"""Many rows at once: PostgreSQL's COPY, which checks every constraint that single inserts do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb


def when(seconds: float) -> datetime:
    """Seconds since 1970 as an aware moment."""
    return datetime.fromtimestamp(seconds, UTC)


def perhaps(seconds: float | None) -> datetime | None:
    return None if seconds is None else when(seconds)


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Primary keys for `count` rows that are about to be copied in."""
    table = model._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [f'"{table}"', count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_in(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], **same: Any
) -> None:
    """COPY rows whose values stand in the order of `names`; `same` are values that all rows share.

    Fields that neither names get their model's default, as `save()` would give them. Callable defaults are called
    once: name every field whose value must differ from row to row.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    rest = [name for name, field in fields.items() if name not in (*names, "id") and not field.generated]
    fixed = [_plain(fields[name], same.get(name, fields[name].get_default())) for name in rest]
    json = [number for number, name in enumerate(names) if isinstance(fields[name], models.JSONField)]
    columns = ", ".join(f'"{fields[name].column}"' for name in (*names, *rest))
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy,  # noqa: SLF001
    ):
        for row in rows:
            values = list(row)
            for number in json:
                values[number] = Jsonb(values[number])
            copy.write_row((*values, *fixed))


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.JSONField) and value is not None:
        return Jsonb(value)
    if isinstance(field, models.FileField):
        return str(value or "")
    return value
