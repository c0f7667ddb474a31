"""A throwaway PostgreSQL and Valkey for the tests: the same parts as in the house, careless of their data.

Loaded by `-p tests.servers`, so that the addresses stand before Django reads its settings.
A DATABASE_URL or REDIS_URL that was given is used as it is.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.names import house_name
from dispatch.management.supervisor.ports import choose
from dispatch.management.supervisor.postgres import Postgres, find_postgres
from dispatch.management.supervisor.valkey import Valkey
from tests.migrated import make_template
from tests.patience import wait_until

_running: list[Child] = []
_folders: list[Path] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start what was not given; as a wrapper this comes before pytest-django looks at the settings."""
    os.environ.setdefault("SECRET_KEY", "known to everybody, signs nothing but tests")
    os.environ.setdefault("FIELD_KEYS", "tests:a25vd24gdG8gZXZlcnlib2R5LCBvZiBubyB1c2UgISE=")
    # Tests look at once at what was said.
    os.environ.setdefault("FIX_BUFFER_SECONDS", "0")
    # All calls of a run come from one address.
    os.environ.setdefault("ADDRESS_RATE", "1000000/min")
    os.environ.setdefault("SOCKETS_RATE", "1000000/min")
    # Several processes of one run share the servers: each has a database and a prefix of its own.
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["REDIS_PREFIX"] = f"voltrun-{worker}"
    if not os.environ.get("DATABASE_URL") or not os.environ.get("REDIS_URL"):
        folder = Path(tempfile.mkdtemp(prefix="voltrun-test-"))
        _folders.append(folder)
        _start_missing(folder)
    return (yield)


def pytest_unconfigure() -> None:
    """Stop them politely (a killed PostgreSQL leaves shared memory behind) and forget their data."""
    while _running:
        stop(_running.pop())
    while _folders:
        folder = _folders.pop()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(Path("/tmp") / house_name(folder), ignore_errors=True)


def _start_missing(folder: Path) -> None:
    folders = Folders(folder / "log", folder / "run")
    folders.make()
    if not os.environ.get("DATABASE_URL"):
        postgres = start_postgres(folder, folders)
        os.environ["DATABASE_URL"] = postgres.url
        os.environ["TEST_TEMPLATE"] = make_template(postgres)
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = start_valkey(folder, folders).url


def start_postgres(folder: Path, folders: Folders, *, durable: bool = False) -> Postgres:
    """Start a server whose data may be lost, unless it is `durable` as the house's own."""
    postgres = find_postgres(folder / "pg", house_name(folder), durable=durable)
    postgres.prepare()
    _running.append(begin(Child(postgres.program(os.environ), folders)))
    postgres.create_database()
    return postgres


def start_valkey(folder: Path, folders: Folders) -> Valkey:
    """Start a Valkey on a free port."""
    valkey = Valkey(folder / "valkey", choose())
    valkey.prepare()
    _running.append(begin(Child(valkey.program(os.environ), folders)))
    return valkey


def begin(child: Child) -> Child:
    """Start a child and wait until it is ready."""
    child.begin(time.monotonic())
    wait_until(lambda: _is_ready(child), 30, f"{child.program.name} becoming ready")
    return child


def stop(child: Child) -> None:
    """Ask a child to stop and wait for it."""
    child.ask_to_stop()
    wait_until(lambda: child.find_end(time.monotonic()) is not None, what=f"the end of {child.program.name}")


def end(child: Child) -> None:
    """Kill a child and reap it."""
    child.kill()
    wait_until(lambda: child.find_end(time.monotonic()) is not None, what=f"the end of {child.program.name}")


def _is_ready(child: Child) -> bool:
    how = child.find_end(time.monotonic())
    if how is not None:
        raise RuntimeError(f"{child.program.name} ended ({how}): {child.last_words()}")
    return child.program.is_ready()
