"""A database with a day in it that was really committed, and a place to put backups."""

from collections.abc import Iterator
from datetime import UTC, datetime
from shutil import copytree

import pytest
from psycopg import sql

from dispatch.management.backup.making import make_backup
from dispatch.management.backup.server import Server, find_server
from tests.dispatch.keeping.lived import live
from tests.real_database import committed
from tests.small_world import SmallWorld, build_world

__all__ = ["committed"]
NIGHT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def lived(committed: None) -> SmallWorld:
    world = build_world()
    live(world)
    return world


@pytest.fixture
def elsewhere(committed: None) -> Iterator[Server]:
    """The name of a database that is not there yet, on the same server; whatever came of it goes again."""
    ours = find_server()
    server = Server(f"{ours.database}_back", ours.environment)
    yield server
    with server.talk() as line:
        names = line.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{server.database}%"])
        for (name,) in names.fetchall():
            line.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Where the one backup lies that many tests begin with."""
    return tmp_path_factory.mktemp("backup")


@pytest.fixture
def made(committed: None, once, tmp_path):
    """A backup of a house in which nothing has happened yet: made once, a copy for each test to spoil."""
    found = next(once.iterdir(), None) or make_backup(find_server(), once, NIGHT)[0]
    return copytree(found, tmp_path / found.name)
