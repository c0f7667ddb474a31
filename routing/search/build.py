"""From a problem, and a plan made for an earlier one, to a fleet; and from a fleet to a plan."""

from collections.abc import Mapping

from routing.evaluation.decisions import Decisions, step_of
from routing.evaluation.facts import Facts
from routing.evaluation.schedule import schedule
from routing.model.errors import NoPlan
from routing.model.plan import Plan, Stop, Unserved
from routing.model.problem import Problem, Request
from routing.model.units import Milli, WattHours
from routing.search.calendar import Calendar, Use
from routing.search.fleet import Fleet, make_grounds
from routing.search.ground import Ground
from routing.search.tour import Days, Failure, Item, Tour
from routing.search.walk import walk


def empty_fleet(problem: Problem) -> Fleet:
    """Return a fleet that does nothing but what it must.

    Raises
    ------
    NoPlan
        When a unit cannot even take its breaks and go home.
    """
    facts = Facts(problem)
    fleet = Fleet(facts, make_grounds(facts), {})
    for unit, ground in fleet.grounds.items():
        fleet.tours[unit] = idle_tour(ground, fleet)
    fleet.open = dict(facts.requests)
    return fleet


def idle_tour(ground: Ground, fleet: Fleet) -> Tour:
    """Return the tour of a unit that serves nobody."""
    outcome = walk(ground, ground.idle_days(), fleet.calendar_for(ground.unit.id))
    if isinstance(outcome, Failure):
        raise NoPlan(f"unit {ground.unit.id} cannot go home: {outcome.rule} by {outcome.amount}")
    return outcome


def fleet_from(problem: Problem, plan: Plan | None) -> Fleet:
    """Return a fleet that keeps what still makes sense of a plan; what does not is open.

    Units are walked in the order of their first recharge, so that each finds its turn at a plug; until a
    unit has been walked, its turns stand as the plan has them.
    """
    if plan is None:
        return empty_fleet(problem)
    facts = Facts(problem)
    fleet = Fleet(facts, make_grounds(facts), {})
    wanted = _list_wanted(fleet, plan)
    turns = _list_turns(fleet, plan)
    kept = walk_units(fleet, wanted, turns)
    fleet.tours = {unit: kept[unit] for unit in fleet.grounds}
    fleet.find_open()
    return fleet


def walk_units(fleet: Fleet, wanted: Mapping[str, Days], turns: dict[str, list[Use]]) -> dict[str, Tour]:
    """Return the tours of units that want these days, in the order of their first recharge.

    `turns` are those of all units at the plugs; who has been walked has new ones.
    """
    first = {unit: min((use[1] for use in turns.get(unit, ())), default=0) for unit in wanted}
    kept: dict[str, Tour] = {}
    for unit in sorted(wanted, key=lambda name: (first[name], name)):
        ground = fleet.grounds[unit]
        others = (use for name, uses in turns.items() if name != unit for use in uses)
        calendar = Calendar(fleet.facts.problem, ground.list_concerning(others))
        kept[unit] = _keep_best(ground, wanted[unit], calendar) or idle_tour(ground, fleet)
        turns[unit] = list(kept[unit].uses)
    return kept


def walk_one(fleet: Fleet, plan: Plan, unit: str) -> Tour:
    """Return the tour of one unit of a fleet as a plan has it; the turns of all others stand.

    Raises
    ------
    NoPlan
        When it does not hold, or not all of it.
    """
    alone = Fleet(fleet.facts, {unit: fleet.grounds[unit]}, {})
    wanted = _list_wanted(alone, plan)
    tour = walk_units(alone, wanted, _list_turns(fleet, plan))[unit]
    served = {stop.request for route in plan.routes if route.unit == unit for stop in route.stops}
    if served - {None} != tour.starts.keys():
        raise NoPlan(f"unit {unit} does not serve all that it is planned to")
    return tour


def _list_wanted(fleet: Fleet, plan: Plan) -> dict[str, Days]:
    """Return the items of the plan that the problem still knows, with the breaks that are due."""
    seen: set[str] = set()
    rows = {(route.unit, route.shift): route for route in plan.routes}
    wanted: dict[str, Days] = {}
    for unit, ground in fleet.grounds.items():
        days: list[tuple[Item, ...]] = []
        for day, shift in enumerate(ground.unit.shifts):
            route = rows.get((unit, shift.id))
            due = [Item("break", pause.id) for pause in ground.starts[day].breaks]
            items = [item_of(stop) for stop in route.stops] if route else []
            kept = [item for item in items if item and _is_known(ground, item, due, seen)]
            days.append((*_once(kept), *(pause for pause in due if pause not in kept)))
        wanted[unit] = tuple(days)
    return wanted


def _once(items: list[Item]) -> list[Item]:
    """Leave out a break that is there a second time."""
    pauses = [item for item in items if item.kind == "break"]
    return [item for index, item in enumerate(items) if item not in pauses or items.index(item) == index]


def item_of(stop: Stop) -> Item | None:
    """Return the item behind a stop; None for the way home."""
    step = step_of(stop)
    return Item(step.kind, step.subject, step.not_before_s) if step else None


def _is_known(ground: Ground, item: Item, due: list[Item], seen: set[str]) -> bool:
    if item.kind == "break":
        return item in due
    if item.kind == "recharge":
        return item.subject in ground.plugs
    request: Request | None = ground.facts.requests.get(item.subject)
    if request is None or request.id in seen or not ground.fits(request):
        return False
    seen.add(request.id)
    return True


def _list_turns(fleet: Fleet, plan: Plan) -> dict[str, list[Use]]:
    """Return the turns at plugs as the plan has them."""
    turns: dict[str, list[Use]] = {}
    for route, stop in plan.iterate_stops():
        known = route.unit in fleet.grounds and stop.plug in fleet.facts.plugs
        if known and stop.plug is not None and stop.end_s > stop.start_s:
            turns.setdefault(route.unit, []).append((stop.plug, stop.start_s, stop.end_s))
    return turns


def _keep_best(ground: Ground, days: Days, calendar: Calendar) -> Tour | None:
    """Walk the days with recharges as soon as can be, and with recharges when they were planned."""
    timeless = without_times(days)
    soon = keep(ground, timeless, calendar)
    if timeless == days or (soon is not None and _waits_anyway(ground, soon, days)):
        return soon
    as_planned = keep(ground, days, calendar)
    if soon is None or as_planned is None:
        return soon or as_planned
    return min(soon, as_planned, key=_rank)


def _waits_anyway(ground: Ground, soon: Tour, days: Days) -> bool:
    """Say whether no recharge begins before it was planned: to walk the days as planned would be the same.

    Where ways take longer at some times of the day, a later start may need less.
    """
    planned = [item.not_before_s for row in days for item in row if item.kind == "recharge"]
    if ground.is_driven_by_the_clock or len(planned) != len(soon.refills):
        return False
    whole = all(len(row) == len(kept) for row, kept in zip(days, soon.days, strict=True))
    pairs = zip(soon.refills, planned, strict=True)
    return whole and all(refill.start_s >= not_before_s for refill, not_before_s in pairs)


def _rank(tour: Tour) -> tuple[int, Milli, WattHours]:
    """Rank tours: who serves more, then what is cheaper, then what holds more on the way."""
    return -len(tour.starts), tour.milli, -sum(map(sum, tour.packs_wh))


def without_times(days: Days) -> Days:
    """Return the days with nothing said about when recharges begin."""
    return tuple(tuple(Item(item.kind, item.subject) for item in row) for row in days)


def keep(ground: Ground, days: Days, calendar: Calendar) -> Tour | None:
    """Walk the days; leave out what does not hold, one item after the other."""
    while True:
        outcome = walk(ground, days, calendar)
        if isinstance(outcome, Tour):
            return outcome
        victim = _find_victim(days, outcome)
        if victim is None:
            return None
        day, index = victim
        row = days[day]
        days = (*days[:day], (*row[:index], *row[index + 1 :]), *days[day + 1 :])


def _find_victim(days: Days, failure: Failure) -> tuple[int, int] | None:
    """Find what to leave out: the request nearest to the failure, best before it; then a recharge."""
    spots = [(day, index) for day, row in enumerate(days) for index in range(len(row))]
    at = (failure.day, failure.index)
    nearest = [spot for spot in reversed(spots) if spot <= at] + [spot for spot in spots if spot > at]
    for kind in ("serve", "recharge"):
        for day, index in nearest:
            if days[day][index].kind == kind:
                return day, index
    return None


def plan_from(fleet: Fleet, unserved: tuple[Unserved, ...]) -> Plan:
    """Return the plan of a fleet, scheduled by the judge's own reading."""
    routes = [route for unit, tour in fleet.tours.items() for route in fleet.grounds[unit].decisions(tour)]
    return schedule(fleet.facts.problem, Decisions(tuple(routes), unserved), fleet.facts)
