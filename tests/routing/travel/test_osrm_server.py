"""The road engine behind an address: the very answers of the binding, and one word when it is away."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import osrm
import pytest

from dispatch.city.roads import roads_file
from dispatch.management.supervisor.ports import choose
from routing.model.errors import TravelUnavailable
from routing.travel import CAR, OsrmTravel
from routing.travel.osrm_server import OsrmServer
from tests.city.monaco import CASINO, FONTVIEILLE, LARVOTTO, OUT_AT_SEA, PORT, STATION
from tests.patience import wait_until

CORNERS = [CASINO, STATION, FONTVIEILLE, LARVOTTO, PORT]


@pytest.fixture(scope="module")
def served(monaco_roads: Path) -> Iterator[OsrmTravel]:
    """Roads asked of a real `osrm-routed` on this machine."""
    port = choose()
    program = Path(osrm.__file__).parent / "bin" / "osrm-routed"
    command = [
        program,
        "-a",
        "MLD",
        "-m",
        "-i",
        "127.0.0.1",
        "-p",
        str(port),
        "-t",
        "1",
        roads_file(monaco_roads, CAR),
    ]
    more = ["--max-table-size", "1000", "--verbosity", "WARNING"]
    with subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: answers(port), 20, "osrm-routed")
            travel = OsrmTravel(f"http://127.0.0.1:{port}")
            yield travel
            travel._engine(CAR).close()
        finally:
            process.terminate()


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/nearest/v1/car/7.42,43.73").status_code == 200
    except httpx.TransportError:
        return False


def test_tables_are_those_of_the_binding(served, roads):
    assert served.table(CAR, CORNERS, CORNERS[1:]) == roads.table(CAR, CORNERS, CORNERS[1:])


def test_ways_are_those_of_the_binding(served, roads):
    assert served.route(CAR, FONTVIEILLE, LARVOTTO) == roads.route(CAR, FONTVIEILLE, LARVOTTO)


def test_a_place_far_from_any_road_cannot_be_reached(served):
    assert served.table(CAR, [CASINO], [OUT_AT_SEA]).durations_s == ((None,),)
    assert served.route(CAR, CASINO, OUT_AT_SEA) is None


def test_a_trace_lies_where_the_binding_lays_it(served, roads):
    way = roads.route(CAR, FONTVIEILLE, LARVOTTO)
    assert way is not None
    trace = [(spot, 10 * at) for at, spot in enumerate(way.coordinates[:20])]
    assert served.match(CAR, trace) == roads.match(CAR, trace)


def test_hundreds_of_places_fit_into_one_question(served):
    table = served.table(CAR, CORNERS * 60, CORNERS * 60)
    assert len(table.durations_s) == 300


def test_a_server_that_is_away_has_nothing_to_give():
    with pytest.raises(TravelUnavailable, match="NoServer"):
        OsrmTravel("http://127.0.0.1:1").table(CAR, [CASINO], [PORT])


def test_the_profile_is_part_of_the_address(monkeypatch):
    asked = []
    monkeypatch.setattr(OsrmServer, "__init__", lambda _, url, profile: asked.append((url, profile)))
    OsrmTravel("http://osrm-{profile}:5000")._engine("foot")
    assert asked == [("http://osrm-foot:5000", "foot")]
