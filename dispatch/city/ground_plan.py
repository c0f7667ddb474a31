"""Where things are in a city nobody has described by hand: its middle, its busy corners, its car parks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, floor, radians
from typing import Any

from dispatch.city.errors import CityError
from dispatch.city.gazetteer import metres

# A fleet of eight vans serves so much from its middle in every direction, and no more.
REACH_M = 4_000.0
BUSY_SPOTS = 24
_METRES_A_DEGREE = 111_320.0
_CELLS_A_DEGREE = 250
_HEAVIEST = 4
_CLOSED = {"private", "no", "customers", "permit"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A named place by a street, and how busy it is."""

    name: str
    lat: float
    lon: float
    weight: int = 1


class GroundPlan:
    """A reading of a built city's places.

    Parameters
    ----------
    bounds
        West, south, east, north of the extract.
    places
        As `places.json` holds them.
    """

    def __init__(self, bounds: Sequence[float], places: Mapping[str, Any]) -> None:
        self._places = places
        self._points = [
            Spot(street["name"], lat, lon) for street in places["streets"] for lat, lon in street["points"]
        ]
        if not self._points:
            raise CityError("The city has no street with a name: there is nowhere to put a fleet.")
        busy = [(poi["lat"], poi["lon"]) for poi in places["pois"]] or [(p.lat, p.lon) for p in self._points]
        self.middle = self._nearest(*(_median(values) for values in zip(*busy, strict=True)))
        self.bounds = self._clip(bounds)

    def list_busy_spots(self) -> list[Spot]:
        """List corners with much around them, the busiest first: there people leave their cars."""
        streets: defaultdict[tuple[int, int], list[Spot]] = defaultdict(list)
        for point in self._points:
            if self._is_inside(point.lat, point.lon):
                streets[_cell(point.lat, point.lon)].append(point)
        counts = Counter(_cell(poi["lat"], poi["lon"]) for poi in self._places["pois"])
        cells = sorted(streets, key=lambda cell: (-counts[cell], -len(streets[cell]), cell))[:BUSY_SPOTS]
        most = max(1, counts[cells[0]])
        return [
            Spot(spot.name, spot.lat, spot.lon, max(1, round(_HEAVIEST * counts[cell] / most)))
            for cell in cells
            for spot in (streets[cell][len(streets[cell]) // 2],)
        ]

    def list_depots(self, count: int) -> list[Spot]:
        """List homes for vans, on opposite sides of the middle."""
        west, south, east, north = self.bounds
        steps = [(-0.5, -0.5), (0.5, 0.5), (0.5, -0.5), (-0.5, 0.5)]
        wide, high = (east - west) / 2, (north - south) / 2
        return [
            self._nearest(self.middle.lat + y * high, self.middle.lon + x * wide)
            for x, y in (steps[number % len(steps)] for number in range(count))
        ]

    def list_car_parks(self, most: int) -> list[dict[str, Any]]:
        """List car parks anybody may use: covered ones first, then the nearest to the middle."""
        found = [
            {**park, "name": park.get("name") or self._name(park), "is_named": "name" in park}
            for park in self._places["sites"]
            if park["entrances"]
            and park.get("access") not in _CLOSED
            and self._is_inside(park["lat"], park["lon"])
        ]
        return sorted(
            found,
            key=lambda park: (
                not park["covered"],
                metres(self.middle.lat, self.middle.lon, park["lat"], park["lon"]),
            ),
        )[:most]

    def _name(self, park: Mapping[str, Any]) -> str:
        return f"Parking {self._nearest(park['lat'], park['lon']).name}"

    def _nearest(self, lat: float, lon: float) -> Spot:
        return min(self._points, key=lambda point: metres(lat, lon, point.lat, point.lon))

    def _is_inside(self, lat: float, lon: float) -> bool:
        west, south, east, north = self.bounds
        return south <= lat <= north and west <= lon <= east

    def _clip(self, bounds: Sequence[float]) -> tuple[float, float, float, float]:
        """Take what a fleet can serve of the extract."""
        west, south, east, north = bounds
        high = REACH_M / _METRES_A_DEGREE
        wide = high / cos(radians(self.middle.lat))
        lat, lon = self.middle.lat, self.middle.lon
        clipped = (
            max(west, lon - wide),
            max(south, lat - high),
            min(east, lon + wide),
            min(north, lat + high),
        )
        return (round(clipped[0], 6), round(clipped[1], 6), round(clipped[2], 6), round(clipped[3], 6))


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat * _CELLS_A_DEGREE), floor(lon * _CELLS_A_DEGREE)
