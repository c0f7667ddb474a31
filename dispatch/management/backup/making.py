"""Makes a backup while the house works: one snapshot for the dump and for all that is said of it."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from accounts.sealing import current_ring
from dispatch.management.backup.errors import NotMade
from dispatch.management.backup.manifest import DUMP, Manifest, digest, prints
from dispatch.management.backup.server import Server, last_words
from dispatch.services.keeping.rotation import count_by_key, list_columns


def make_backup(server: Server, to: Path, wall: datetime) -> tuple[Path, Manifest]:
    """Write a folder of its own below `to`; it has its name only once it is whole."""
    folder = to / f"voltrun-{wall:%Y%m%dT%H%M%SZ}"
    half = folder.with_name(f"{folder.name}.part")
    try:
        half.mkdir(parents=True, mode=0o700)
        manifest = _write(server, half, wall)
        half.replace(folder)
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        raise NotMade(f"{folder} cannot be written: {error.strerror}.") from None
    except subprocess.CalledProcessError as error:
        shutil.rmtree(half, ignore_errors=True)
        raise NotMade(f"The database was not dumped: {last_words(error)}") from None
    return folder, manifest


def _write(server: Server, folder: Path, wall: datetime) -> Manifest:
    dump = folder / DUMP
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        server.run(
            *("pg_dump", "--format=custom", "--compress=1", f"--snapshot={snapshot}", "--no-owner"),
            *("--no-privileges", f"--file={dump}", server.database),
        )
        dump.chmod(0o600)
        rows, migrations = count_rows(cursor), list_migrations(cursor)
        used = {key for column in list_columns() for key in count_by_key(column)} - {"plain"}
    manifest = Manifest(
        made_at=wall.isoformat(),
        city=settings.CITY,
        migrations=migrations,
        rows=rows,
        keys={name: seen for name, seen in prints(current_ring()).items() if name in used},
        bytes=dump.stat().st_size,
        sha256=digest(dump),
    )
    manifest.write(folder)
    return manifest


def count_rows(cursor) -> dict[str, int]:  # type: ignore[no-untyped-def]  # Django's or psycopg's
    """Count the rows of every table (a partitioned one as a whole)."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
        " AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    tables = [name for (name,) in cursor.fetchall()]
    counted = {}
    for table in tables:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        counted[table] = int(cursor.fetchone()[0])
    return counted


def list_migrations(cursor) -> list[str]:  # type: ignore[no-untyped-def]  # Django's or psycopg's
    """List what was migrated, as `app.name`."""
    cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in cursor.fetchall()]
