"""A database, a Valkey and web processes of the bench's own, on loopback, gone at its end."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.names import house_name
from dispatch.management.supervisor.ports import choose
from dispatch.management.supervisor.program import Program
from dispatch.management.supervisor.programs import web
from tests.bench.journal import ROOT
from tests.servers import _running, begin, end, start_postgres, start_valkey, stop

OURS = "config.asgi:application"


class Servers:
    """What runs, by name; `ports` are those of the web processes."""

    def __init__(self, folder: Path, webs: int, application: str = OURS, *, durable: bool = False) -> None:
        self._application = application
        self._folders = Folders(folder / "log", folder / "run")
        self._folders.make()
        postgres = start_postgres(folder, self._folders, durable=durable)
        valkey = start_valkey(folder, self._folders)
        self.environment = {
            **os.environ,
            "DATABASE_URL": postgres.url,
            "REDIS_URL": valkey.url,
            "SECRET_KEY": "of a bench, signs nothing but its own",
            "FIELD_KEYS": "bench:b2YgYSBiZW5jaCwgc2VhbHMgbm90aGluZyBlbHNlISE=",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(folder),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "LOG_LEVEL": "ERROR",
        }
        self._manage("-m", "django", "migrate", "--verbosity", "0")
        self.ports = [choose() for _ in range(webs)]
        self._webs: list[Child] = []
        self.start_webs()

    def run(self, *words: str) -> Any:
        """Run the program beside the rows; returns what it tells."""
        return json.loads(self._manage("-m", "tests.bench.charging.rows", *words))

    def start_webs(self) -> None:
        self._webs = [begin(Child(self._web(port), self._folders)) for port in self.ports]

    def _web(self, port: int) -> Program:
        program = web(port, self.environment)
        command = tuple(self._application if word == OURS else word for word in program.command)
        return replace(program, command=command)

    def kill_webs(self) -> None:
        """Kill -9 the gateway: nobody says goodbye."""
        for child in self._webs:
            end(child)

    def stop_webs(self) -> None:
        for child in self._webs:
            stop(child)

    @property
    def pids(self) -> list[int]:
        """Which processes the web processes are now."""
        return [child._process.pid for child in self._webs if child._process]

    def measure_webs(self) -> tuple[float, float]:
        """Return processor seconds used so far and resident megabytes, of all web processes."""
        processes = [psutil.Process(pid) for pid in self.pids]
        used = sum(sum(process.cpu_times()[:2]) for process in processes)
        return used, sum(process.memory_info().rss for process in processes) / 1e6

    def _manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stderr[-2_000:]}")
        return done.stdout


@contextmanager
def start_servers(webs: int, application: str = OURS, *, durable: bool = False) -> Iterator[Servers]:
    folder = Path(tempfile.mkdtemp(prefix="voltrun-bench-"))
    others = len(_running)  # a run of the tests has servers of its own
    try:
        servers = Servers(folder, webs, application, durable=durable)
        try:
            yield servers
        finally:
            servers.stop_webs()
    finally:
        while len(_running) > others:
            stop(_running.pop())
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(Path("/tmp") / house_name(folder), ignore_errors=True)
