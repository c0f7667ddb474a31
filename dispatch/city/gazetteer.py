"""What of a city can be searched for, a row each: name, what tells it from its namesakes, position."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from math import cos, floor, hypot, radians
from typing import Any

_METRES_A_DEGREE = 111_320.0
# Pieces of a street that lie within neighbouring cells (about 1 km) are one street.
_CELLS_A_DEGREE = 100
_STREET_M = 80.0
_STREET_CELLS = 1000
_DISTRICT_M = 4_000.0
# A town's name holds farther from its middle than a quarter's.
_REACH = {"city": 4.0, "town": 3.0, "village": 2.0}
_NAMELESS = {"charger": "EV charging"}

type Places = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One place to be found; `key` is what the map calls it, where it calls it anything."""

    kind: str
    name: str
    detail: str
    lat: float
    lon: float
    key: str = ""


def list_rows(places: Places) -> Iterator[Row]:
    """List everything that can be searched for."""
    where = _Where(places)
    for district in places["districts"]:
        yield Row("district", district["name"], "", district["lat"], district["lon"])
    for street in places["streets"]:
        for points in _split(street["points"]):
            lat, lon = _middle(points)
            yield Row("street", street["name"], where.district(lat, lon), lat, lon)
    for address in places["addresses"]:
        lat, lon = address["lat"], address["lon"]
        yield Row("address", f"{address['number']} {address['street']}", where.district(lat, lon), lat, lon)
    for kind, rows in (
        ("poi", places["pois"]),
        ("charger", places["chargers"]),
        ("car_park", places["sites"]),
    ):
        yield from _named(kind, rows, where)


def write_rows(places: Places) -> str:
    """Write them as text, one JSON array a line: kind, name, detail, lat, lon, key."""
    return "".join(f"{json.dumps(astuple(row), ensure_ascii=False)}\n" for row in list_rows(places))


def _named(kind: str, rows: list[dict[str, Any]], where: _Where) -> Iterator[Row]:
    """List things with a name; one that stands twice at the same corner (as point and as area) once."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        name = row.get("name") or _NAMELESS.get(kind, "")
        detail = where.say(row["lat"], row["lon"])
        if name and (name, detail) not in seen:
            seen.add((name, detail))
            yield Row(kind, name, detail, row["lat"], row["lon"], row["id"] if kind == "car_park" else "")


class _Where:
    """Says where a position is: street and district."""

    def __init__(self, places: Places) -> None:
        self._districts = places["districts"]
        self._cells: defaultdict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
        for street in places["streets"]:
            for lat, lon in street["points"]:
                self._cells[_cell(lat, lon, _STREET_CELLS)].append((lat, lon, street["name"]))

    def say(self, lat: float, lon: float) -> str:
        """Name street and district, as far as they are known."""
        return ", ".join(filter(None, (self._street(lat, lon), self.district(lat, lon))))

    def district(self, lat: float, lon: float) -> str:
        """Name the district whose middle is nearest; a town counts from farther away."""
        near = (
            (metres(lat, lon, row["lat"], row["lon"]) / _REACH.get(row["kind"], 1.0), row["name"])
            for row in self._districts
        )
        distance, name = min(near, default=(_DISTRICT_M, ""))
        return name if distance < _DISTRICT_M else ""

    def _street(self, lat: float, lon: float) -> str:
        row, column = _cell(lat, lon, _STREET_CELLS)
        near = (
            (metres(lat, lon, *point[:2]), point[2])
            for i in (row - 1, row, row + 1)
            for j in (column - 1, column, column + 1)
            for point in self._cells.get((i, j), ())
        )
        distance, name = min(near, default=(_STREET_M, ""))
        return name if distance < _STREET_M else ""


def metres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Measure a straight line within a city."""
    across = (to_lon - lon) * cos(radians(lat))
    return hypot(to_lat - lat, across) * _METRES_A_DEGREE


def _split(points: list[list[float]]) -> list[list[list[float]]]:
    """Part namesakes in different corners of the extract: pieces that hang together are one street."""
    cells: defaultdict[tuple[int, int], list[list[float]]] = defaultdict(list)
    for point in points:
        cells[_cell(point[0], point[1], _CELLS_A_DEGREE)].append(point)
    groups: list[list[list[float]]] = []
    left = dict(sorted(cells.items()))
    while left:
        edge = [next(iter(left))]
        group: list[list[float]] = []
        while edge:
            row, column = edge.pop()
            group += left.pop((row, column), [])
            edge += [
                (i, j)
                for i in (row - 1, row, row + 1)
                for j in (column - 1, column, column + 1)
                if (i, j) in left
            ]
        groups.append(group)
    return groups


def _middle(points: list[list[float]]) -> tuple[float, float]:
    """Give the point of a street that is nearest to the mean of all: a point on the street."""
    lat = sum(point[0] for point in points) / len(points)
    lon = sum(point[1] for point in points) / len(points)
    best = min(points, key=lambda point: metres(lat, lon, *point))
    return best[0], best[1]


def _cell(lat: float, lon: float, cells: int) -> tuple[int, int]:
    return floor(lat * cells), floor(lon * cells)
