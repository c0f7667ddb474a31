"""The nodes of the RoutingModel's encoding, and the matrices between them."""

from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

from routing.charging.session import pack_energy_in_s
from routing.evaluation.facts import Facts, draw_wh
from routing.evaluation.start import rest_gain_wh
from routing.model.problem import Break, Plug, Request, Unit
from routing.model.units import Seconds, WattHours
from routing.solver.days import Day, list_days
from routing.solver.legs import Array, Legs, kind_of, list_legs

SCALE = 10
"""Costs count in tenths of a thousandth of the currency, so that prices a second or a watt-hour are whole."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How plugs become nodes.

    Attributes
    ----------
    slot_s
        The length of a slot at a plug; 0: no calendar, `copies` nodes a plug.
    fill_share
        The share of a slot (without a calendar: of an hour) that a recharge lasts.
    breaks
        Whether breaks are told at all.
    """

    slot_s: Seconds = 3600
    fill_share: float = 0.75
    copies: int = 3
    breaks: bool = True
    first_solution: str = "LOCAL_CHEAPEST_INSERTION"

    @property
    def length_s(self) -> Seconds:
        """How long a recharge lasts."""
        return int((self.slot_s or 3600) * self.fill_share)


@dataclass(frozen=True, slots=True)
class Station:
    """A recharge that may be made: at a plug, beginning in a window, by some of the vehicles."""

    plug: Plug
    window: tuple[Seconds, Seconds]
    gain_wh: WattHours
    allowed: tuple[int, ...]


class Layout:
    """Nodes, vehicles and matrices of a problem.

    Attributes
    ----------
    nodes
        The place of every node, by its index in the problem.
    asked
        The request of a node, and the vehicles that fit.
    stations
        The recharge of a node.
    windows
        In which intervals the visit of a node may start, for all vehicles together.
    """

    def __init__(self, facts: Facts, encoding: Encoding) -> None:
        self.facts, self.encoding = facts, encoding
        self.days = list_days(facts)
        self.kinds: list[Unit] = []
        self.kind_of_day = [self._kind(day) for day in self.days]
        self.until_s = max((max(d.start.home_by_s, d.start.at_s) for d in self.days), default=0) + 86_400
        self._places = {place.id: index for index, place in enumerate(facts.problem.places)}
        self.nodes: list[int] = []
        self.asked: dict[int, tuple[Request, tuple[int, ...]]] = {}
        self.stations: dict[int, Station] = {}
        self.windows: dict[int, tuple[tuple[Seconds, Seconds], ...]] = {}
        self._ends = [(self._add(d.start.place), self._add(d.start.home)) for d in self.days]
        self._add_requests()
        self._add_stations()
        self._legs: list[Legs] = [list_legs(facts.problem, unit) for unit in self.kinds]

    def _kind(self, day: Day) -> int:
        for index, unit in enumerate(self.kinds):
            if kind_of(unit) == kind_of(day.unit):
                return index
        self.kinds.append(day.unit)
        return len(self.kinds) - 1

    def _add(self, place: str) -> int:
        self.nodes.append(self._places[place])
        return len(self.nodes) - 1

    def list_ends(self) -> tuple[list[int], list[int]]:
        """Return the nodes where vehicles start and end."""
        return [start for start, _ in self._ends], [end for _, end in self._ends]

    def begins_with_wh(self, day: Day) -> WattHours:
        """Return what a pack holds at the start of a day; a later day begins as if left at the reserve."""
        if day.number == 0:
            return day.start.energy_wh
        before = day.unit.shifts[day.number - 1]
        rested_wh = day.unit.pack.reserve_wh + rest_gain_wh(day.unit, day.shift.start_s - before.end_s)
        return min(day.unit.pack.usable_wh, rested_wh)

    def list_breaks(self, day: Day) -> tuple[Break, ...]:
        """List the breaks of a day that are told."""
        return day.start.breaks if self.encoding.breaks else ()

    def _add_requests(self) -> None:
        fits: dict[str, list[int]] = {}
        windows: dict[str, tuple[tuple[Seconds, Seconds], ...]] = {}
        for vehicle, day in enumerate(self.days):
            for job in day.jobs:
                fits.setdefault(job.request.id, []).append(vehicle)
                known = windows.get(job.request.id)
                windows[job.request.id] = job.starts if known is None else _hull(known, job.starts)
        for name, allowed in fits.items():
            request = self.facts.requests[name]
            node = self._add(request.place)
            self.asked[node], self.windows[node] = (request, tuple(allowed)), windows[name]

    def _add_stations(self) -> None:
        encoding = self.encoding
        first_s = min((day.start.at_s for day in self.days), default=0)
        last_s = max((day.start.home_by_s for day in self.days), default=0)
        for plug in self.facts.problem.plugs:
            allowed = tuple(k for k, day in enumerate(self.days) if self.facts.may_use(day.unit, plug))
            if not allowed:
                continue
            gain_wh = max(self._gain_wh(unit, plug) for unit in self.kinds)
            if encoding.slot_s == 0:
                for _ in range(encoding.copies):
                    self.stations[self._add(plug.place)] = Station(plug, (first_s, last_s), gain_wh, allowed)
                continue
            for slot in count():
                begin_s = first_s + slot * encoding.slot_s
                if begin_s >= last_s:
                    break
                window = (begin_s, begin_s + encoding.slot_s - encoding.length_s)
                if not any(a < begin_s + encoding.slot_s and begin_s < b for a, b in plug.busy):
                    self.stations[self._add(plug.place)] = Station(plug, window, gain_wh, allowed)

    def _gain_wh(self, unit: Unit, plug: Plug) -> WattHours:
        """Return what flows in a recharge into a pack that is half empty."""
        return pack_energy_in_s(unit.pack, plug, unit.pack.usable_wh // 2, self.encoding.length_s)

    def soft_bound(self, request: Request) -> tuple[Seconds, int] | None:
        """Return from when on starting later costs, and how much a second."""
        if request.promise_s is not None:
            per_min = self.facts.problem.weights.promise_milli_per_min
            return request.promise_s, per_min * SCALE // 60
        per_s = request.wait_milli_per_h * SCALE // 3600
        return (request.earliest_s, per_s) if per_s else None

    def service_lengths(self, vehicle: int) -> list[Seconds]:
        """Return how long a vehicle stays at every node."""
        return self._lengths(self.kind_of_day[vehicle])

    def _lengths(self, kind: int) -> list[Seconds]:
        unit, lengths = self.kinds[kind], [0] * len(self.nodes)
        for node, (request, _) in self.asked.items():
            lengths[node] = self.facts.service_s(unit, request)
        for node in self.stations:
            lengths[node] = self.encoding.length_s
        return lengths

    def _between(self, table: Array) -> Array:
        return table[np.ix_(self.nodes, self.nodes)]

    def time_matrix(self, kind: int) -> Array:
        """Return seconds from the start of one visit to that of another."""
        return (
            self._between(self._legs[kind].seconds) + np.array(self._lengths(kind), dtype=np.int64)[:, None]
        )

    def used_matrix(self, kind: int) -> Array:
        """Return watt-hours used up from the arrival at one node to that at another."""
        unit = self.kinds[kind]
        used: Any = np.zeros(len(self.nodes), dtype=np.int64)
        for node, (request, _) in self.asked.items():
            used[node] = draw_wh(unit, request.energy_wh)
        for node, station in self.stations.items():
            used[node] = -self._gain_wh(unit, station.plug)
        table: Array = self._between(self._legs[kind].drawn_wh) + used[:, None]
        return table

    def cost_matrix(self, kind: int) -> Array:
        """Return the price of a way and of the visit before it."""
        unit, legs = self.kinds[kind], self._legs[kind]
        busy: Any = np.array(self._lengths(kind), dtype=np.int64)
        busy[list(self.stations)] = 0
        way_s = self._between(np.minimum(legs.seconds, 86_400)) + busy[:, None]
        way_m = self._between(legs.metres)
        table: Array = (
            way_m * unit.cost_per_km_milli * SCALE // 1000 + way_s * unit.cost_per_h_milli * SCALE // 3600
        )
        return table


def _hull(
    known: tuple[tuple[Seconds, Seconds], ...], more: tuple[tuple[Seconds, Seconds], ...]
) -> tuple[tuple[Seconds, Seconds], ...]:
    """Return intervals that hold both: the library has one domain for all vehicles."""
    merged: list[tuple[Seconds, Seconds]] = []
    for begin_s, end_s in sorted([*known, *more]):
        if merged and begin_s <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(merged[-1][1], end_s)
        else:
            merged.append((begin_s, end_s))
    return tuple(merged)
