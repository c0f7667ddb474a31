"""Seals anew what another key sealed, or none: in small batches, beside whoever reads and writes.

A row is written only if its value is still the one that was read: nobody's change is lost, and no lock is
held from one batch to the next. Done is what carries the first key's mark, so a run that was killed is
begun again and finds what is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from accounts.fields import SealedBinaryField, SealedTextField
from accounts.sealing import MARK, current_ring, open_bytes, open_text, seal_bytes, seal_text

BATCH = 500
# Pictures are large.
BATCH_OF_PICTURES = 20

_COUNT = (
    "SELECT CASE WHEN {begun} LIKE %s THEN split_part({begun}, ':', 2) ELSE 'plain' END, count(*)"
    " FROM {table} WHERE length({column}) > 0 GROUP BY 1"
)
_OTHERS = "SELECT {key}, {column} FROM {table} WHERE length({column}) > 0 AND substr({column}, 1, %s) <> %s"
_FIRST = f"{_OTHERS} ORDER BY {{key}} LIMIT %s"
_NEXT = f"{_OTHERS} AND {{key}} > %s ORDER BY {{key}} LIMIT %s"

Sealed = SealedTextField | SealedBinaryField


@dataclass(frozen=True, slots=True)
class Column:
    """A sealed column, and the statements about it."""

    field: Sealed

    @property
    def table(self) -> str:
        return str(self.field.model._meta.db_table)

    @property
    def name(self) -> str:
        """Name the column as its values are bound to it."""
        return self.field.sealed_for

    @property
    def is_binary(self) -> bool:
        return isinstance(self.field, SealedBinaryField)

    @property
    def batch(self) -> int:
        return BATCH_OF_PICTURES if self.is_binary else BATCH

    def write(self, text: str) -> sql.Composed:
        """Put the names into a statement."""
        return sql.SQL(text).format(
            table=sql.Identifier(self.table),
            key=sql.Identifier(str(self.field.model._meta.pk.column)),
            column=sql.Identifier(str(self.field.column)),
        )

    def mark(self, key: str = "") -> str | bytes:
        """Return how a value begins that this key sealed."""
        mark = f"{MARK}{key}:" if key else MARK
        return mark.encode() if self.is_binary else mark

    def seal_anew(self, stored: Any) -> Any:
        """Open with whatever key, seal with the first."""
        if self.is_binary:
            return seal_bytes(open_bytes(bytes(stored), self.name), self.name)
        return seal_text(open_text(stored, self.name), self.name)


def list_columns() -> list[Column]:
    """List every sealed column there is."""
    fields = [field for model in apps.get_models() for field in model._meta.fields]
    return [Column(field) for field in fields if isinstance(field, Sealed)]


def rotate(column: Column) -> Iterator[int]:
    """Seal a column anew, batch by batch; yields how many rows were written."""
    after: Any = None
    while rows := _read(column, after):
        yield _write(column, rows)
        after = rows[-1][0]


def count_by_key(column: Column) -> dict[str, int]:
    """Count a column's values by the key they are sealed with; `plain` by none."""
    begun = "encode(substr({column}, 1, 60), 'escape')" if column.is_binary else "{column}"
    with connection.cursor() as cursor:
        cursor.execute(column.write(_COUNT.replace("{begun}", begun)), [f"{MARK}%"])
        return {str(key): int(count) for key, count in cursor.fetchall()}


def _read(column: Column, after: Any) -> list[tuple[Any, Any]]:
    mark = column.mark(current_ring().first)
    query = column.write(_FIRST if after is None else _NEXT)
    given = [len(mark), mark, *([] if after is None else [after]), column.batch]
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())


def _write(column: Column, rows: list[tuple[Any, Any]]) -> int:
    query = column.write("UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s")
    written = 0
    with transaction.atomic(), connection.cursor() as cursor:
        # What is kept as it came may be wrapped anew, and only in a transaction that says so.
        cursor.execute("SET LOCAL voltrun.wrapping = 'on'")
        for key, stored in rows:
            cursor.execute(query, [column.seal_anew(stored), key, stored])
            written += cursor.rowcount
    return written
