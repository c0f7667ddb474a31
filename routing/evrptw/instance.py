"""An instance of the field: one depot, customers with windows, stations, a fleet of equal vehicles."""

from dataclasses import dataclass
from math import hypot

DEPOT, CUSTOMER, STATION = "depot", "customer", "station"


@dataclass(frozen=True, slots=True)
class Node:
    """A location: the depot, a customer or a recharging station.

    Attributes
    ----------
    id : str
        As the file calls it.
    kind : str
        `depot`, `customer` or `station`.
    x, y : float
        Coordinates; ways are straight lines.
    demand, ready, due, service : float
        Freight, the window in which service begins, and how long it takes.
    """

    id: str
    kind: str
    x: float
    y: float
    demand: float
    ready: float
    due: float
    service: float


@dataclass(frozen=True, slots=True)
class Instance:
    """What is to be solved.

    Attributes
    ----------
    name : str
        As in the tables of results.
    depot, customers, stations : Node, tuple of Node, tuple of Node
        The locations.
    capacity : float
        Freight a vehicle can carry.
    battery : float
        Energy of a full vehicle; 0 for vehicles that need none.
    consumption : float
        Energy per unit of distance.
    recharge_time : float
        Time per unit of energy at a station.
    speed : float
        Distance per unit of time.
    fleet : int or None
        The most vehicles there may be; None for as many as wanted.
    truncated : bool
        Whether a distance is cut after its first decimal (the convention of the Solomon tables), in which
        case distance alone counts; otherwise fewer vehicles come before less distance.
    """

    name: str
    depot: Node
    customers: tuple[Node, ...]
    stations: tuple[Node, ...]
    capacity: float
    battery: float = 0.0
    consumption: float = 0.0
    recharge_time: float = 0.0
    speed: float = 1.0
    fleet: int | None = None
    truncated: bool = False

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Return the depot, the customers and the stations, in the order of their numbers in the search."""
        return (self.depot, *self.customers, *self.stations)

    @property
    def electric(self) -> bool:
        """Return whether energy is limited."""
        return self.battery > 0

    @property
    def vehicles_first(self) -> bool:
        """Return whether one vehicle less is worth any distance."""
        return not self.truncated

    def measure(self, a: Node, b: Node) -> float:
        """Return the distance between two nodes."""
        exact = hypot(a.x - b.x, a.y - b.y)
        return int(exact * 10 + 1e-9) / 10 if self.truncated else exact
