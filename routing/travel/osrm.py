"""Travel on real roads: OSRM engines over data in shared memory, one per profile."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import osrm

from routing.model.errors import TravelUnavailable
from routing.travel.entrance import WALK_MPS, RoadEnd, find_road_end
from routing.travel.geometry import decode_polyline6, encode_polyline6, straight_m
from routing.travel.osrm_server import OsrmServer
from routing.travel.provider import FOOT, Located, Point, Route, Table

_SNAP_LIMIT_M = 400.0
_FIX_ERROR_M = 10.0
"""How far a fix may lie from where it was taken, in the middle."""
_LEAST_TRACE = 2


class OsrmTravel:
    """A `TravelProvider` on an OSRM data set.

    The binding holds the interpreter lock: large tables belong in the solver server, a web process
    asks for one row and one column at a time.

    Parameters
    ----------
    prefix
        Name of the data set in shared memory without its profile: ``<prefix>-car``, ``<prefix>-foot``.
        With a slash in it, it is a path: the files ``<prefix>-car/roads.osrm`` are mapped instead. As an
        address, ``http://osrm-{profile}:5000``, it names servers on other hosts, one a profile.
    snap_limit_m
        A place farther than this from any way of the profile is unreachable.
    """

    def __init__(self, prefix: str, snap_limit_m: float = _SNAP_LIMIT_M) -> None:
        self._prefix = prefix
        self._states: dict[str, str] = {}
        self._snap_limit_m = snap_limit_m
        self._engines: dict[str, osrm.OSRM | OsrmServer] = {}
        self._attaching = threading.Lock()

    @property
    def dataset(self) -> str:
        """Prefix and state of the data, as the last answers told it.

        Roads are closed and slowed while engines run (`osrm-customize`, loaded under the same name), and
        every answer says of which state it is; nobody has to tell. While the profiles are loaded one after
        the other there are two.
        """
        states = sorted(set(self._states.values()) - {""})
        return "@".join([self._prefix, "+".join(states)]) if states else self._prefix

    def table(self, profile: str, places_from: Sequence[Located], places_to: Sequence[Located]) -> Table:
        """Ask one table; a cell is ``None`` without a way or with an end far from any road."""
        if not places_from or not places_to:
            return Table(tuple(() for _ in places_from), tuple(() for _ in places_from))
        starts = [find_road_end(profile, place) for place in places_from]
        ends = [find_road_end(profile, place) for place in places_to]
        answer = self._ask_table(profile, starts, ends)
        far_from = [self._is_far(end) for end in answer["sources"]]
        far_to = [self._is_far(end) for end in answer["destinations"]]
        durations: list[tuple[int | None, ...]] = []
        distances: list[tuple[int | None, ...]] = []
        for i, (times, metres) in enumerate(zip(answer["durations"], answer["distances"], strict=True)):
            row = [
                None
                if time is None or length is None or far_from[i] or far_to[j]
                else _travel(profile, starts[i], ends[j], time, length)
                for j, (time, length) in enumerate(zip(times, metres, strict=True))
            ]
            durations.append(tuple(cell and cell[0] for cell in row))
            distances.append(tuple(cell and cell[1] for cell in row))
        return Table(tuple(durations), tuple(distances))

    def route(self, profile: str, a: Located, b: Located) -> Route | None:
        """Ask one way with its line; ``None`` where the table has ``None``."""
        start, finish = find_road_end(profile, a), find_road_end(profile, b)
        parameters = osrm.RouteParameters(
            coordinates=[(end.spot.lon, end.spot.lat) for end in (start, finish)],
            geometries="polyline6",
            overview="full",
            generate_hints=False,
            # The table lets a vehicle turn round where it stands; the line must agree.
            continue_straight=False,
        )
        answer = _ask(self._engine(profile).Route, parameters)
        if answer is None or any(self._is_far(end) for end in answer["waypoints"]):
            return None
        best = answer["routes"][0]
        duration_s, distance_m = _travel(profile, start, finish, best["duration"], best["distance"])
        line: str = best["geometry"]
        if start.inside_m or finish.inside_m:
            line = _with_insides(a, line, b)
        return Route(duration_s, distance_m, line, decode_polyline6(line))

    def match(self, profile: str, trace: Sequence[tuple[Located, int]]) -> list[str]:
        """Lay a trace on the road; lines with six decimals, one for each part that hangs together.

        Parameters
        ----------
        trace
            Where something was, and at which second; in the order of time, each second once.
        """
        if len(trace) < _LEAST_TRACE:
            return []
        parameters = osrm.MatchParameters(
            coordinates=[(spot.lon, spot.lat) for spot, _ in trace],
            timestamps=[at_s for _, at_s in trace],
            radiuses=[_FIX_ERROR_M] * len(trace),
            geometries="polyline6",
            overview="full",
            tidy=True,
            generate_hints=False,
        )
        answer = _ask(self._engine(profile).Match, parameters)
        return [] if answer is None else [part["geometry"] for part in answer["matchings"]]

    def _ask_table(self, profile: str, starts: Sequence[RoadEnd], ends: Sequence[RoadEnd]) -> Any:
        count = len(starts)
        parameters = osrm.TableParameters(
            coordinates=[(end.spot.lon, end.spot.lat) for end in (*starts, *ends)],
            sources=list(range(count)),
            destinations=list(range(count, count + len(ends))),
            annotations=["duration", "distance"],
            generate_hints=False,
        )
        answer = _ask(self._engine(profile).Table, parameters)
        if answer is None:
            raise TravelUnavailable(f"the road data {self._prefix}-{profile} has no ways")
        self._states[profile] = _state_of(answer)
        return answer

    def _is_far(self, end: Any) -> bool:
        return bool(end["distance"] > self._snap_limit_m)

    def _engine(self, profile: str) -> osrm.OSRM | OsrmServer:
        engine = self._engines.get(profile)
        if engine is None:
            with self._attaching:
                engine = self._engines.get(profile) or _attach(self._prefix, profile)
                self._engines[profile] = engine
        return engine


def _state_of(answer: Any) -> str:
    """Return the state of the roads an answer is of; empty: as they were built."""
    try:
        return str(answer["data_version"])
    except (KeyError, IndexError):
        return ""


def _attach(prefix: str, profile: str) -> osrm.OSRM | OsrmServer:
    dataset = f"{prefix}-{profile}"
    try:
        if "://" in prefix:
            return OsrmServer(prefix.replace("{profile}", profile), profile)
        if "/" in dataset:
            files = str(Path(dataset) / "roads.osrm")
            return osrm.OSRM(storage_config=files, use_mmap=True, use_shared_memory=False, algorithm="MLD")
        return osrm.OSRM(use_shared_memory=True, dataset_name=dataset, algorithm="MLD")
    except RuntimeError as error:
        raise TravelUnavailable(f"the road data {dataset} is not loaded: {error}") from error


def _ask(verb: Any, parameters: Any) -> Any:
    """Ask the engine; ``None`` when it knows both ends but no way between them."""
    try:
        return verb(parameters)
    except (RuntimeError, ValueError) as error:
        if str(error).startswith(("NoRoute", "NoSegment", "NoTable", "NoMatch")):
            return None
        raise TravelUnavailable(f"the road engine refused: {error}") from error


def _travel(profile: str, a: RoadEnd, b: RoadEnd, seconds: float, metres: float) -> tuple[int, int]:
    if profile == FOOT:
        # Inside a car park both ends snap to the same pavement: the straight line is the least there is.
        straight = straight_m(a.spot, b.spot)
        seconds = max(seconds, straight / WALK_MPS)
        metres = max(metres, straight)
    inside_m = a.inside_m + b.inside_m
    return math.ceil(seconds + inside_m / WALK_MPS), math.ceil(metres + inside_m)


def _with_insides(a: Located, line: str, b: Located) -> str:
    """Lead a line from the place to the entrance, and from the other entrance to the other place."""
    return encode_polyline6((Point(a.lat, a.lon), *decode_polyline6(line), Point(b.lat, b.lon)))
