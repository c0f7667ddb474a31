"""Straight lines on the globe, and lines as text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from routing.travel.provider import Located, Point

EARTH_RADIUS_M = 6_371_008.8
_SCALE = 1_000_000


def straight_m(a: Located, b: Located) -> float:
    """Great-circle distance in metres (haversine: exact enough even for neighbours)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    sin_lat = math.sin((lat_b - lat_a) / 2)
    sin_lon = math.sin(math.radians(b.lon - a.lon) / 2)
    h = sin_lat * sin_lat + math.cos(lat_a) * math.cos(lat_b) * sin_lon * sin_lon
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def encode_polyline6(points: Iterable[Located]) -> str:
    """Encode a line as text with six decimals (differences, zig-zag, base 64)."""
    text: list[str] = []
    last_lat = last_lon = 0
    for point in points:
        lat, lon = round(point.lat * _SCALE), round(point.lon * _SCALE)
        text.append(_encode(lat - last_lat))
        text.append(_encode(lon - last_lon))
        last_lat, last_lon = lat, lon
    return "".join(text)


def decode_polyline6(text: str) -> tuple[Point, ...]:
    """Read a line back; raises ``ValueError`` when the text stops in the middle of a number."""
    points: list[Point] = []
    lat = lon = 0
    numbers = _decode(text)
    for step_lat in numbers:
        lat += step_lat
        step_lon = next(numbers, None)
        if step_lon is None:
            raise ValueError("a line needs pairs of numbers")
        lon += step_lon
        points.append(Point(lat / _SCALE, lon / _SCALE))
    return tuple(points)


def _encode(number: int) -> str:
    rest = ~(number << 1) if number < 0 else number << 1
    chars: list[str] = []
    while rest >= 0x20:
        chars.append(chr((0x20 | (rest & 0x1F)) + 63))
        rest >>= 5
    chars.append(chr(rest + 63))
    return "".join(chars)


def _decode(text: str) -> Iterator[int]:
    value = shift = 0
    for char in text:
        bits = ord(char) - 63
        value |= (bits & 0x1F) << shift
        shift += 5
        if bits < 0x20:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = shift = 0
    if shift:
        raise ValueError("the line stops in the middle of a number")
