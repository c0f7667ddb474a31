"""Which stretches of road somebody means: those along a line of a few clicks, or those in an area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
import shapely

from dispatch.city.errors import CityError
from dispatch.city.network import Floats, Network, Wholes, measure

type Spot = tuple[float, float]
"""Latitude and longitude in degrees."""

NEAR_M = 60.0
"""A click farther from every road than this means none."""
MOST_M = 8_000.0
"""A road longer than this is a route, not a road somebody closes."""
_DETOUR, _LEAST_M = 4.0, 400.0


def follow_road(network: Network, clicks: Sequence[Spot]) -> list[Spot]:
    """Return the line of road that leads from click to click, node by node, whatever the one-way signs say.

    Raises
    ------
    CityError
        When a click is on no road, or the road between two of them is none that somebody means.
    """
    graph = _Graph(network)
    stops = [graph.find_node(click) for click in clicks]
    line: list[int] = stops[:1]
    metres = 0.0
    for start, end in pairwise(stops):
        part, length = graph.find_way(start, end)
        line += part[1:]
        metres += length
    if len(line) < 2:
        raise CityError("The two ends of the road lie at the same spot.")
    if metres > MOST_M:
        raise CityError(
            f"That is {metres / 1000:.1f} km of road; at most {MOST_M / 1000:g} km can be closed at once."
        )
    return [(float(lat), float(lon)) for lat, lon in graph.spots[line]]


def list_along(network: Network, line: Sequence[Spot]) -> Wholes:
    """List the rows of the stretches a followed line is made of, whichever way round."""
    steps = {frozenset((_key(a), _key(b))) for a, b in pairwise(line)}
    ends = [(_key(a), _key(b)) for a, b in network.ends.tolist()]
    return np.array([row for row, pair in enumerate(ends) if frozenset(pair) in steps], dtype=np.int64)


def list_within(network: Network, ring: Sequence[Spot]) -> Wholes:
    """List the rows of the stretches that touch an area."""
    area = shapely.Polygon([(lon, lat) for lat, lon in ring])
    if not area.is_valid or area.is_empty:
        raise CityError("The outline of the area crosses itself.")
    lines = shapely.linestrings(network.ends[:, :, ::-1])
    shapely.prepare(area)
    return np.flatnonzero(shapely.intersects(area, lines)).astype(np.int64)


class _Graph:
    """The network as nodes that are joined both ways."""

    def __init__(self, network: Network) -> None:
        names, places = np.unique(network.nodes, return_inverse=True)
        pairs = places.reshape(network.nodes.shape)
        self.spots: Floats = np.empty((len(names), 2))
        self.spots[pairs[:, 0]], self.spots[pairs[:, 1]] = network.ends[:, 0], network.ends[:, 1]
        self._beside: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (a, b), metres in zip(pairs, network.metres, strict=True):
            self._beside[int(a)].append((int(b), float(metres)))
            self._beside[int(b)].append((int(a), float(metres)))

    def find_node(self, click: Spot) -> int:
        away = measure(self.spots, np.array(click))
        nearest = int(np.argmin(away))
        if not away[nearest] <= NEAR_M:
            raise CityError("There is no road where the line begins, ends or turns.")
        return nearest

    def find_way(self, start: int, end: int) -> tuple[list[int], float]:
        """Find the shortest way (Dijkstra 1959), node by node, and its metres."""
        limit = _DETOUR * float(measure(self.spots[start], self.spots[end])) + _LEAST_M
        before, reached = {start: start}, {start: 0.0}
        front, done = [(0.0, start)], set[int]()
        while front:
            metres, node = heappop(front)
            if node == end:
                return _trace_back(before, start, end), metres
            if node in done:
                continue
            done.add(node)
            for other, length in self._beside[node]:
                far = metres + length
                if far <= limit and far < reached.get(other, far + 1):
                    reached[other], before[other] = far, node
                    heappush(front, (far, other))
        raise CityError("No road leads from one end to the other without a long detour.")


def _trace_back(before: dict[int, int], start: int, end: int) -> list[int]:
    line = [end]
    while line[-1] != start:
        line.append(before[line[-1]])
    return line[::-1]


def _key(spot: Sequence[float]) -> tuple[int, int]:
    return round(spot[0] * 1e6), round(spot[1] * 1e6)
