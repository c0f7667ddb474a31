"""How other commands find the running house: its addresses in a file only its owner may read."""

from collections.abc import Mapping, MutableMapping
from pathlib import Path

_SHARED = ("DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "ROADS_DATASET", "CITY", "PORT", "SPEED", "DEMO")


def write_endpoints(path: Path, environment: Mapping[str, str]) -> None:
    """Write the addresses; a shell can read them, too: `set -a; . var/run/endpoints`."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    lines = (f"{name}='{environment[name]}'\n" for name in _SHARED if name in environment)
    path.write_text("".join(lines))


def join_running_house(var: Path, environment: MutableMapping[str, str]) -> None:
    """Let a command of this clone use the house that runs in it; what was given explicitly stands."""
    try:
        lines = (var / "run" / "endpoints").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        name, _, value = line.partition("=")
        environment.setdefault(name, value.strip("'"))
