"""The judge of routes: plain, apart from the search, and asked before anything leaves.

Walks every route by the rules of Schneider, Stenger and Goeke (2014) with partial recharge (Keskin and
Çatay 2016). How much to recharge is not part of a route, so a route is judged by the best that can be done
with it: the vehicle leaves full, and each recharge is as late and as small as the stops after it allow.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from routing.evrptw.instance import CUSTOMER, DEPOT, STATION, Instance, Node

TOLERANCE = 1e-5


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a route breaks, where, and by how much."""

    rule: str
    where: str
    amount: float

    def __str__(self) -> str:
        """Return the violation as a line."""
        return f"{self.rule} at {self.where} by {self.amount:g}"


def violations(instance: Instance, routes: tuple[tuple[str, ...], ...]) -> tuple[Violation, ...]:
    """Judge routes.

    Parameters
    ----------
    instance : Instance
        What is to be served.
    routes : tuple of tuple of str
        For each vehicle the ids it visits, without the depot at both ends.

    Returns
    -------
    tuple of Violation
        Empty for feasible routes.
    """
    by_id = {node.id: node for node in instance.nodes}
    unknown = [Violation("unknown", name, 1) for route in routes for name in route if name not in by_id]
    if unknown:
        return tuple(unknown)
    walked = [tuple(by_id[name] for name in route) for route in routes]
    found = _coverage(instance, routes)
    for number, route in enumerate(walked, 1):
        found += _load(instance, route, number) + _walk(instance, route, number)
    return tuple(found)


def total_distance(instance: Instance, routes: tuple[tuple[str, ...], ...]) -> float:
    """Return the length of all routes, from the depot and back to it."""
    by_id = {node.id: node for node in instance.nodes}
    total = 0.0
    for route in routes:
        stops = [instance.depot, *(by_id[name] for name in route), instance.depot]
        total += sum(instance.measure(a, b) for a, b in pairwise(stops))
    return total


def _coverage(instance: Instance, routes: tuple[tuple[str, ...], ...]) -> list[Violation]:
    visits = Counter(name for route in routes for name in route)
    found = [
        Violation("served once", node.id, abs(visits[node.id] - 1))
        for node in instance.customers
        if visits[node.id] != 1
    ]
    found += [Violation("depot within a route", instance.depot.id, 1)] * (visits[instance.depot.id] > 0)
    if instance.fleet is not None and len(routes) > instance.fleet:
        found.append(Violation("fleet", "depot", len(routes) - instance.fleet))
    return found


def _load(instance: Instance, route: tuple[Node, ...], number: int) -> list[Violation]:
    excess = sum(node.demand for node in route if node.kind == CUSTOMER) - instance.capacity
    return [Violation("capacity", f"route {number}", excess)] if excess > TOLERANCE else []


@dataclass(slots=True)
class _Vehicle:
    """What is known on the way: the earliest time, the energy at that time, and what waiting would add.

    `least` is the energy when every recharge was as small as it could be; by being later the vehicle could
    have recharged more, one `recharge_time` for each unit of energy, up to `most`.
    """

    time: float
    least: float
    most: float


def _walk(instance: Instance, route: tuple[Node, ...], number: int) -> list[Violation]:
    vehicle = _Vehicle(instance.depot.ready, instance.battery, instance.battery)
    at = instance.depot
    for node in (*route, instance.depot):
        vehicle.time += (at.service if at.kind != DEPOT else 0.0) + instance.measure(
            at, node
        ) / instance.speed
        missing = _spend(instance, vehicle, instance.measure(at, node)) if instance.electric else 0.0
        if missing > TOLERANCE:
            return [Violation("energy", f"route {number}, {node.id}", missing)]
        if vehicle.time > node.due + TOLERANCE:
            return [Violation("window", f"route {number}, {node.id}", vehicle.time - node.due)]
        _wait(instance, vehicle, node)
        at = node
    return []


def _spend(instance: Instance, vehicle: _Vehicle, distance: float) -> float:
    """Drive, recharging at the last station what turns out to be missing; return what no recharge covers."""
    vehicle.least -= distance * instance.consumption
    vehicle.most -= distance * instance.consumption
    if vehicle.least < 0:
        vehicle.time -= vehicle.least * instance.recharge_time
        vehicle.least = 0.0
    return -vehicle.most


def _wait(instance: Instance, vehicle: _Vehicle, node: Node) -> None:
    """Wait for the window (time that could as well have gone into the battery) and mind its end."""
    if not instance.electric:
        vehicle.time = max(vehicle.time, node.ready)
        return
    if node.kind == STATION:
        vehicle.most = instance.battery
    spare = max(0.0, node.ready - vehicle.time)
    vehicle.least = min(vehicle.most, vehicle.least + spare / instance.recharge_time)
    vehicle.time += spare
    later = max(0.0, node.due - vehicle.time) / instance.recharge_time
    vehicle.most = min(vehicle.most, vehicle.least + later)
