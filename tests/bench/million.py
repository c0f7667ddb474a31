"""Grows a house, as a program beside the bench (`python -m tests.bench.million N`); tells rows and bytes.

A day is lived once, by the services themselves. Then every row of its tree is copied N times by SQL: an id
that belongs to the tree becomes the hash of itself and the number of the copy, everything else stays.
"""

import sys

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import connection  # noqa: E402

from dispatch.models import ChargeRequest  # noqa: E402
from tests.dispatch.keeping.lived import live  # noqa: E402
from tests.small_world import build_world  # noqa: E402

AT_ONCE = 50_000
# From the top down, and which of its columns are ids of the tree.
TREE = {
    "vehicle": ("id",),
    "quote": ("id", "vehicle_id"),
    "offer": ("id", "quote_id"),
    "chargerequest": ("id", "vehicle_id", "offer_id"),
    "promise": ("id", "request_id"),
    "stop": ("id", "request_id"),
    "chargingsession": ("id", "request_id", "stop_id"),
    "meterreading": ("id", "session_id"),
}
# Of the last sixty days alone.
FIXES = 4


def main(requests: int) -> None:
    """Live a day, copy it, tell."""
    request = live(build_world())
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        laid_aside = lay_aside(cursor)
        for first in range(1, requests + 1, AT_ONCE):
            last = min(first + AT_ONCE - 1, requests)
            for table in TREE:
                cursor.execute(_copy(table, request), [first, last])
            cursor.execute(_EVENTS, [first, last, f"request:{request.id}"])
            cursor.execute(_COUNTERS, [first, last, f"request:{request.id}"])
            cursor.execute(_POSITIONS, [first, last, FIXES])
        for statement in laid_aside:
            cursor.execute(statement)
        cursor.execute("ANALYZE")
        cursor.execute(
            "SELECT sum(n_live_tup)::bigint, pg_database_size(current_database()) FROM pg_stat_user_tables"
        )
        rows, size = cursor.fetchone()
    sys.stdout.write(f"{rows} {size}\n")


def lay_aside(cursor) -> list[str]:
    """Take links and indexes off the tables that grow; returns what puts them back, in order.

    Kept up row by row they would take most of an hour; built at the end, minutes.
    """
    tables = [f"dispatch_{name}" for name in (*TREE, "event", "streamcounter")]
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype IN ('f', 'p', 'u') AND conparentid = 0"
        " AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))"
        # Links go before the keys they lead to, and come back after them.
        " ORDER BY contype = 'f'",
        [tables, tables],
    )
    constraints = cursor.fetchall()
    for table, name, _ in reversed(constraints):
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[])",
        [tables],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    links = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}" for table, name, said in constraints]
    keys = [link for link in links if "FOREIGN KEY" not in link]
    return [*keys, *(said for _, said in indexes), *(link for link in links if link not in keys)]


_ONE = "md5({column}::text || n)::uuid"
_EVENTS = (
    "INSERT INTO dispatch_event (operator_id, stream, seq, type, data, cause, actor, at)"
    " SELECT operator_id, 'request:' || md5(substr(stream, 9) || n)::uuid, seq, type, data, cause, actor, at"
    " FROM dispatch_event, generate_series(%s, %s) n WHERE stream = %s"
)
_COUNTERS = (
    "INSERT INTO dispatch_streamcounter (stream, operator_id, seq)"
    " SELECT 'request:' || md5(substr(stream, 9) || n)::uuid, operator_id, seq"
    " FROM dispatch_streamcounter, generate_series(%s, %s) n WHERE stream = %s"
)
_POSITIONS = (
    "INSERT INTO dispatch_position (operator_id, unit_id, at, lat, lon, heading, speed_mps)"
    " SELECT p.operator_id, p.unit_id, p.at + make_interval(secs => n + k / 20.0), p.lat, p.lon, 90, 8"
    " FROM (SELECT * FROM dispatch_position LIMIT 1) p, generate_series(%s, %s) n, generate_series(1, %s) k"
)


def _copy(table: str, request: ChargeRequest) -> str:
    """Build the statement that copies the tree's rows of a table."""
    model = apps.get_model("dispatch", table)
    name = model._meta.db_table
    columns = [field.column for field in model._meta.fields]
    values = [_ONE.format(column=column) if column in TREE[table] else column for column in columns]
    ours = {
        "vehicle": f"id = '{request.vehicle_id}'",
        "quote": f"id = '{request.offer.quote_id}'",
        "offer": f"quote_id = '{request.offer.quote_id}'",
        "chargerequest": f"id = '{request.id}'",
        "meterreading": f"session_id = '{request.sessions.get().id}'",
    }.get(table, f"request_id = '{request.id}'")
    return (
        f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM {name}, generate_series(%s, %s) n WHERE {ours}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
