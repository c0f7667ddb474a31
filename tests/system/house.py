"""The whole house in a folder of its own, started as `make run` starts it, and its parts by name."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

CHECKOUT = Path(__file__).resolve().parents[2]
# What a surrounding test run may have set for its own servers.
FOREIGN = (
    "DATABASE_URL",
    "REDIS_URL",
    "BROKER_URL",
    "REDIS_PREFIX",
    "ROADS_DATASET",
    "OSRM_URL",
    "SECRET_KEY",
    "FIELD_KEYS",
)
STARTS_WITHIN_S, STOPS_WITHIN_S = 90.0, 30.0


@dataclass
class House:
    var: Path
    base_url: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.base_url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def wait_ready(self, within_s: float = STARTS_WITHIN_S) -> None:
        wait_until(self.is_ready, within_s, self.describe, give_up=lambda: self.process.poll() is not None)

    def find_pid(self, name: str) -> int | None:
        """Find the process of a part; the solver server is the worker's child."""
        if name == "solver":
            return self._find_solver()
        try:
            pid = int((self.var / "run" / f"{name}.pid").read_text())
        except (FileNotFoundError, ValueError):
            return None
        return pid if psutil.pid_exists(pid) else None

    def kill(self, name: str) -> None:
        """Kill -9 one part and wait until another process has taken its place."""
        wait_until(lambda: self.find_pid(name) is not None, 20, self.describe)
        killed = self.find_pid(name)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: self.find_pid(name) not in (None, killed), 30, self.describe)

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a management command against this house."""
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def read_world(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.var / "world.json").read_text())
        return document

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(STOPS_WITHIN_S)

    def describe(self) -> str:
        """Say what each part wrote last."""
        logs = [self.var / "up.log", *sorted((self.var / "log").glob("*.log"))]
        tails = [f"--- {log.name}\n" + "\n".join(_tail(log)) for log in logs]
        return "\n".join(tails)

    def _find_solver(self) -> int | None:
        worker = self.find_pid("worker")
        if worker is None:
            return None
        try:
            children = psutil.Process(worker).children(recursive=True)
        except psutil.NoSuchProcess:
            return None
        return next((child.pid for child in children if _serves(child)), None)


def _serves(child: psutil.Process) -> bool:
    """Say whether this is a solver at work; one that was killed stays in the list until it is reaped."""
    try:
        return "serve" in child.cmdline()
    except psutil.NoSuchProcess:
        return False


def start_house(var: Path, *, speed: int = 120, rate_per_h: float = 0.0) -> House:
    """Start everything on free ports; `rate_per_h` is the traffic of the world's own drivers."""
    var.mkdir(parents=True, exist_ok=True)
    built = CHECKOUT / "var" / "city"
    if built.is_dir() and not (var / "city").exists():
        (var / "city").symlink_to(built)
    port = find_free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in FOREIGN},
        "UP_DIES_WITH_CALLER": "1",
        "VAR_DIR": str(var),
        "PORT": str(port),
        "SPEED": str(speed),
        "WORLD": "on",
        "WORLD_RATE_PER_H": str(rate_per_h),
        "DEMO": "1",
        "CITY": "monaco",
    }
    with (var / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=CHECKOUT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    return House(var, f"http://127.0.0.1:{port}", environment, process)


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(
    holds: Callable[[], bool],
    within_s: float,
    describe: Callable[[], str] = str,
    give_up: Callable[[], bool] = lambda: False,
) -> None:
    deadline = time.monotonic() + within_s
    while not holds():
        if give_up() or time.monotonic() > deadline:
            raise AssertionError(f"not within {within_s:.0f} s\n{describe()}")
        time.sleep(0.1)


def _tail(log: Path, lines: int = 25) -> list[str]:
    return log.read_text(errors="replace").splitlines()[-lines:]
