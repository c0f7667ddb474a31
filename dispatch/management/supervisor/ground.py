"""What the house stands on: database, Valkey and roads, embedded or given."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from dispatch.city.datastore import load_roads, unload_roads
from dispatch.city.errors import CityError
from dispatch.city.roads import roads_file
from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.ports import choose, read_ports, write_ports
from dispatch.management.supervisor.postgres import Postgres, find_postgres
from dispatch.management.supervisor.program import Program
from dispatch.management.supervisor.say import say
from dispatch.management.supervisor.surroundings import Surroundings
from dispatch.management.supervisor.valkey import Valkey


@dataclass(frozen=True, slots=True)
class Ground:
    """The embedded parts; None where an address was given instead."""

    surroundings: Surroundings
    postgres: Postgres | None
    valkey: Valkey | None

    def prepare(self) -> None:
        """Make what the embedded parts need before they start."""
        if self.postgres:
            self.postgres.prepare()
        if self.valkey:
            self.valkey.prepare()

    def programs(self) -> list[Program]:
        """List the servers to start."""
        environment: Mapping[str, str] = self.surroundings.inherited
        embedded = (self.postgres, self.valkey)
        return [part.program(environment) for part in embedded if part is not None]

    def environment(self, roads: str) -> dict[str, str]:
        """Build what the processes of the house are told about it."""
        return self.surroundings.servers_environment(
            self.postgres.url if self.postgres else self.surroundings.database_url,
            self.valkey.url if self.valkey else self.surroundings.redis_url,
            roads,
        )

    def load_roads(self) -> str:
        """Put the city's roads into shared memory and say where every process finds them."""
        here = self.surroundings
        if here.roads_elsewhere:
            return ""
        if not roads_file(here.city_folder, "car").parent.is_dir():
            raise CannotStart(
                f"The city {here.city} is not built; run make setup,"
                f" or manage.py build_city FILE.osm.pbf --name {here.city}."
            )
        try:
            load_roads(here.city_folder, here.roads)
        except CityError:
            # The engine's shared memory is one for the whole machine: another user may own it.
            say("  the roads are read from files: the machine's shared memory for them is not ours to use")
            return str(here.city_folder / "osrm")
        return here.roads

    def leave(self) -> None:
        """Take back what lies outside `var/`; what cannot be taken is no reason to fail at the end."""
        if not self.surroundings.roads_elsewhere:
            with suppress(CityError, OSError):
                unload_roads(self.surroundings.roads)
        if self.postgres:
            self.postgres.leave()


def find_ground(surroundings: Surroundings) -> Ground:
    """Choose folders and ports, and write the ports down."""
    surroundings.var.mkdir(parents=True, exist_ok=True)
    path = surroundings.var / "ports.json"
    ports = {"web": surroundings.port}
    postgres = valkey = None
    if not surroundings.database_url:
        postgres = find_postgres(surroundings.var / "pg", surroundings.name, database=surroundings.database)
    if not surroundings.redis_url:
        ports["valkey"] = choose(read_ports(path).get("valkey"))
        valkey = Valkey(surroundings.var / "valkey", ports["valkey"])
    write_ports(path, ports)
    return Ground(surroundings, postgres, valkey)
