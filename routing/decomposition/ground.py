"""Where things lie, on a plane in metres: enough to say what is near what."""

from collections.abc import Sequence
from math import cos, radians
from typing import Final

from routing.model.place import Place
from routing.model.problem import Problem

METRES_PER_DEGREE: Final = 111_320.0

type Point = tuple[float, float]


def positions_m(problem: Problem) -> dict[str, Point]:
    """Return every place in metres east and north, on the plane that touches the middle of them all."""
    scale = _scale(problem.places)
    return {p.id: (p.lon * METRES_PER_DEGREE * scale, p.lat * METRES_PER_DEGREE) for p in problem.places}


def _scale(places: Sequence[Place]) -> float:
    return cos(radians(sum(place.lat for place in places) / max(1, len(places))))


def centre_of(points: Sequence[Point]) -> Point:
    """Return the middle of points."""
    count = max(1, len(points))
    return sum(x for x, _ in points) / count, sum(y for _, y in points) / count


def apart_m(a: Point, b: Point) -> float:
    """Return how far apart two points are, along streets on a grid."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1])
