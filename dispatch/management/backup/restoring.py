"""Brings a backup back: beside the old data first, in its place only when everything holds."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from psycopg import errors, sql

from accounts.sealing import current_ring
from dispatch.management.backup.errors import NotTaken
from dispatch.management.backup.making import count_rows, list_migrations
from dispatch.management.backup.manifest import (
    DUMP,
    Manifest,
    read_manifest,
    require_keys,
    require_whole,
)
from dispatch.management.backup.server import Server, last_words

_LEAVE_WITHIN_S = 3.0
# Until the names change nobody relies on it: indexes are sorted in memory, no commit waits for the disk.
_LOADING = "-c maintenance_work_mem=256MB -c synchronous_commit=off"
type Say = Callable[[str], None]


def restore(server: Server, folder: Path, wall: datetime, say: Say) -> tuple[Manifest, str | None]:
    """Restore; returns what came back and under which name the old data lies (None: there was none)."""
    manifest = read_manifest(folder)
    require_whole(folder, manifest)
    require_keys(manifest, current_ring())
    _require_known(manifest)
    _leave()
    _require_alone(server)
    beside = f"{server.database}_restoring"
    with _beside(server, beside):
        say("the dump is whole and ours; it is loaded beside the old data")
        _load(server, folder / DUMP, beside)
        _compare(server, beside, manifest)
        say("every row is there; it is brought to this version")
        _bring_up_to_date(server, beside)
        _require_alone(server)
        old = _swap(server, beside, f"{server.database}_before_{wall:%Y%m%dt%H%M%S}")
    return manifest, old


def _require_known(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = [name for name in manifest.migrations if name not in known]
    if newer:
        raise NotTaken(f"The backup is of another version: nothing is known here of {', '.join(newer[:3])}.")


def _leave() -> None:
    """Give our own connections back: nobody may be inside while names change."""
    connection = connections["default"]
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()


def _require_alone(server: Server) -> None:
    deadline = time.monotonic() + _LEAVE_WITHIN_S
    while True:
        with server.talk() as line:
            inside = line.execute(
                "SELECT FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
                [server.database],
            ).fetchall()
        if not inside:
            return
        if time.monotonic() > deadline:
            raise NotTaken(f"Somebody works with the data ({len(inside)} connections): stop the house first.")
        time.sleep(0.05)


@contextmanager
def _beside(server: Server, name: str) -> Iterator[None]:
    """A database of its own for as long as it takes; what an interrupted restore left goes first."""
    with server.talk() as line:
        line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        line.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield
    finally:
        with server.talk() as line:
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _load(server: Server, dump: Path, database: str) -> None:
    workers = str(max(2, min(8, os.cpu_count() or 2)))
    try:
        server.run(
            *("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", f"--jobs={workers}"),
            *(f"--dbname={database}", str(dump)),
            options=_LOADING,
        )
        server.run("vacuumdb", "--analyze-only", "--quiet", f"--dbname={database}")
    except subprocess.CalledProcessError as error:
        raise NotTaken(f"The dump cannot be loaded: {last_words(error)}") from None


def _compare(server: Server, database: str, manifest: Manifest) -> None:
    with server.talk(database) as line, line.cursor() as cursor:
        rows, migrations = count_rows(cursor), list_migrations(cursor)
    tables = manifest.rows.keys() | rows.keys()
    wrong = [table for table in tables if rows.get(table) != manifest.rows.get(table)]
    if wrong or migrations != manifest.migrations:
        raise NotTaken(f"Not everything came back: {', '.join(sorted(wrong)) or 'the migrations'}.")


def _bring_up_to_date(server: Server, database: str) -> None:
    """Migrate in a process of its own: this one's settings name the old data."""
    said = dict(server.environment)
    host, port = quote(said.pop("PGHOST", ""), safe=""), said.pop("PGPORT", "")
    user = quote(said.pop("PGUSER", ""), safe="")
    options = f"?host={host}" + (f"&port={port}" if port else "")
    address = f"postgresql://{user}@/{database}{options}"
    environment = {**os.environ, **said, "DATABASE_URL": address}
    # A file would be believed before the address.
    environment.pop("DATABASE_URL_FILE", None)
    done = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--no-input", "--verbosity=0"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise NotTaken(f"The data could not be brought to this version: {words[-1] if words else ''}")


def _swap(server: Server, new: str, old: str) -> str | None:
    """Give both their names in one transaction: at every moment one of them is the house's."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    ours = sql.Identifier(server.database)
    try:
        with server.talk() as line, line.transaction():
            there = line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [server.database]).fetchone()
            if there:
                line.execute(rename.format(ours, sql.Identifier(old)))
            line.execute(rename.format(sql.Identifier(new), ours))
    except errors.ObjectInUse:
        raise NotTaken("Somebody came in at the last moment: stop the house first.") from None
    return old if there else None
