"""Places with names: car parks that could become sites, streets, addresses, points of interest, districts."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from shapely import LineString, from_geojson, line_interpolate_point
from shapely.geometry.base import BaseGeometry

from dispatch.city.car_parks import CarParks
from dispatch.city.measures import read_whole
from dispatch.city.sweep import Shape, Thing

_POI_KEYS = ("amenity", "tourism", "shop", "leisure", "office", "railway", "aeroway", "historic")
_POI_SKIPPED = {
    "parking", "parking_entrance", "bench", "waste_basket", "post_box", "vending_machine", "charging_station",
}  # fmt: skip
_DISTRICTS = {"city", "town", "village", "suburb", "quarter", "neighbourhood"}
# About 50 m: no address is farther than half of this from a named position on its street.
_STREET_STEP_DEG = 5e-4


class Places:
    """Collect named places; `to_json` writes them in a fixed order."""

    def __init__(self) -> None:
        self._car_parks = CarParks()
        self._pois: list[dict[str, Any]] = []
        self._chargers: list[dict[str, Any]] = []
        self._addresses: dict[tuple[str, str], dict[str, Any]] = {}
        self._districts: list[dict[str, Any]] = []
        self._streets: defaultdict[str, list[list[float]]] = defaultdict(list)

    def take(self, thing: Thing) -> None:
        """Keep the thing if it is a place somebody would name."""
        tags = thing.tags
        is_car_park = self._car_parks.take(thing)
        if thing.shape is Shape.LINE:
            if "highway" in tags and tags.get("name"):
                self._streets[tags["name"]].extend(_along(from_geojson(thing.geojson)))
            return
        self._take_address(thing)
        if tags.get("amenity") == "charging_station":
            self._chargers.append(_charger(thing))
        elif tags.get("name") and not is_car_park:
            self._take_named(thing)

    def to_json(self) -> dict[str, Any]:
        """Give everything kept, sorted, so that equal extracts give equal files."""
        return {
            "sites": sorted(self._car_parks.list_sites(), key=_by_name),
            "streets": [{"name": name, "points": points} for name, points in sorted(self._streets.items())],
            "addresses": [self._addresses[key] for key in sorted(self._addresses)],
            "pois": sorted(self._pois, key=_by_name),
            "chargers": sorted(self._chargers, key=_by_name),
            "districts": sorted(self._districts, key=_by_name),
        }

    def _take_named(self, thing: Thing) -> None:
        tags = thing.tags
        base = {"id": thing.id, "name": tags["name"], **_position(thing)}
        if thing.shape is Shape.POINT and tags.get("place") in _DISTRICTS:
            self._districts.append({**base, "kind": tags["place"]})
        kind = next((tags[key] for key in _POI_KEYS if key in tags), None)
        if kind and kind not in _POI_SKIPPED:
            self._pois.append({**base, "kind": kind})

    def _take_address(self, thing: Thing) -> None:
        """Keep house number and street; of several things at one address the first by its id."""
        number, street = thing.tags.get("addr:housenumber"), thing.tags.get("addr:street")
        if not number or not street:
            return
        address = {"id": thing.id, "number": number, "street": street, **_position(thing)}
        kept = self._addresses.get((street, number))
        if kept is None or address["id"] < kept["id"]:
            self._addresses[street, number] = address


def _charger(thing: Thing) -> dict[str, Any]:
    tags = thing.tags
    charger = {
        "id": thing.id,
        "name": tags.get("name") or tags.get("brand") or tags.get("network") or tags.get("operator"),
        **_position(thing),
        "capacity": read_whole(tags.get("capacity")),
    }
    return {key: value for key, value in charger.items() if value is not None}


def _position(thing: Thing) -> dict[str, float]:
    point = from_geojson(thing.geojson).representative_point()
    return {"lat": round(point.y, 6), "lon": round(point.x, 6)}


def _along(line: BaseGeometry) -> list[list[float]]:
    """Give positions along a street as [lat, lon]: its middle, or one every fifty metres."""
    if not isinstance(line, LineString):
        return []
    count = max(1, round(line.length / _STREET_STEP_DEG))
    steps = (line_interpolate_point(line, (i + 0.5) / count, normalized=True) for i in range(count))
    return [[round(point.y, 6), round(point.x, 6)] for point in steps]


def _by_name(place: dict[str, Any]) -> tuple[str, str]:
    return (place.get("name") or "", place["id"])


def write_places(places: dict[str, Any], attribution: str) -> str:
    """Write the collection as text."""
    return json.dumps({"attribution": attribution, **places}, ensure_ascii=False, indent=0) + "\n"
