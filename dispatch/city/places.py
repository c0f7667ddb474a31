"""Places with names: car parks that could become sites, streets, points of interest, districts."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from shapely import LineString, from_geojson, line_interpolate_point
from shapely.geometry.base import BaseGeometry

from dispatch.city.sweep import Shape, Thing

_POI_KEYS = ("amenity", "tourism", "shop", "leisure", "office", "railway", "aeroway", "historic")
_POI_SKIPPED = {"parking", "parking_entrance", "bench", "waste_basket", "post_box", "vending_machine"}
_DISTRICTS = {"city", "town", "village", "suburb", "quarter", "neighbourhood"}
_COVERED = {"underground", "multi-storey"}
# About 50 m: no address is farther than half of this from a named position on its street.
_STREET_STEP_DEG = 5e-4
_HEIGHT = re.compile(r"^(\d+(?:\.\d+)?)(?:\s*m)?$")


class Places:
    """Collect named places; `to_json` writes them in a fixed order."""

    def __init__(self) -> None:
        self._sites: list[dict[str, Any]] = []
        self._pois: list[dict[str, Any]] = []
        self._districts: list[dict[str, Any]] = []
        self._streets: defaultdict[str, list[list[float]]] = defaultdict(list)

    def take(self, thing: Thing) -> None:
        """Keep the thing if it is a place somebody would name."""
        tags = thing.tags
        if thing.shape is Shape.LINE:
            if "highway" in tags and tags.get("name"):
                self._streets[tags["name"]].extend(_along(from_geojson(thing.geojson)))
        elif tags.get("amenity") == "parking":
            self._sites.append(_site(thing))
        elif tags.get("name"):
            self._take_named(thing)

    def to_json(self) -> dict[str, Any]:
        """Give everything kept, sorted, so that equal extracts give equal files."""
        return {
            "sites": sorted(self._sites, key=_by_name),
            "streets": [{"name": name, "points": points} for name, points in sorted(self._streets.items())],
            "pois": sorted(self._pois, key=_by_name),
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


def _site(thing: Thing) -> dict[str, Any]:
    tags = thing.tags
    site: dict[str, Any] = {
        "id": thing.id,
        "name": tags.get("name"),
        **_position(thing),
        "kind": tags.get("parking"),
        "covered": tags.get("parking") in _COVERED or tags.get("covered") == "yes",
        "max_height_m": _metres(tags.get("maxheight")),
        "levels": _whole(tags.get("building:levels") or tags.get("parking:levels")),
        "capacity": _whole(tags.get("capacity")),
        "access": tags.get("access"),
        "operator": tags.get("operator"),
    }
    return {key: value for key, value in site.items() if value is not None}


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


def _metres(text: str | None) -> float | None:
    found = _HEIGHT.match((text or "").strip().replace(",", "."))
    return float(found[1]) if found else None


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _by_name(place: dict[str, Any]) -> tuple[str, str]:
    return (place.get("name") or "", place["id"])


def write_places(places: Places, attribution: str) -> str:
    """Write the collection as text."""
    return json.dumps({"attribution": attribution, **places.to_json()}, ensure_ascii=False, indent=0) + "\n"
