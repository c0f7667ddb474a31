"""Ports on loopback: the one that was asked for, and free ones; written down for others to find."""

import json
import socket
from pathlib import Path

from dispatch.management.supervisor.errors import CannotStart

LOOPBACK = "127.0.0.1"


def require_free(port: int) -> None:
    """Refuse to begin when the web's port is taken or not ours to take."""
    try:
        _bind(port)
    except PermissionError:
        raise CannotStart(
            f"Port {port} may only be opened by an administrator; choose one above 1023."
        ) from None
    except OSError:
        raise CannotStart(
            f"Port {port} is taken by another program; stop it or choose another with PORT=8001 make run."
        ) from None


def choose(preferred: int | None = None) -> int:
    """Choose a free port; the one of the last start if it is free, so that addresses stay."""
    if preferred is not None:
        try:
            return _bind(preferred)
        except OSError:
            pass
    return _bind(0)


def read_ports(path: Path) -> dict[str, int]:
    """Read the ports of the last start."""
    try:
        document = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return {name: port for name, port in document.items() if isinstance(port, int)}


def write_ports(path: Path, ports: dict[str, int]) -> None:
    """Write the ports of this start, in one step."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(ports, indent=2) + "\n")
    fresh.replace(path)


def _bind(port: int) -> int:
    with socket.socket() as probe:
        # A port whose last connections are still fading is free for a server.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))
        return int(probe.getsockname()[1])
