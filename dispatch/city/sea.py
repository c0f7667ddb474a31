"""The sea as areas, from coastlines: land is on the left of a coastline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from shapely import (
    LineString,
    MultiLineString,
    Point,
    Polygon,
    STRtree,
    box,
    get_parts,
    shortest_line,
    unary_union,
)
from shapely.ops import linemerge, polygonize

from dispatch.city.extract import Bounds

# About a metre: a shorter piece says nothing about its sides.
_SHORTEST_DEG = 1e-5
# A step aside from a coastline that stays within the narrowest of harbours.
_ASIDE_DEG = 1e-6


def build_sea(coastlines: Sequence[LineString], bounds: Bounds) -> list[Polygon]:
    """Cut the frame along the coastlines and keep the faces that lie on their right."""
    frame = box(*bounds)
    inside = _lines(unary_union(coastlines).intersection(frame)) if coastlines else []
    if not inside:
        return []
    closed = [_led_to_frame(line, frame) for line in _lines(linemerge(MultiLineString(inside)))]
    faces = list(polygonize(unary_union([frame.boundary, *closed])))
    # The lines as they came: cutting and merging may turn them round.
    return _faces_on_the_right(faces, coastlines)


def _lines(shape: object) -> list[LineString]:
    return [part for part in get_parts(shape) if isinstance(part, LineString) and part.length > 0]


def _led_to_frame(line: LineString, frame: Polygon) -> LineString:
    """Lead both ends of an open line to the nearest edge of the frame."""
    if line.is_ring:
        return line
    points = list(line.coords)
    return LineString([*_way_out(points[0], frame), *points, *_way_out(points[-1], frame)])


def _way_out(end: tuple[float, ...], frame: Polygon) -> list[tuple[float, ...]]:
    way = shortest_line(Point(end), frame.boundary)
    return [way.coords[-1]] if way.length > 0 else []


def _faces_on_the_right(faces: list[Polygon], coastlines: Iterable[LineString]) -> list[Polygon]:
    tree = STRtree(faces)
    votes = [0] * len(faces)
    for line in coastlines:
        for right, left in _beside(line):
            for face in tree.query(right, predicate="within"):
                votes[face] += 1
            for face in tree.query(left, predicate="within"):
                votes[face] -= 1
    return [face for face, vote in zip(faces, votes, strict=True) if vote > 0]


def _beside(line: LineString) -> Iterator[tuple[Point, Point]]:
    """Give a point just right and one just left of the middle of each piece of a line."""
    coords = list(line.coords)
    for (x0, y0), (x1, y1) in pairwise(coords):
        dx, dy = x1 - x0, y1 - y0
        length = (dx * dx + dy * dy) ** 0.5
        if length < _SHORTEST_DEG:
            continue
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        right = (dy / length * _ASIDE_DEG, -dx / length * _ASIDE_DEG)
        yield Point(x + right[0], y + right[1]), Point(x - right[0], y - right[1])
