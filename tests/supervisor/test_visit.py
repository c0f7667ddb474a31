"""A single command gets at the data whether the house runs, sleeps, or was never built."""

from pathlib import Path

import psycopg
import pytest

from dispatch.management.supervisor.endpoints import write_endpoints
from dispatch.management.supervisor.lock import hold, is_held
from dispatch.management.supervisor.names import house_name
from dispatch.management.supervisor.postgres import find_postgres
from dispatch.management.supervisor.visit import at_home


@pytest.fixture
def var(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path


def test_a_running_house_is_joined(var: Path):
    write_endpoints(var / "run" / "endpoints", {"DATABASE_URL": "postgresql://running"})
    environment: dict[str, str] = {}
    with hold(var / "run" / "up.lock"), at_home(["manage.py", "audit"], var, environment):
        assert environment == {"DATABASE_URL": "postgresql://running"}


def test_addresses_of_a_house_that_was_killed_are_not_used(var: Path):
    write_endpoints(var / "run" / "endpoints", {"DATABASE_URL": "postgresql://gone"})
    environment: dict[str, str] = {}
    with at_home(["manage.py", "audit"], var, environment):
        assert environment == {}


def test_the_database_of_a_sleeping_house_is_woken_and_put_to_sleep_again(var: Path):
    postgres = find_postgres(var / "pg", house_name(var), durable=False)
    postgres.prepare()
    environment: dict[str, str] = {}
    with at_home(["manage.py", "audit"], var, environment):
        address = environment["DATABASE_URL"].replace("/voltrun?", "/postgres?")
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert is_held(var / "run" / "up.lock")
    assert "DATABASE_URL" not in environment
    assert not is_held(var / "run" / "up.lock")
    assert not postgres.is_ready()


@pytest.mark.parametrize("command", ["up", "build_city", "spectacular"])
def test_a_command_that_does_not_read_wakes_nobody(var: Path, command: str):
    (var / "pg").mkdir()
    environment: dict[str, str] = {}
    with at_home(["manage.py", command], var, environment):
        assert environment == {}
