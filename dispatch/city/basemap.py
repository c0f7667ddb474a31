"""The offline map: features by layer, one JSON object a line, cut into tiles."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TextIO

from shapely import LineString, from_geojson, to_geojson

from dispatch.city.errors import CityError
from dispatch.city.extract import Bounds
from dispatch.city.layers import Fields, Look, look_of_area, look_of_line, look_of_point
from dispatch.city.sea import build_sea
from dispatch.city.sweep import Shape, Thing
from dispatch.city.tools import find_tool, run_tool

MIN_ZOOM, MAX_ZOOM = 8, 16
_LOOKS = {Shape.POINT: look_of_point, Shape.LINE: look_of_line, Shape.AREA: look_of_area}


class Basemap:
    """Collect what is drawn, then cut it into tiles."""

    def __init__(self, features: TextIO, bounds: Bounds) -> None:
        self._features = features
        self._bounds = bounds
        self._coastlines: list[LineString] = []
        self.counts: Counter[str] = Counter()

    def take(self, thing: Thing) -> None:
        """Write the thing to its layer, if the map shows it."""
        if thing.shape is Shape.LINE and thing.tags.get("natural") == "coastline":
            self._take_coastline(thing)
        look = _LOOKS[thing.shape](thing.tags)
        if look is not None:
            self._write(look, thing.geojson)

    def finish(self) -> None:
        """Write the sea, which only all coastlines together tell."""
        for area in build_sea(self._coastlines, self._bounds):
            self._write(Look("water", MIN_ZOOM, {"kind": "sea"}), to_geojson(area))

    def _take_coastline(self, thing: Thing) -> None:
        line = from_geojson(thing.geojson)
        if isinstance(line, LineString):
            self._coastlines.append(line)
        self._write(Look("coast", 10), thing.geojson)

    def _write(self, look: Look, geojson: str) -> None:
        self.counts[look.layer] += 1
        self._features.write(_feature(look.layer, look.min_zoom, look.fields, geojson))


def cut_tiles(features: Path, tiles: Path, bounds: Bounds, attribution: str) -> None:
    """Cut the features into one PMTiles archive, clipped to the bounds."""
    run_tool(
        find_tool("tippecanoe", "tippecanoe"),
        "--output", tiles,
        "--name", "basemap",
        "--attribution", attribution,
        f"--minimum-zoom={MIN_ZOOM}",
        f"--maximum-zoom={MAX_ZOOM}",
        f"--clip-bounding-box={','.join(map(str, bounds))}",
        # Names are few and must all be there; no point is thinned out.
        "--drop-rate=1",
        # The one zoom where a dense city may overfill a tile loses its smallest houses, nothing else.
        "--drop-smallest-as-needed",
        "--no-tiny-polygon-reduction-at-maximum-zoom",
        "--read-parallel",
        "--quiet",
        "--force",
        features,
    )  # fmt: skip
    if not tiles.is_file():
        raise CityError("The map came out empty: the extract shows nothing that could be drawn.")


def _feature(layer: str, min_zoom: int, fields: Fields, geojson: str) -> str:
    # The geometry is text already and the largest part: it is put in as it is.
    properties = json.dumps(fields, ensure_ascii=False)
    placed = f'{{"layer":"{layer}","minzoom":{min_zoom}}}'
    return f'{{"type":"Feature","tippecanoe":{placed},"properties":{properties},"geometry":{geojson}}}\n'
