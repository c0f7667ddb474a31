"""Giving open requests to the units that take them best."""

from collections.abc import Callable, Iterable

from routing.model.problem import Request
from routing.model.units import Milli
from routing.search.fleet import Fleet
from routing.search.insertion import Finder
from routing.search.top_up import top_up
from routing.search.tour import Spot, Tour
from routing.search.walk import walk

type Noise = Callable[[Milli], Milli]
"""Makes a cost look a little different, so that another choice may win."""


def fill(fleet: Fleet, requests: Iterable[Request], noise: Noise = lambda milli: milli) -> set[str]:
    """Insert open requests one after the other where it pays; return the units that were touched."""
    touched: set[str] = set()
    for request in requests:
        unit = _insert_cheapest(fleet, request, noise)
        if unit is not None:
            touched.add(unit)
    for unit in sorted(touched):
        fleet.tours[unit] = top_up(fleet, unit)
    return touched


def most_urgent_first(requests: Iterable[Request]) -> list[Request]:
    """Order requests: promised before new, stranded before all, then by when they must start."""
    return sorted(requests, key=lambda r: (-r.priority, r.promise_s is None, r.latest_s, r.id))


def _insert_cheapest(fleet: Fleet, request: Request, noise: Noise) -> str | None:
    limit = fleet.open_milli([request])
    offers: list[tuple[Milli, str, Spot]] = []
    for unit in fleet.tours:
        spot = _find_remembered(fleet, unit, request)
        if spot is not None and spot.added_milli < limit:
            offers.append((noise(spot.added_milli), unit, spot))
    for _, unit, spot in sorted(offers, key=lambda offer: offer[:2]):
        tour = _confirm(fleet, unit, request, spot)
        if tour is not None and tour.milli - fleet.tours[unit].milli < limit:
            fleet.tours[unit] = tour
            fleet.open.pop(request.id, None)
            return unit
    return None


def _find_remembered(fleet: Fleet, unit: str, request: Request) -> Spot | None:
    """Find the best spot on a tour; what was found on this same tour before still stands."""
    spots = fleet.tours[unit].memory.spots
    if request.id in spots:
        return spots[request.id]
    finder = Finder(fleet, unit)
    spot = finder.find_spot(request)
    short_of_energy = finder.nearest_miss is not None and finder.nearest_miss.rule == "energy"
    if spot is not None or not short_of_energy:
        spots[request.id] = spot
    return spot


def _confirm(fleet: Fleet, unit: str, request: Request, spot: Spot) -> Tour | None:
    """Walk a remembered spot again if it needs a plug: somebody else may have it by now."""
    if not spot.tour.uses:
        return spot.tour
    outcome = walk(fleet.grounds[unit], spot.tour.days, fleet.calendar_for(unit))
    if isinstance(outcome, Tour) and request.id in outcome.starts:
        return outcome
    fleet.tours[unit].memory.spots.pop(request.id, None)
    fresh = Finder(fleet, unit).find_spot(request)
    return fresh.tour if fresh else None
