"""The embedded servers, for real: killed with 9 they come back, with what was committed."""

import os
import pwd
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.names import house_name
from dispatch.management.supervisor.ordinary_user import choose_disguise, reachable
from dispatch.management.supervisor.ports import choose
from dispatch.management.supervisor.postgres import Postgres, find_postgres
from dispatch.management.supervisor.valkey import Valkey
from tests.patience import wait_until
from tests.servers import begin, end, stop

ORDINARY = next(user.pw_uid for user in pwd.getpwall() if user.pw_uid != 0)
NAMELESS = 2_000_000_011


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = Folders(tmp_path / "log", tmp_path / "run")
    folders.make()
    return folders


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Postgres]:
    postgres = find_postgres(tmp_path / "pg", house_name(tmp_path))
    postgres.prepare()
    yield postgres
    postgres.leave()


@pytest.fixture
def server(postgres: Postgres, folders: Folders) -> Iterator[Child]:
    child = begin(Child(postgres.program(os.environ), folders))
    postgres.create_database()
    yield child
    stop(child)


def start_again(child: Child) -> None:
    child.start(time.monotonic())
    wait_until(child.program.is_ready, 30, "its coming back")


def test_a_killed_postgres_comes_back_with_what_was_committed(postgres: Postgres, server: Child):
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE promise (text text)")
        connection.execute("INSERT INTO promise VALUES ('kept')")
        # A session of its own is busy while its server is killed.
        connection.execute("SELECT pg_backend_pid()")
        end(server)
    start_again(server)
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT text FROM promise").fetchall() == [("kept",)]


def test_a_lock_file_whose_number_belongs_to_somebody_else_now_does_not_stop_it(
    postgres: Postgres, server: Child
):
    end(server)
    claim = postgres.data / "postmaster.pid"
    lines = claim.read_text().splitlines()
    claim.write_text("\n".join([str(os.getppid()), *lines[1:]]) + "\n")
    start_again(server)


def test_the_database_is_created_once_and_kept(postgres: Postgres, server: Child):
    postgres.create_database()
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("voltrun",)


def test_half_made_data_of_an_interrupted_start_is_made_anew(postgres: Postgres):
    (postgres.data / "PG_VERSION").unlink()
    postgres.data.rename(postgres.data.with_name("pg.new"))
    postgres.prepare()
    assert (postgres.data / "PG_VERSION").read_text() == "18\n"


def test_data_of_another_version_is_one_clear_sentence(postgres: Postgres):
    (postgres.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(CannotStart, match="PostgreSQL 16's, not 18's"):
        postgres.prepare()


def test_an_ordinary_user_needs_no_disguise(tmp_path: Path):
    assert choose_disguise(house_name(tmp_path), ORDINARY).prefix == ()


def test_a_user_without_a_name_looks_like_one_who_has_one(tmp_path: Path):
    """As in containers that run under a random number."""
    prefix = choose_disguise(house_name(tmp_path), NAMELESS).prefix
    user = next(part.removeprefix("--map-user=") for part in prefix if part.startswith("--map-user="))
    assert pwd.getpwuid(int(user)).pw_uid != 0


def test_a_user_without_a_name_and_without_namespaces_is_one_clear_sentence(tmp_path: Path):
    with pytest.raises(CannotStart, match=f"user {NAMELESS}, who has no name"):
        choose_disguise(house_name(tmp_path), NAMELESS, unshare="false")


def test_root_without_namespaces_runs_it_as_nobody(tmp_path: Path, folders: Folders):
    """As in most containers: unshare is refused, and nobody cannot enter root's folders."""
    if os.getuid() != 0:
        pytest.skip("only root can become nobody")
    house = house_name(tmp_path)
    disguise = choose_disguise(house, 0, unshare="false")
    postgres = find_postgres(tmp_path / "pg", house, durable=False, disguise=disguise)
    postgres.prepare()
    child = begin(Child(postgres.program(os.environ), folders))
    try:
        postgres.create_database()
        with psycopg.connect(postgres.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert psutil.Process(child_pid(folders)).username() == "nobody"
    finally:
        stop(child)
        postgres.forget()


def child_pid(folders: Folders) -> int:
    return int((folders.run / "postgres.pid").read_text())


def test_valkey_answers_only_to_its_password_and_comes_back_on_its_port(tmp_path: Path, folders: Folders):
    valkey = Valkey(tmp_path / "valkey", choose())
    valkey.prepare()
    child = begin(Child(valkey.program(os.environ), folders))
    stranger = Valkey(tmp_path / "valkey", valkey.port, password="guessed")
    assert not stranger.is_ready()
    end(child)
    assert not valkey.is_ready()
    start_again(child)
    end(child)


def test_programs_that_can_be_reached_are_not_copied(tmp_path: Path):
    assert reachable(choose_disguise(house_name(tmp_path), ORDINARY), tmp_path) == tmp_path
