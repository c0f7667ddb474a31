"""Which layer of the map a thing belongs to, judged by its tags alone.

The names of layers, kinds and fields are the contract with the map styles: see README.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

type Tags = Mapping[str, str]
type Fields = dict[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Look:
    """Where a thing is drawn: layer, fields, and the zoom from which on."""

    layer: str
    min_zoom: int
    fields: Fields = field(default_factory=dict)


_ROAD_ZOOM = {
    "motorway": 8,
    "primary": 9,
    "secondary": 10,
    "tertiary": 11,
    "residential": 12,
    "unclassified": 12,
    "living_street": 12,
    "road": 12,
    "service": 13,
    "pedestrian": 13,
    "track": 14,
    "cycleway": 14,
    "footway": 14,
    "path": 14,
    "steps": 14,
    "bridleway": 14,
}
_RAIL = {"rail", "light_rail", "subway", "tram", "funicular", "monorail", "narrow_gauge"}
_GREEN = {
    "leisure": {
        "park",
        "garden",
        "golf_course",
        "common",
        "nature_reserve",
        "dog_park",
        "pitch",
        "playground",
    },
    "landuse": {
        "forest",
        "grass",
        "meadow",
        "cemetery",
        "recreation_ground",
        "allotments",
        "orchard",
        "vineyard",
    },
    "natural": {"wood", "scrub", "grassland", "heath"},
}
_LAND = {
    "residential",
    "commercial",
    "retail",
    "industrial",
    "railway",
    "construction",
    "harbour",
    "brownfield",
}
_WATER = {
    ("natural", "water"): "lake",
    ("landuse", "reservoir"): "lake",
    ("landuse", "basin"): "lake",
    ("waterway", "riverbank"): "river",
    ("leisure", "swimming_pool"): "pool",
    ("amenity", "swimming_pool"): "pool",
}
_PLACE_ZOOM = {"city": 8, "town": 8, "village": 10, "suburb": 11, "quarter": 12, "neighbourhood": 13}
_NO = {None, "", "no", "false", "0"}
_MOST_DETAILED_BOUNDARY = 8


def look_of_line(tags: Tags) -> Look | None:
    """Find the layer of a way."""
    if tags.get("area") == "yes":
        return None
    return _road(tags) or _rail(tags) or _boundary(tags)


def look_of_area(tags: Tags) -> Look | None:
    """Find the layer of an area; what stands on the ground goes before the ground."""
    if tags.get("building") not in _NO:
        return Look("buildings", 13, _levels(tags))
    if tags.get("amenity") == "parking":
        return Look("parking", 14, _named(tags))
    return _water(tags) or _green(tags) or _land(tags)


def look_of_point(tags: Tags) -> Look | None:
    """Find the layer of a point: names of places are all there is."""
    kind, name = tags.get("place"), tags.get("name")
    if not name or kind not in _PLACE_ZOOM:
        return None
    fields: Fields = {"kind": kind, "name": name}
    if tags.get("population", "").isdigit():
        fields["population"] = int(tags["population"])
    return Look("places", _PLACE_ZOOM[kind], fields)


def _road(tags: Tags) -> Look | None:
    highway = tags.get("highway", "")
    kind = highway.removesuffix("_link")
    kind = "motorway" if kind == "trunk" else kind
    if kind not in _ROAD_ZOOM:
        return None
    fields: Fields = {"kind": kind, **_named(tags), **_structure(tags)}
    if highway.endswith("_link"):
        fields["link"] = True
    if tags.get("oneway") in {"yes", "true", "1", "-1"}:
        fields["oneway"] = True
    layer = tags.get("layer", "0")
    if layer.lstrip("-").isdigit() and int(layer):
        fields["layer"] = int(layer)
    return Look("roads", _ROAD_ZOOM[kind], fields)


def _rail(tags: Tags) -> Look | None:
    kind = tags.get("railway", "")
    return Look("rail", 11, {"kind": kind, **_structure(tags)}) if kind in _RAIL else None


def _boundary(tags: Tags) -> Look | None:
    level = tags.get("admin_level", "")
    if tags.get("boundary") != "administrative" or tags.get("maritime") == "yes" or not level.isdigit():
        return None
    return Look("boundary", 8, {"level": int(level)}) if int(level) <= _MOST_DETAILED_BOUNDARY else None


def _water(tags: Tags) -> Look | None:
    for (key, value), kind in _WATER.items():
        if tags.get(key) == value:
            return Look("water", 14 if kind == "pool" else 10, {"kind": kind})
    return None


def _green(tags: Tags) -> Look | None:
    for key, kinds in _GREEN.items():
        if tags.get(key) in kinds:
            return Look("green", 11, {"kind": tags[key]})
    return None


def _land(tags: Tags) -> Look | None:
    kind = tags.get("landuse")
    return Look("landuse", 10, {"kind": kind}) if kind in _LAND else None


def _named(tags: Tags) -> Fields:
    return {"name": tags["name"]} if tags.get("name") else {}


def _structure(tags: Tags) -> Fields:
    return {key: True for key in ("tunnel", "bridge") if tags.get(key) not in _NO}


def _levels(tags: Tags) -> Fields:
    levels = tags.get("building:levels", "")
    return {"levels": int(levels)} if levels.isdigit() else {}
