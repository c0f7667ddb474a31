"""The small world with a charger in its first van that speaks OCPP, behind the real application."""

from dataclasses import dataclass

import pytest

from dispatch.models import Charger, ChargeRequest, Stop
from tests.dispatch.crew import Crew
from tests.dispatch.ocpp.station import Station
from tests.real_database import *  # noqa: F403  # fixtures are found by name
from tests.small_world import SmallWorld, build_world

KEY = "a key of twenty-six letters"


@dataclass
class Scene:
    """Alice's car is to be charged by a van whose charger speaks."""

    world: SmallWorld
    crew: Crew
    request: ChargeRequest
    stop: Stop
    charger: Charger

    def station(self, protocol: str = "ocpp1.6", **changes: str) -> Station:
        """Open a line as this charger; `changes` make it somebody else."""
        return Station(**{"identity": self.charger.identity, "key": KEY, **changes}, protocol=protocol)

    def work(self) -> None:
        """Have the crew go there and begin: from here on energy may flow."""
        self.crew.go_to(self.stop)
        self.world.wait(seconds=self.stop.setup_s)
        self.stop = self.crew.do("start", self.stop)


@pytest.fixture
def world(committed: None) -> SmallWorld:
    return build_world()


@pytest.fixture
def scene(world: SmallWorld) -> Scene:
    request = world.accept("Alice")
    stop = world.stop_of(request)
    return Scene(world, Crew(world), request, stop, give_identity(stop.unit.charger, "MC-VAN-1"))


def give_identity(charger: Charger, identity: str) -> Charger:
    charger.identity = identity
    charger.set_key(KEY)
    charger.save()
    return charger
