"""Whether each customer can be served at all: by a vehicle that does nothing else."""

from routing.evrptw.instance import Instance, Node
from routing.model.errors import InvalidProblem

EPS = 1e-6

type Arrival = tuple[float, float]  # time needed and energy left


def check_reach(instance: Instance) -> None:
    """Refuse an instance with a customer that no vehicle can serve and come home from.

    Time alone is judged first (energy takes none away), then energy alone: whether stations are near enough.
    """
    for customer in instance.customers:
        _check_time(instance, customer)
    if instance.electric:
        _check_energy(instance)


def _check_time(instance: Instance, customer: Node) -> None:
    depot = instance.depot
    way = instance.measure(depot, customer) / instance.speed
    begin = max(depot.ready + way, customer.ready)
    if begin > customer.due + EPS:
        raise InvalidProblem(customer.id, f"cannot be reached before its window ends ({customer.due:g})")
    home = begin + customer.service + way
    if home > depot.due + EPS:
        raise InvalidProblem(customer.id, f"serving it ends after the depot closes ({depot.due:g})")


def _check_energy(instance: Instance) -> None:
    """A full vehicle must be able to go from a refuge (station, depot) to the customer and back."""
    reach = instance.battery / instance.consumption
    refuges = _refuges(instance, reach)
    for customer in instance.customers:
        near = min(instance.measure(refuge, customer) for refuge in refuges)
        if 2 * near > reach + EPS:
            far = f"the nearest station is {near:g} away, a battery lasts for {reach:g}"
            raise InvalidProblem(customer.id, far)


def _refuges(instance: Instance, reach: float) -> list[Node]:
    """Return the depot and every station that can be reached from it, recharging on the way."""
    found, waiting = [instance.depot], list(instance.stations)
    for refuge in found:
        near = [station for station in waiting if instance.measure(refuge, station) <= reach + EPS]
        found += near
        waiting = [station for station in waiting if station not in near]
    return found
