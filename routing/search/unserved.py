"""Whom a fleet does not serve, with the reasons."""

from dataclasses import replace

from routing.model.errors import NoPlan
from routing.model.plan import Unserved
from routing.model.problem import Request, Unit
from routing.search.diagnosis import Miss, UnitMiss, diagnose, diagnose_unit, sum_up
from routing.search.fleet import Fleet
from routing.search.ground import Ground
from routing.search.insertion import NEAREST_PLUGS, insert
from routing.search.slot import Slot
from routing.search.tour import Failure, Item
from routing.search.walk import walk

FEW = 20
"""Up to so many open requests are looked at closely when a plan is made."""
MANY = 2_000
"""Among more requests than that nobody is: a slot has room for all ways between all places."""


def list_unserved(fleet: Fleet, told_before: tuple[Unserved, ...] = ()) -> tuple[Unserved, ...]:
    """List what a fleet does not serve with the reasons, in the order of the problem.

    A reason that was told before is told again without looking.
    """
    told = {missed.request: missed for missed in told_before}
    missed = [request for request in fleet.facts.problem.requests if request.id in fleet.open]
    new = [request for request in missed if request.id not in told]
    slot = _open_slot(fleet) if new else None
    told |= {request.id: _look(slot, request) if slot else _glance(fleet, request) for request in new}
    return tuple(told[request.id] for request in missed)


def _open_slot(fleet: Fleet) -> Slot | None:
    """Open a slot for a close look; None: there are too many, or nobody works, or a glance has to do."""
    closely = len(fleet.open) <= FEW and len(fleet.facts.requests) <= MANY
    if not closely or not fleet.tours:
        return None
    try:
        return Slot(fleet)
    except NoPlan:  # the arrays have no room for a route
        return None


def _look(slot: Slot, request: Request) -> Unserved:
    """Say why nobody serves a request: nobody can, or it is not worth what it costs."""
    # Its own promise is past keeping: that must not stand in the way of what still can be done.
    facts = slot.take(replace(request, promise_s=None))
    found = slot.find_cheapest()
    if found is not None:
        detail = f"{found.unit}: adds {found.added_milli / 1000:.2f}"
        return Unserved(request=request.id, code="not_worth_it", detail=detail)
    told = diagnose(facts, request, slot.look())
    return Unserved(request=request.id, code=told.code, detail=told.detail)


def _glance(fleet: Fleet, request: Request) -> Unserved:
    """Say why a request is not served, content with the first unit that could do it alone."""
    misses: list[UnitMiss] = []
    for unit in fleet.facts.problem.units:
        miss = diagnose_unit(fleet.facts, unit, request, _Glance(fleet, request))
        if miss.code == "fleet_saturated":
            return Unserved(request=request.id, code=miss.code, detail=f"{unit.id}: busy")
        misses.append(miss)
    told = sum_up(tuple(misses))
    return Unserved(request=request.id, code=told.code, detail=told.detail)


class _Glance:
    """Looks at the units as if they had nothing else to do, without the arrays of a slot."""

    def __init__(self, fleet: Fleet, request: Request) -> None:
        self.fleet, self.request = fleet, request

    def alone(self, unit: Unit) -> Miss | None:
        """Find what would break even then."""
        return miss_alone(self.fleet, self.fleet.grounds[unit.id], self.request)

    def busy(self, _: Unit) -> Miss:
        """Take it that everybody has other work."""
        return Miss("window", 1, "s")


def miss_alone(fleet: Fleet, ground: Ground, request: Request) -> Miss | None:
    """Find what would break even if the unit had nothing else to do; None when it could."""
    calendar = fleet.calendar_for(ground.unit.id)
    idle = ground.idle_days()
    serve = Item("serve", request.id)
    rows: list[tuple[Item, ...]] = [(serve,)]
    rows += [(Item("recharge", plug), serve) for plug in list(ground.plugs)[:NEAREST_PLUGS]]
    closest: Miss | None = None
    for added in rows:
        for day, row in enumerate(idle):
            for index in range(len(row) + 1):
                outcome = walk(ground, insert(idle, day, index, added), calendar)
                if not isinstance(outcome, Failure):
                    return None
                miss = Miss(outcome.rule, outcome.amount, outcome.measure)
                if closest is None or (miss.rule == closest.rule and miss.amount < closest.amount):
                    closest = miss
    return closest
