"""All tours together: who does what, whose turn it is at a plug, and what it costs."""

from collections.abc import Iterable

from routing.evaluation.cost import unserved_milli
from routing.evaluation.facts import Facts
from routing.model.problem import Request
from routing.model.units import Milli
from routing.search.calendar import Calendar
from routing.search.ground import Ground
from routing.search.tour import Tour


class Fleet:
    """One tour for every unit that has a shift, and the requests nobody serves."""

    def __init__(self, facts: Facts, grounds: dict[str, Ground], tours: dict[str, Tour]) -> None:
        self.facts, self.grounds, self.tours = facts, grounds, dict(tours)
        self.open: dict[str, Request] = {}

    def copy(self) -> "Fleet":
        """Return a fleet that can be changed without changing this one."""
        twin = Fleet(self.facts, self.grounds, self.tours)
        twin.open = dict(self.open)
        return twin

    def wished(self, facts: Facts) -> "Fleet":
        """Return a copy that knows one request more: nothing else is different."""
        grounds = {name: ground.wished(facts) for name, ground in self.grounds.items()}
        twin = Fleet(facts, grounds, self.tours)
        twin.open = dict(self.open)
        return twin

    def calendar_for(self, unit: str) -> Calendar:
        """Return the use of plugs that a unit has to respect: that of all the others at plugs it may use."""
        others = (tour for name, tour in self.tours.items() if name != unit)
        uses = (use for tour in others for use in tour.uses)
        return Calendar(self.facts.problem, self.grounds[unit].list_concerning(uses))

    def milli(self) -> Milli:
        """Return the cost of everything, what is not served included."""
        return sum(tour.milli for tour in self.tours.values()) + self.open_milli(self.open.values())

    def open_milli(self, requests: Iterable[Request]) -> Milli:
        """Return the price of not serving these."""
        weights = self.facts.problem.weights
        return sum(unserved_milli(weights, request) for request in requests)

    def list_served(self) -> dict[str, str]:
        """Return the unit of every request that is served."""
        return {request: name for name, tour in self.tours.items() for request in tour.starts}

    def find_open(self) -> None:
        """See again who is served by nobody."""
        served = self.list_served()
        self.open = {name: request for name, request in self.facts.requests.items() if name not in served}


def make_grounds(facts: Facts) -> dict[str, Ground]:
    """Return the ground of every unit that works at all."""
    return {unit.id: Ground(facts, unit) for unit in facts.problem.units if unit.shifts}
