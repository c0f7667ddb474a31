"""One pass over the extract: every tagged thing, with its shape, offered to whoever collects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import osmium

from dispatch.city.extract import readable
from dispatch.city.layers import Tags


class Shape(Enum):
    """What kind of geometry a thing has."""

    POINT = "point"
    LINE = "line"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Thing:
    """A tagged thing of the extract; `geojson` is its geometry as text, ready to be written."""

    id: str
    shape: Shape
    tags: Tags
    geojson: str


def sweep(path: Path) -> Iterator[Thing]:
    """Give points, lines and areas; a closed way comes twice, as line and as area."""
    factory = osmium.geom.GeoJSONFactory()
    things = osmium.FileProcessor(str(path)).with_areas().with_filter(osmium.filter.EmptyTagFilter())
    with readable(path):
        for item in things:
            thing = _read(item, factory)
            if thing is not None:
                yield thing


def _read(item: Any, factory: Any) -> Thing | None:
    try:
        if item.is_node():
            return Thing(f"n{item.id}", Shape.POINT, dict(item.tags), factory.create_point(item))
        if item.is_way():
            return Thing(f"w{item.id}", Shape.LINE, dict(item.tags), factory.create_linestring(item))
        if item.is_area():
            name = f"{'w' if item.from_way() else 'r'}{item.orig_id()}"
            return Thing(name, Shape.AREA, dict(item.tags), factory.create_multipolygon(item))
    except (RuntimeError, osmium.InvalidLocationError):
        # An extract cuts ways and areas at its edge; what has lost its shape cannot be drawn.
        return None
    return None
