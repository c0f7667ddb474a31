import json
from pathlib import Path

import pytest

from dispatch.city.roads import build_roads
from routing.travel import CAR, FOOT, HIGH_VAN, GreatCircleTravel, OsrmTravel
from tests.city.monaco import EXTRACT

SEED = Path(__file__).parents[3] / "dispatch" / "city" / "data" / "monaco.seed.json"


class Monaco:
    """Vans on the real roads; feet, which hardly leave their car park, as the crow flies."""

    dataset = "monaco"

    def __init__(self, city: Path) -> None:
        self._roads, self._air = OsrmTravel(f"{city}/osrm"), GreatCircleTravel()

    def table(self, profile, places_from, places_to):
        return self._by(profile).table(profile, places_from, places_to)

    def route(self, profile, a, b):
        return self._by(profile).route(profile, a, b)

    def _by(self, profile):
        return self._air if profile == FOOT else self._roads


@pytest.fixture(scope="session")
def travel(tmp_path_factory: pytest.TempPathFactory) -> Monaco:
    city = tmp_path_factory.mktemp("roads")
    for profile in (CAR, HIGH_VAN):
        build_roads(EXTRACT, city, profile)
    return Monaco(city)


@pytest.fixture
def seed():
    """The demo's fleet and people."""
    return json.loads(SEED.read_text(encoding="utf-8"))
