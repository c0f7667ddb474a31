"""What bare Channels brings to as many readers on this machine: the measure of our own streams."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dispatch.management.supervisor import programs
from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.ports import choose
from dispatch.management.supervisor.program import Program
from tests.bench.journal import ROOT, say
from tests.servers import _running, begin, start_valkey, stop

LOAD = ROOT / "tests" / "bench" / "fleet" / "plain_load.py"


@dataclass(frozen=True, slots=True)
class Plain:
    """Messages that reached readers, a second."""

    messages_per_s: float


def measure_plain(readers: int, seconds: float) -> Plain:
    """Send to groups of four readers as fast as one process can."""
    folder = Path(tempfile.mkdtemp(prefix="voltrun-plain-"))
    folders, others = Folders(folder / "log", folder / "run"), len(_running)
    folders.make()
    try:
        valkey = start_valkey(folder, folders)
        port = choose()
        environment = {**os.environ, "REDIS_URL": valkey.url, "PYTHONPATH": str(ROOT)}
        command = tuple(
            "tests.bench.fleet.plain_app:application" if word == "config.asgi:application" else word
            for word in programs.web(port, environment).command
        )
        server = Program("plain", command, environment, is_ready=lambda: _listens(port))
        _running.append(begin(Child(server, folders)))
        words = [sys.executable, str(LOAD), str(port), str(readers), str(seconds)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        found = Plain(json.loads(done.stdout)["messages_per_s"])
        say(f"bare Channels: {found.messages_per_s:.0f} messages/s to {readers} readers")
        return found
    finally:
        while len(_running) > others:
            stop(_running.pop())
        shutil.rmtree(folder, ignore_errors=True)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
