"""The extract: is it one, what does it cover, and which is it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import osmium

from dispatch.city.errors import CityError

type Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A readable OpenStreetMap extract."""

    path: Path
    sha256: str
    bounds: Bounds
    data_at: str | None
    """When OpenStreetMap looked like this (ISO, UTC), where the file says so."""


def read_extract(path: Path) -> Extract:
    """Open a file as an extract; every reason why it is none is one sentence."""
    if not path.is_file():
        raise CityError(f"There is no extract at {path}.")
    if path.stat().st_size == 0:
        raise CityError(f"The extract {path.name} is empty.")
    with readable(path):
        header = osmium.io.Reader(str(path)).header()
        box = header.box()
        bounds = _from_box(box) if box.valid() else _from_nodes(path)
    data_at = header.get("osmosis_replication_timestamp") or header.get("timestamp") or None
    return Extract(path, hash_file(path), bounds, data_at)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what the reader says about a broken file into one sentence."""
    try:
        yield
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise CityError(f"{path.name} is not a whole OpenStreetMap extract (.osm.pbf): {error}.") from error


def hash_file(path: Path) -> str:
    """Name a file by its content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _from_box(box: Any) -> Bounds:
    low, high = box.bottom_left, box.top_right
    return (low.lon, low.lat, high.lon, high.lat)


def _from_nodes(path: Path) -> Bounds:
    nodes: Iterable[Any] = osmium.FileProcessor(str(path), osmium.osm.NODE)
    spots = [node.location for node in nodes]
    if not spots:
        raise CityError(f"The extract {path.name} holds no places at all.")
    lons, lats = [spot.lon for spot in spots], [spot.lat for spot in spots]
    return (min(lons), min(lats), max(lons), max(lats))
