"""Where a pin lies, in words: the nearest named street or square of the city that was built."""

import json
import math
from functools import cache

from django.conf import settings

# Farther from every named street than this, a pin is just a pin.
NEAR_M = 80.0
_CELL = 500  # cells a degree: about 200 m
_METRES_A_DEGREE = 111_320.0


@cache
def _streets() -> dict[tuple[int, int], list[tuple[float, float, str]]]:
    """Points of named streets by cell; empty when no city was built."""
    path = settings.VAR_DIR / "city" / settings.CITY / "places.json"
    if not path.exists():
        return {}
    cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for street in json.loads(path.read_text(encoding="utf-8"))["streets"]:
        # Nobody waits in a tunnel: the street above is where the car stands.
        if street["name"].lower().startswith("tunnel"):
            continue
        for lat, lon in street["points"]:
            cells.setdefault(_cell(lat, lon), []).append((lat, lon, street["name"]))
    return cells


def name_place(lat: float, lon: float) -> str:
    """Name a pin after the street beside it, else by its coordinate."""
    row, column = _cell(lat, lon)
    near = [
        (_metres(lat, lon, *point[:2]), point[2])
        for i in (row - 1, row, row + 1)
        for j in (column - 1, column, column + 1)
        for point in _streets().get((i, j), [])
    ]
    distance, name = min(near, default=(math.inf, ""))
    return name if distance <= NEAR_M else f"{lat:.5f}, {lon:.5f}"


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat * _CELL), math.floor(lon * _CELL)


def _metres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    across = (to_lon - lon) * math.cos(math.radians(lat))
    return math.hypot(to_lat - lat, across) * _METRES_A_DEGREE
