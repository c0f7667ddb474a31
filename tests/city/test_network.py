"""What the road engine was made from, read beside it."""

import numpy as np
import osrm
import pytest

from dispatch.city.errors import CityError
from dispatch.city.network import measure, read_network
from dispatch.city.roads import roads_file
from tests.city.monaco import FONTVIEILLE, LARVOTTO


@pytest.fixture(scope="module")
def network(monaco):
    return read_network(monaco.folder, "car")


def test_a_drive_takes_as_long_stretch_by_stretch_as_the_engine_says(monaco, network):
    engine = osrm.OSRM(
        storage_config=str(roads_file(monaco.folder, "car")),
        use_mmap=True,
        use_shared_memory=False,
        algorithm="MLD",
    )
    ends = [(FONTVIEILLE.lon, FONTVIEILLE.lat), (LARVOTTO.lon, LARVOTTO.lat)]
    way = engine.Route(osrm.RouteParameters(coordinates=ends, annotations=["nodes", "duration", "distance"]))
    told = way["routes"][0]["legs"][0]["annotation"]
    nodes = [int(node) for node in told["nodes"]]
    known = {}
    for (a, b), (there, back), metres in zip(
        network.nodes.tolist(), network.seconds, network.metres, strict=True
    ):
        known[a, b], known[b, a] = (there, metres), (back, metres)
    # The first and the last stretch are driven in part.
    inside = list(zip(nodes, nodes[1:], told["duration"], told["distance"], strict=False))[1:-1]
    assert len(inside) > 50
    for a, b, seconds, metres in inside:
        assert known[a, b][0] == pytest.approx(seconds, abs=0.01)
        assert known[a, b][1] == pytest.approx(metres, rel=0.01, abs=0.2)


def test_it_lies_in_monaco(network):
    assert (np.abs(network.ends - [43.74, 7.42]) < 0.1).all()
    assert 0 <= network.metres.min() < network.metres.max() < 2_000


def test_a_degree_of_latitude_is_as_long_as_it_is():
    assert measure(np.array([43.0, 7.0]), np.array([44.0, 7.0])) == pytest.approx(111_195, rel=1e-3)


def test_no_roads_are_one_sentence(tmp_path):
    with pytest.raises(CityError, match="cannot be read"):
        read_network(tmp_path, "car")
