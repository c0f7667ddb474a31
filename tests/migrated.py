"""A migrated database to copy: made by our migrations once, kept as a dump until one of them changes.

Each process of each run would otherwise migrate anew, which takes many times as long as most runs.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from dispatch.management.supervisor.postgres import USER, Postgres

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "test"
TEMPLATE = "voltrun_migrated"
# What decides how a migrated database looks.
SOURCES = ("accounts/migrations/*.py", "dispatch/migrations/*.py", "config/settings.py", "requirements.txt")


def make_template(postgres: Postgres) -> str:
    """Make the database to copy; return its name."""
    url = f"postgresql://{USER}@/{TEMPLATE}?host={postgres.sockets}"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    kept = KEPT / f"migrated-{_digest()}.sql"
    if kept.exists():
        programs = postgres.programs / "bin"
        _run(str(programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", str(kept))
    else:
        _run(sys.executable, "manage.py", "migrate", "--verbosity", "0", DATABASE_URL=url)
        _keep(postgres, url, kept)
    return TEMPLATE


def _keep(postgres: Postgres, url: str, kept: Path) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("migrated-*"):
        old.unlink(missing_ok=True)
    half = kept.with_suffix(f".{os.getpid()}")
    _run(str(postgres.programs / "bin" / "pg_dump"), "--no-owner", "-d", url, "-f", str(half))
    half.replace(kept)


def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _run(*command: str, **environment: str) -> None:
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
