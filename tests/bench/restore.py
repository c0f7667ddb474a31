"""Backing up and restoring a house with a million requests: a real server, the real commands, generated rows.

One day that was really lived in the small world is copied by SQL (`million.py`): each request with its car,
quote, offers, promises, stop, session, readings and events, and some fixes of the trace. What is sealed stays
sealed, so it is as long as it would be. Not copied: documents of plans, which are kept for ninety days.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from dispatch.management.supervisor.child import Folders
from tests.bench.journal import ROOT, About, Journal, Line, make_table, say
from tests.servers import _running, start_postgres, stop

METRICS = ("requests", "rows", "database_mb", "backup_mb", "grow_s", "backup_s", "restore_s")
KEYS = "bench:b2YgYSBiZW5jaCwgc2VhbHMgbm90aGluZyBlbHNlISE="


@dataclass(frozen=True, slots=True)
class Scope:
    """How many requests there are."""

    requests: int = 1_000_000


def quick(scope: Scope) -> Scope:
    """Fewer rows: that it runs, and how it grows."""
    return replace(scope, requests=20_000)


def measure(scope: Scope) -> list[Line]:
    """Grow a house, back it up, restore it beside itself."""
    journal = Journal("restore")
    folder = Path(tempfile.mkdtemp(prefix="voltrun-bench-"))
    folders = Folders(folder / "log", folder / "run")
    folders.make()
    others = len(_running)
    try:
        url = start_postgres(folder, folders, durable=True).url
        figures = _measure(scope.requests, url, folder)
    finally:
        while len(_running) > others:
            stop(_running.pop())
        shutil.rmtree(folder, ignore_errors=True)
    took = figures["restore_s"][0]
    journal.note(f"{scope.requests}", "voltrun", figures, About(took, 1, "million"))
    return journal.lines


def _measure(requests: int, url: str, folder: Path) -> dict[str, tuple[float, str]]:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "SECRET_KEY": "of a bench, signs nothing but its own",
        "FIELD_KEYS": KEYS,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "ERROR",
    }
    _run(environment, "manage.py", "migrate", "--verbosity=0")
    told, grow_s = _run(environment, "-m", "tests.bench.million", str(requests))
    rows, size = (int(word) for word in told.split()[-2:])
    say(f"{rows} rows, {size / 1e6:.0f} MB, grown in {grow_s:.0f} s")
    _, backup_s = _run(environment, "manage.py", "backup", "--to", str(folder / "backups"))
    (made,) = (folder / "backups").iterdir()
    say(f"backed up in {backup_s:.0f} s")
    _, restore_s = _run(environment, "manage.py", "restore", "--from", str(made), "--drop-old")
    say(f"restored in {restore_s:.0f} s")
    return {
        "requests": (requests, ""),
        "rows": (rows, ""),
        "database_mb": (size / 1e6, "MB"),
        "backup_mb": (sum(path.stat().st_size for path in made.iterdir()) / 1e6, "MB"),
        "grow_s": (grow_s, "s"),
        "backup_s": (backup_s, "s"),
        "restore_s": (restore_s, "s"),
    }


def _run(environment: dict[str, str], *words: str) -> tuple[str, float]:
    """Run a program to its end; returns what it told and how long it took."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr[-2_000:]}")
    return done.stdout, time.monotonic() - begun


def tell(lines: list[Line]) -> str:
    """Return the table."""
    return make_table(lines, METRICS)
