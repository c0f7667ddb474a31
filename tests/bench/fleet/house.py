"""The whole house as `manage.py up` starts it, without the simulated world: empty, and gone at the end.

More web processes and workers are begun beside it, by the same words, as on further hosts.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from dispatch.management.supervisor import programs
from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.endpoints import join_running_house
from dispatch.management.supervisor.names import house_name
from dispatch.management.supervisor.ports import choose
from dispatch.management.supervisor.program import Program
from tests.bench.journal import ROOT
from tests.patience import wait_until
from tests.system.house import FOREIGN, find_free_port

PARTS = ("postgres", "valkey", "web", "worker", "beat", "clock")
# All load comes from one address, and is counted elsewhere.
RATES = ("ADDRESS_RATE", "SOCKETS_RATE", "CALLER_RATE", "QUOTES_RATE", "SIGN_IN_RATE", "SIGN_IN_ADDRESS_RATE")


@dataclass
class BenchHouse:
    """What runs, by name; `ports` are those of the web processes."""

    var: Path
    environment: dict[str, str]
    up: subprocess.Popen[bytes]
    ports: list[int]
    more: dict[str, Child] = field(default_factory=dict)

    def run(self, *words: str) -> Any:
        """Run the program beside the rows; returns what it tells."""
        return run_rows(self.environment, *words)

    def begin_more(self, webs: int, workers: int) -> None:
        """Begin web processes and workers beside those of the house."""
        folders = Folders(self.var / "log", self.var / "run")
        for number in range(2, webs + 1):
            port = choose()
            self._begin(replace(programs.web(port, self.environment), name=f"web{number}"), folders)
            self.ports.append(port)
        for number in range(2, workers + 1):
            program = programs.worker(self.environment)
            named = (*program.command, f"--hostname=worker{number}@%h")
            self._begin(replace(program, name=f"worker{number}", command=named), folders)
        for name, child in self.more.items():
            wait_until(child.program.is_ready, 240, f"{name} becoming ready")

    def end_more(self, name: str) -> None:
        """Take one of them away."""
        child = self.more.pop(name)
        child.ask_to_stop()
        wait_until(lambda: child.find_end(time.monotonic()) is not None, 60, f"the end of {name}")

    def look(self) -> None:
        """Start those beside the house again that have ended, as its supervisor does with its own."""
        now = time.monotonic()
        for child in self.more.values():
            child.find_end(now)
            if child.due_at is not None and child.due_at <= now:
                child.start(now)

    def kill(self, name: str) -> None:
        """Kill -9 one part."""
        pid = self.find_pid(name)
        if pid is None:
            raise RuntimeError(f"{name} does not run")
        os.kill(pid, signal.SIGKILL)

    def find_pid(self, name: str) -> int | None:
        try:
            pid = int((self.var / "run" / f"{name}.pid").read_text())
        except (FileNotFoundError, ValueError):
            return None
        return pid if psutil.pid_exists(pid) else None

    def list_processes(self) -> dict[str, list[psutil.Process]]:
        """List the processes of each part: PostgreSQL has many, the solver server is its worker's child."""
        found: dict[str, list[psutil.Process]] = {}
        for name in (*PARTS, *self.more):
            pid = self.find_pid(name)
            if pid is None:
                continue
            process = psutil.Process(pid)
            children = process.children(recursive=True)
            if name.startswith("worker"):
                found[name.replace("worker", "solver")] = children
                children = []
            found[name] = [process, *children]
        return found

    def _begin(self, program: Program, folders: Folders) -> None:
        child = Child(program, folders)
        child.begin(time.monotonic())
        self.more[program.name] = child


def run_rows(environment: dict[str, str], *words: str) -> Any:
    """Run the program beside the rows in the surroundings of a house."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.fleet.rows", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr[-3_000:]}")
    return json.loads(done.stdout)


@contextmanager
def start_house(
    webs: int = 1, workers: int = 1, more: Sequence[tuple[str, str]] = ()
) -> Iterator[BenchHouse]:
    """Start a house nobody lives in yet; `more` are settings of its own."""
    var = Path(tempfile.mkdtemp(prefix="voltrun-bench-"))
    (var / "city").symlink_to((ROOT / "var" / "city").resolve())
    port = find_free_port()
    surroundings = {
        **{name: value for name, value in os.environ.items() if name not in FOREIGN},
        **dict.fromkeys(RATES, "100000000/min"),
        "UP_DIES_WITH_CALLER": "1",
        "VAR_DIR": str(var),
        "PORT": str(port),
        "SPEED": "1",
        "WORLD": "off",
        "DEMO": "0",
        "CITY": "monaco",
        "SECRET_KEY": "of a bench, signs nothing but its own",
        "FIELD_KEYS": "bench:b2YgYSBiZW5jaCwgc2VhbHMgbm90aGluZyBlbHNlISE=",
        "LOG_LEVEL": "WARNING",
        **dict(more),
    }
    up = _start_up(var, surroundings)
    try:
        wait_until(lambda: _stands(var, up), 240, "the house standing")
        environment = {**surroundings, "DJANGO_SETTINGS_MODULE": "config.settings"}
        join_running_house(var, environment)
        house = BenchHouse(var, environment, up, [port])
        try:
            house.begin_more(webs, workers)
            yield house
        finally:
            for name in list(house.more):
                house.end_more(name)
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(120)
        shutil.rmtree(var, ignore_errors=True)
        shutil.rmtree(Path("/tmp") / house_name(var), ignore_errors=True)


def _start_up(var: Path, surroundings: dict[str, str]) -> subprocess.Popen[bytes]:
    with (var / "up.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _stands(var: Path, up: subprocess.Popen[bytes]) -> bool:
    if up.poll() is not None:
        raise RuntimeError((var / "up.log").read_text()[-2_000:])
    names = ("web", "worker", "beat")
    return all((var / "run" / f"{name}.pid").exists() for name in names) and programs.answers(
        int(json.loads((var / "ports.json").read_text())["web"]), "/healthz"
    )
