"""A small town of two crossing streets and a lane nobody reaches, and what is meant by clicks on it."""

import numpy as np
import pytest

from dispatch.city.errors import CityError
from dispatch.city.network import Network, measure
from dispatch.city.stretches import follow_road, list_along, list_within

# Broad Street runs north through nodes 1, 2, 3; High Street east through 4, 2, 5; the lane 6, 7 lies apart.
SPOTS = {
    1: (43.0, 7.0), 2: (43.001, 7.0), 3: (43.002, 7.0), 4: (43.001, 6.999), 5: (43.001, 7.001),
    6: (43.01, 7.01), 7: (43.011, 7.01),
}  # fmt: skip
STREETS = [(1, 2), (2, 3), (4, 2), (2, 5), (6, 7)]


@pytest.fixture
def town() -> Network:
    ends = np.array([[SPOTS[a], SPOTS[b]] for a, b in STREETS])
    seconds = np.full((len(STREETS), 2), 10.0)
    seconds[0, 1] = np.inf  # Broad Street is one-way between 1 and 2
    return Network(np.array(STREETS), ends, measure(ends[:, 0], ends[:, 1]), seconds)


def pairs(town: Network, rows) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b in town.nodes[rows]}


def test_two_clicks_mean_the_road_between_them_whatever_its_direction(town):
    line = follow_road(town, [(43.0021, 7.0), (42.9999, 7.0)])
    assert line == [SPOTS[3], SPOTS[2], SPOTS[1]]
    assert pairs(town, list_along(town, line)) == {(1, 2), (2, 3)}


def test_a_third_click_leads_round_the_corner(town):
    line = follow_road(town, [SPOTS[1], SPOTS[2], SPOTS[5]])
    assert pairs(town, list_along(town, line)) == {(1, 2), (2, 5)}


def test_an_area_means_all_that_touches_it(town):
    ring = [(43.0009, 6.9995), (43.0009, 7.0005), (43.0011, 7.0005), (43.0011, 6.9995)]
    assert pairs(town, list_within(town, ring)) == {(1, 2), (2, 3), (4, 2), (2, 5)}


def test_an_area_between_the_streets_means_nothing(town):
    ring = [(43.0003, 7.0003), (43.0003, 7.0006), (43.0006, 7.0006)]
    assert len(list_within(town, ring)) == 0


@pytest.mark.parametrize(
    ("clicks", "why"),
    [
        ([(43.0, 7.0), (43.0, 7.05)], "no road where"),
        ([SPOTS[1], SPOTS[7]], "long detour"),
        ([SPOTS[1], (43.00001, 7.0)], "same spot"),
    ],
)
def test_what_nobody_can_mean_is_one_sentence(town, clicks, why):
    with pytest.raises(CityError, match=why):
        follow_road(town, clicks)


def test_an_outline_that_crosses_itself_is_none(town):
    with pytest.raises(CityError, match="crosses itself"):
        list_within(town, [(43.0, 7.0), (43.001, 7.001), (43.0, 7.001), (43.001, 7.0)])
