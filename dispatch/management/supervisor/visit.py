"""How a single command (`manage.py audit`) gets at the house's data, whether the house runs or sleeps."""

import time
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.endpoints import join_running_house
from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.lock import hold, is_held
from dispatch.management.supervisor.names import HOME_CITY, city_database, house_name
from dispatch.management.supervisor.postgres import find_postgres

# What needs the data and nothing else; every other command needs none, or the whole house.
_READERS = {
    *("audit", "changepassword", "createsuperuser", "dbshell", "dumpdata", "shell"),
    *("backup", "erase_person", "export_person", "restore", "rotate_keys"),
}
# What may come before there is any.
_BEGINNERS = {"restore"}
_GLANCE_S = 0.02


@contextmanager
def at_home(arguments: Sequence[str], var: Path, environment: MutableMapping[str, str]) -> Iterator[None]:
    """Join the house that runs here; wake its database for a command that reads it, if the house sleeps."""
    command = arguments[1] if len(arguments) > 1 else "help"
    lock = var / "run" / "up.lock"
    if command == "up" or environment.get("DATABASE_URL"):
        yield
    elif is_held(lock):
        join_running_house(var, environment)
        yield
    elif command in _READERS and ((var / "pg").exists() or command in _BEGINNERS):
        with hold(lock), _woken_database(var, environment):
            yield
    else:
        yield


@contextmanager
def _woken_database(var: Path, environment: MutableMapping[str, str]) -> Iterator[None]:
    database = city_database(environment.get("CITY") or HOME_CITY)
    postgres = find_postgres(var / "pg", house_name(var), database=database)
    postgres.prepare()
    folders = Folders(var / "log", var / "run")
    folders.make()
    child = Child(postgres.program(environment), folders)
    child.begin(time.monotonic())
    try:
        _wait_until_ready(child)
        postgres.create_database()
        environment["DATABASE_URL"] = postgres.url
        environment.setdefault("DEMO", "1")
        yield
    finally:
        environment.pop("DATABASE_URL", None)
        child.ask_to_stop()
        _wait_until_ended(child)
        postgres.leave()


def _wait_until_ready(child: Child) -> None:
    while not child.program.is_ready():
        how = child.find_end(time.monotonic())
        if how is not None:
            raise CannotStart(f"The database did not start ({how}): {child.last_words()} [{child.log}]")
        time.sleep(_GLANCE_S)


def _wait_until_ended(child: Child) -> None:
    deadline = time.monotonic() + child.program.stop_within_s
    while child.is_running:
        if time.monotonic() > deadline:
            child.kill()
        child.find_end(time.monotonic())
        time.sleep(_GLANCE_S)
