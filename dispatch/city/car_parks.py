"""Car parks that could become sites: what fits in, when they are open, and where one drives in."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians
from typing import Any

import shapely
from shapely import LineString, Point, STRtree, from_geojson
from shapely.geometry.base import BaseGeometry

from dispatch.city.layers import Tags
from dispatch.city.measures import read_hours, read_kilograms, read_metres, read_whole
from dispatch.city.sweep import Shape, Thing

_COVERED = {"underground", "multi-storey"}
_DRIVABLE = {
    "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "service",
    "primary_link", "secondary_link", "tertiary_link",
}  # fmt: skip
_CLOSED = {"no", "private"}
_METRES_A_DEGREE = 111_320.0
# An entrance that somebody has mapped belongs to a car park within this distance.
_MAPPED_M = 60.0
# Farther from every road than this, nobody drives into it.
_ROAD_M = 100.0
_MOST_ENTRANCES = 4


class CarParks:
    """Collect car parks, their mapped entrances and the roads beside them."""

    def __init__(self) -> None:
        self._parks: list[tuple[Thing, BaseGeometry]] = []
        self._entrances: list[tuple[BaseGeometry, Tags]] = []
        self._roads: list[BaseGeometry] = []

    def take(self, thing: Thing) -> bool:
        """Keep the thing if it says something of car parks; True when it is one."""
        tags = thing.tags
        if thing.shape is Shape.LINE:
            if _is_drivable(tags):
                self._roads.append(from_geojson(thing.geojson))
            return False
        if tags.get("amenity") == "parking_entrance" and thing.shape is Shape.POINT:
            self._entrances.append((from_geojson(thing.geojson), tags))
        elif tags.get("amenity") == "parking":
            self._parks.append((thing, from_geojson(thing.geojson)))
            return True
        return False

    def list_sites(self) -> list[dict[str, Any]]:
        """Give every car park with where one drives in."""
        flat = _Flat(self._parks[0][1].centroid.y if self._parks else 0.0)
        ways_in = _WaysIn(flat, self._entrances, self._roads)
        return [_site(thing, shape, ways_in.find(thing, shape)) for thing, shape in self._parks]


class _Flat:
    """A plane in metres, good enough within one city."""

    def __init__(self, lat: float) -> None:
        self._scale = (_METRES_A_DEGREE * cos(radians(lat)), _METRES_A_DEGREE)

    def put(self, shape: BaseGeometry) -> BaseGeometry:
        return shapely.transform(shape, lambda spots: spots * self._scale)

    def degrees(self, point: Point) -> dict[str, float]:
        return {"lat": round(point.y / self._scale[1], 6), "lon": round(point.x / self._scale[0], 6)}


class _WaysIn:
    """Finds where one drives into a car park: an entrance somebody mapped, else where a road meets it."""

    def __init__(
        self, flat: _Flat, entrances: list[tuple[BaseGeometry, Tags]], roads: list[BaseGeometry]
    ) -> None:
        self._flat = flat
        self._entrances = [(flat.put(point), tags) for point, tags in entrances]
        self._mapped = STRtree([point for point, _ in self._entrances])
        self._roads = [flat.put(road) for road in roads]
        self._tree = STRtree(self._roads)

    def find(self, thing: Thing, shape: BaseGeometry) -> list[dict[str, Any]]:
        """Give the ways in, the most certain first."""
        here = self._flat.put(shape)
        found = list(self._list_mapped(thing, here)) or list(self._list_crossings(here))
        return found[:_MOST_ENTRANCES] or list(self._find_nearest(here))

    def _list_mapped(self, thing: Thing, here: BaseGeometry) -> Iterator[dict[str, Any]]:
        for index in sorted(self._mapped.query(here, predicate="dwithin", distance=_MAPPED_M)):
            point, tags = self._entrances[index]
            name, own = tags.get("name"), thing.tags.get("name")
            if name and own and name != own:
                continue
            way_in = {
                **self._flat.degrees(point),
                "by": "mapped",
                "max_height_m": read_metres(tags.get("maxheight")),
            }
            yield {key: value for key, value in way_in.items() if value is not None}

    def _list_crossings(self, here: BaseGeometry) -> Iterator[dict[str, Any]]:
        if here.geom_type == "Point":
            return
        edge = here.boundary
        for index in sorted(self._tree.query(edge, predicate="intersects")):
            meeting = self._roads[index].intersection(edge)
            yield {**self._flat.degrees(meeting.representative_point()), "by": "road"}

    def _find_nearest(self, here: BaseGeometry) -> Iterator[dict[str, Any]]:
        if not self._roads:
            return
        road = self._roads[self._tree.nearest(here)]
        line = shapely.shortest_line(road, here)
        if isinstance(line, LineString) and line.length <= _ROAD_M:
            yield {**self._flat.degrees(Point(line.coords[0])), "by": "road"}


def _is_drivable(tags: Tags) -> bool:
    return (
        tags.get("highway") in _DRIVABLE
        and tags.get("access") not in _CLOSED
        and tags.get("tunnel") in (None, "no")
    )


def _site(thing: Thing, shape: BaseGeometry, entrances: list[dict[str, Any]]) -> dict[str, Any]:
    tags, middle = thing.tags, shape.representative_point()
    heights = [read_metres(tags.get("maxheight")), *(entrance.get("max_height_m") for entrance in entrances)]
    known = [height for height in heights if height is not None]
    site: dict[str, Any] = {
        "id": thing.id,
        "name": tags.get("name"),
        "lat": round(middle.y, 6),
        "lon": round(middle.x, 6),
        "kind": tags.get("parking"),
        "covered": tags.get("parking") in _COVERED or tags.get("covered") == "yes",
        "max_height_m": max(known) if known else None,
        "max_weight_kg": read_kilograms(tags.get("maxweight")),
        "levels": read_whole(tags.get("building:levels") or tags.get("parking:levels")),
        "capacity": read_whole(tags.get("capacity")),
        "access": tags.get("access"),
        "operator": tags.get("operator"),
        "hours": read_hours(tags.get("opening_hours")),
        "entrances": entrances,
    }
    return {key: value for key, value in site.items() if value is not None}
