"""Many rows in one statement: a frame costs what its rows cost, not what asking for each of them does.

Rows travel as one JSON text: quoting each value of each row would cost more than all the rest.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

# Of a column, its type in PostgreSQL's words.
Columns = Mapping[str, str]
Values = tuple[Any, ...]


def insert(table: str, columns: Columns, rows: Iterable[Values], *, returning: Sequence[str]) -> set[Values]:
    """Insert what no constraint knows yet; returns these columns of what was new."""
    text = _write(columns, rows)
    if text is None:
        return set()
    names = ", ".join(columns)
    sql = (
        f"INSERT INTO {table} ({names}) SELECT {names} FROM {_source(columns)}"  # noqa: S608  # constants
        f" ON CONFLICT DO NOTHING RETURNING {', '.join(returning)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [text])
        return set(cursor.fetchall())


def update(table: str, columns: Columns, rows: Iterable[Values]) -> None:
    """Write these columns of rows; the first one names the row."""
    text = _write(columns, rows)
    if text is None:
        return
    key, *others = columns
    sql = (
        f"UPDATE {table} AS old SET {', '.join(f'{name} = new.{name}' for name in others)}"  # noqa: S608  # constants
        f" FROM {_source(columns)} WHERE old.{key} = new.{key}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [text])


def _write(columns: Columns, rows: Iterable[Values]) -> str | None:
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    # Instants and keys are written as PostgreSQL reads them.
    return json.dumps(named, default=str) if named else None


def _source(columns: Columns) -> str:
    return f"json_to_recordset(%s) AS new ({', '.join(f'{name} {type_}' for name, type_ in columns.items())})"
