"""A Valkey of a test's own, to be killed, frozen and brought back; the others keep theirs."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.ports import choose
from dispatch.management.supervisor.valkey import Valkey
from tests.patience import wait_until
from tests.servers import end


class OwnValkey:
    """Goes and comes back at the same address."""

    def __init__(self, folder: Path) -> None:
        folders = Folders(folder / "log", folder / "run")
        folders.make()
        self.server = Valkey(folder / "valkey", choose())
        self.server.prepare()
        self._child = Child(self.server.program(os.environ), folders)
        self._child.begin(time.monotonic())
        self._wait()

    def kill(self) -> None:
        end(self._child)

    def start(self) -> None:
        self._child.start(time.monotonic())
        self._wait()

    def freeze(self) -> None:
        """Let it hold all connections and answer nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        process = self._child._process
        assert process is not None
        os.kill(process.pid, number)

    def _wait(self) -> None:
        wait_until(self.server.is_ready, 10, "Valkey becoming ready")


@pytest.fixture
def own_valkey(tmp_path: Path, settings: Settings) -> Iterator[OwnValkey]:
    """Let the channel layer use a Valkey of this test's own."""
    valkey = OwnValkey(tmp_path)
    known = settings.CHANNEL_LAYERS["default"]
    hosts = [{**known["CONFIG"]["hosts"][0], "address": valkey.server.url}]
    settings.CHANNEL_LAYERS = {"default": {**known, "CONFIG": {**known["CONFIG"], "hosts": hosts}}}
    yield valkey
    if valkey._child.is_running:
        valkey.thaw()
        valkey.kill()
