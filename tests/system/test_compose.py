"""The processes of compose.yaml, started here by hand with the very commands and environment it gives them.

What a container adds is missing (images, networks, volumes); instead of its hosts stand a PostgreSQL, a
Valkey and a road server of this test, instead of the proxy its headers.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import osrm
import pytest

from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.ports import choose
from dispatch.management.supervisor.postgres import find_postgres
from dispatch.management.supervisor.valkey import Valkey
from tests.deploy.compose import read_compose
from tests.servers import end
from tests.system.house import CHECKOUT, FOREIGN, wait_until

pytestmark = pytest.mark.system
DOMAIN = "charge.example"
BROWSER = {"Host": DOMAIN, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
QUIETLY: dict[str, Any] = {"cwd": CHECKOUT, "capture_output": True, "text": True, "check": False}
STARTS_WITHIN_S = 180.0
OWNER = "olga@company.example"


@dataclass
class Hosts:
    """Where the containers would be."""

    folder: Path
    port: int
    roads: int
    services: dict[str, Any]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self, service: str) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        own.pop("DEMO", None)
        given = {name: self.here(str(value)) for name, value in self.services[service]["environment"].items()}
        return {**own, **given, "VAR_DIR": str(self.folder / "var"), "PYTHONPATH": str(CHECKOUT)}

    def here(self, text: str) -> str:
        """Put what stands here in the place of a container's."""
        for theirs, ours in (
            ("/run/secrets", str(self.folder / "secrets")),
            ("http://osrm-{profile}:5000", f"http://127.0.0.1:{self.roads}"),
            ("172.31.7.0/24", "127.0.0.1"),
            ("--host=0.0.0.0", "--host=127.0.0.1"),
            ("--port=8000", f"--port={self.port}"),
            ("--port=5000", f"--port={self.roads}"),
            ("--ip=0.0.0.0", "--ip=127.0.0.1"),
            ("/var/voltrun", str(self.folder / "var")),
        ):
            text = text.replace(theirs, ours)
        return text

    def command(self, service: str) -> list[str]:
        first, *rest = (self.here(str(part)) for part in self.services[service]["command"])
        # The shell's own lines name Python by what a container has on its path.
        return [str(find_program(first)), *(part.replace("python ", f"{sys.executable} ") for part in rest)]

    def start(self, service: str) -> None:
        environment = self.environment(service)
        with (self.folder / f"{service}.log").open("wb") as log:
            process = subprocess.Popen(
                self.command(service), cwd=CHECKOUT, env=environment, stdout=log, stderr=log
            )
        self.running.append(process)

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            **QUIETLY,
            env=self.environment("web"),
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def describe(self) -> str:
        return "\n".join(f"--- {log.name}\n{log.read_text()[-3000:]}" for log in self.folder.glob("*.log"))

    def ask(self, path: str, **more: Any) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10, **more)


def find_program(name: str) -> Path:
    """Find what a container has on its path."""
    if name == "osrm-routed":
        return Path(osrm.__file__).parent / "bin" / name
    beside = Path(sys.executable).with_name(name)
    return beside if beside.exists() else Path(shutil.which(name) or name)


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    folder = tmp_path_factory.mktemp("hosts")
    (folder / "var").mkdir()
    (folder / "var" / "city").symlink_to(CHECKOUT / "var" / "city")
    subprocess.run([CHECKOUT / "deploy/make-secrets", folder / "secrets"], check=True)
    postgres = find_postgres(folder / "pg", f"compose-{os.getpid()}", database="voltrun")
    valkey = Valkey(folder / "valkey", choose())
    children = []
    folders = Folders(folder / "log", folder / "run")
    folders.make()
    for server in (postgres, valkey):
        server.prepare()
        child = Child(server.program(os.environ), folders)
        child.begin(time.monotonic())
        children.append(child)
        wait_until(server.is_ready, 30)
    postgres.create_database()
    for name, url in (("database_url", postgres.url), ("redis_url", valkey.url)):
        path = folder / "secrets" / name
        path.chmod(0o644)
        path.write_text(url)
    hosts = Hosts(folder, choose(), choose(), read_compose(DOMAIN=DOMAIN)["services"])
    try:
        hosts.start("osrm-car")
        prepare(hosts)
        for service in ("web", "worker", "beat"):
            hosts.start(service)
        wait_until(lambda: is_alive(hosts), STARTS_WITHIN_S, hosts.describe)
        yield hosts
    finally:
        for process in reversed(hosts.running):
            process.terminate()
            process.wait(40)
        for child in reversed(children):
            end(child)


def is_alive(hosts: Hosts) -> bool:
    try:
        return hosts.ask("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def prepare(hosts: Hosts) -> None:
    hosts.start("prepare")
    assert hosts.running.pop().wait(STARTS_WITHIN_S) == 0, hosts.describe()
    hosts.manage("plant_fleet", "dispatch/city/data/monaco.seed.json", "--owner", OWNER)


def test_it_becomes_ready_on_servers_of_its_own_and_roads_by_address(hosts):
    def is_ready() -> bool:
        down: dict[str, str] = hosts.ask("/readyz").json()["down"]
        # Nobody has a car here yet that could be quoted for.
        return set(down) <= {"quote"}

    wait_until(is_ready, STARTS_WITHIN_S, hosts.describe)


def test_it_is_no_demo(hosts):
    config = hosts.ask("/api/config", headers=BROWSER)
    assert config.status_code == 200, config.text
    assert config.json()["demo"] is False
    assert config.json()["demo_accounts"] == []
    assert config.json()["speed"] == 1


def test_a_browser_comes_by_tls_only_and_only_under_its_name(hosts):
    page = hosts.ask("/ops/", headers=BROWSER)
    assert "max-age" in page.headers["Strict-Transport-Security"]
    assert "Secure" in page.headers["Set-Cookie"]
    plain = hosts.ask("/ops/", headers={"Host": DOMAIN, "X-Forwarded-Proto": "http"})
    assert (plain.status_code, plain.headers["Location"]) == (301, f"https://{DOMAIN}/ops/")
    assert hosts.ask("/ops/", headers={**BROWSER, "Host": "elsewhere.example"}).status_code == 400


def test_the_figures_are_for_the_one_who_has_the_token(hosts):
    token = (hosts.folder / "secrets" / "metrics_token").read_text()
    assert hosts.ask("/metrics").status_code == 404
    told = hosts.ask("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert "voltrun_units 13.0" in told.text


def test_the_planner_turns(hosts):
    token = (hosts.folder / "secrets" / "metrics_token").read_text()

    def turns() -> float:
        told = hosts.ask("/metrics", headers={"Authorization": f"Bearer {token}"}).text
        return float(told.partition("\nvoltrun_sweeps_total ")[2].partition("\n")[0])

    before = turns()
    wait_until(lambda: turns() >= before + 3, 30, hosts.describe)


def test_the_worker_says_that_it_is_well_as_it_is_asked(hosts):
    shell = hosts.services["worker"]["healthcheck"]["test"][1].replace("$HOSTNAME", os.uname().nodename)
    done = subprocess.run(
        ["/bin/sh", "-c", shell.replace("celery ", f"{find_program('celery')} ", 1)],
        **QUIETLY,
        env=hosts.environment("worker"),
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pong" in done.stdout


def test_each_line_of_the_log_is_a_document(hosts):
    lines = (hosts.folder / "worker.log").read_text().splitlines()
    # The worker greets in its own way before it begins.
    assert sum(line.startswith("{") and bool(json.loads(line)) for line in lines) > 3
