"""What the house is told from outside: the environment it was started in, read in this one place."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.names import city_database, house_name

_OFF = {"off", "0", "no", "false"}
# What only the house's own processes may know; the world is a stranger to it.
_SECRETS = (
    *("DATABASE_URL", "REDIS_URL", "BROKER_URL", "REDIS_PREFIX"),
    *("SECRET_KEY", "FIELD_KEYS", "FIELD_KEYS_FILE"),
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the house lies, and what it shall use instead of its own parts."""

    root: Path
    var: Path
    port: int
    city: str
    speed: float
    world: bool
    database_url: str
    redis_url: str
    roads_elsewhere: bool
    die_with_caller: bool
    inherited: Mapping[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        """The house's machine-wide name."""
        return house_name(self.var)

    @property
    def roads(self) -> str:
        """The prefix of its road data sets."""
        return f"{self.name}-{self.city}"

    @property
    def database(self) -> str:
        """The database of its city: another city, another one."""
        return city_database(self.city)

    @property
    def city_folder(self) -> Path:
        """Where the built city lies."""
        return self.var / "city" / self.city

    @property
    def url(self) -> str:
        """Where people find it."""
        return f"http://127.0.0.1:{self.port}"

    def servers_environment(self, database_url: str, redis_url: str, roads: str) -> dict[str, str]:
        """Build what web, planner and clock are told."""
        environment = {
            **self.inherited,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(self.root),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "REDIS_PREFIX": self.inherited.get("REDIS_PREFIX") or self.name,
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "CITY": self.city,
            "SPEED": f"{self.speed:g}",
            "DEMO": self.inherited.get("DEMO") or "1",
        }
        if roads:
            environment["ROADS_DATASET"] = roads
        return environment

    def world_environment(self, servers: Mapping[str, str]) -> dict[str, str]:
        """Build what the world is told: the same without the keys to the house."""
        return {name: value for name, value in servers.items() if name not in _SECRETS}


def read_surroundings() -> Surroundings:
    """Read and check; what is wrong is one sentence."""
    environment = {name: value for name, value in os.environ.items() if value}
    return Surroundings(
        root=settings.BASE_DIR,
        var=settings.VAR_DIR,
        port=settings.PORT,
        city=settings.CITY,
        speed=_speed(environment.get("SPEED", "10")),
        world=environment.get("WORLD", "on").lower() not in _OFF,
        database_url=environment.get("DATABASE_URL", ""),
        redis_url=environment.get("REDIS_URL", ""),
        roads_elsewhere=any(environment.get(name) for name in ("OSRM_URL", "ROADS_DATASET")),
        die_with_caller=environment.get("UP_DIES_WITH_CALLER") == "1",
        inherited=environment,
    )


def python(*arguments: str) -> tuple[str, ...]:
    """Build a command of this very Python."""
    return (sys.executable, *arguments)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 120:
        raise CannotStart(f"SPEED must be a number from 1 to 120, not {text}.")
    return speed
