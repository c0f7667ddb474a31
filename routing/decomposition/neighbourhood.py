"""Who works near whom: the parts that are planned again, each around a unit or an open request."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from routing.decomposition.ground import Point, centre_of
from routing.model.plan import Route
from routing.model.problem import Request, Unit

UNITS: Final = 14
"""So many units are planned again together."""
OPEN: Final = 40
"""At most so many of the requests that nobody serves are offered to them."""

type Points = np.ndarray[Any, np.dtype[np.float64]]


class Neighbourhoods:
    """Where every unit works, by the middle of its visits."""

    def __init__(
        self, units: Sequence[Unit], routes: Mapping[str, Sequence[Route]], at: Mapping[str, Point]
    ) -> None:
        self.units, self.at = units, at
        self.number = {unit.id: i for i, unit in enumerate(units)}
        centres = [_centre(unit, routes.get(unit.id, ()), at) for unit in units]
        self.centres: Points = np.array(centres).reshape(len(units), 2)

    def moved(self, unit: str, routes: Sequence[Route]) -> None:
        """Note that a unit has other visits now."""
        number = self.number[unit]
        self.centres[number] = _centre(self.units[number], routes, self.at)

    def around(self, point: Point, besides: Iterable[str] = ()) -> list[Unit]:
        """List the units that work nearest to a point, leaving some out."""
        apart = np.abs(self.centres - np.array(point)).sum(axis=1)
        out = [self.number[name] for name in besides]
        apart[out] = np.inf
        nearest = np.argsort(apart, kind="stable")[:UNITS]
        return [self.units[i] for i in nearest.tolist() if np.isfinite(apart[i])]

    def centre_of(self, unit: str) -> Point:
        """Return where a unit works."""
        x, y = self.centres[self.number[unit]].tolist()
        return x, y


def _centre(unit: Unit, routes: Sequence[Route], at: Mapping[str, Point]) -> Point:
    visits = [at[stop.place] for route in routes for stop in route.stops if stop.kind == "serve"]
    return centre_of(visits or [at[unit.state.place]])


def nearest_open(requests: Iterable[Request], point: Point, at: Mapping[str, Point]) -> list[Request]:
    """List the open requests nearest to a point."""

    def apart(request: Request) -> tuple[float, str]:
        x, y = at[request.place]
        return abs(x - point[0]) + abs(y - point[1]), request.id

    return sorted(requests, key=apart)[:OPEN]
