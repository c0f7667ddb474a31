"""A judged plan in which one unit gets other routes: only what that touches is judged again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from routing.evaluation.cost import route_goals, total_cost, with_origins
from routing.evaluation.facts import Facts
from routing.evaluation.grid_rules import Draw, find_worst, list_draws, list_standing
from routing.evaluation.violations import Use, find_overlaps, judge_unit, list_uses
from routing.model.plan import Cost, Goals, Plan, Route
from routing.model.problem import Unit
from routing.model.rules import Violation


class Standing:
    """A plan the judge has found nothing in, and who uses which plug and grid in it."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.facts, self.plan = facts, plan
        self.uses = list_uses(facts, plan)
        self.draws = list_draws(facts, plan)
        self.spots: dict[str, list[int]] = {}
        for spot, route in enumerate(plan.routes):
            self.spots.setdefault(route.unit, []).append(spot)
        self._known_goals: dict[str, Goals] = {}

    def routes_of(self, unit: str) -> list[Route]:
        """Return the routes of a unit, a shift each."""
        return [self.plan.routes[spot] for spot in self.spots[unit]]

    def with_routes(self, facts: Facts, unit: Unit, routes: Sequence[Route]) -> Plan:
        """Return the whole plan, priced, with these routes in place of the unit's."""
        listed = list(self.plan.routes)
        for spot, route in zip(self.spots[unit.id], routes, strict=True):
            listed[spot] = route
        return replace(self.plan, routes=tuple(listed), cost=self._cost(facts, unit, routes))

    def violations(self, facts: Facts, unit: Unit, routes: Sequence[Route], wish: str) -> list[Violation]:
        """Find every rule the plan breaks when a unit drives these routes and serves one request more.

        `facts` know that request. All others are as they were; what is found is what `violations` would
        find in the whole plan.
        """
        changed = Plan(start_utc=self.plan.start_utc, routes=tuple(routes))
        return [
            *judge_unit(facts, unit, changed),
            *self._judge_requests(unit, routes, wish),
            *self._judge_plugs(facts, unit, changed),
            *self._judge_grids(facts, unit, changed),
        ]

    def _cost(self, facts: Facts, unit: Unit, routes: Sequence[Route]) -> Cost:
        if unit.id not in self._known_goals:
            self._known_goals[unit.id] = _goals_of(self.facts, unit, self.routes_of(unit.id))
        before, after = self._known_goals[unit.id], _goals_of(facts, unit, routes)
        less = Goals(**{name: -getattr(before, name) for name in Goals.__slots__})
        return total_cost([self.plan.cost.goals, less, after])

    def _judge_requests(self, unit: Unit, routes: Sequence[Route], wish: str) -> Iterator[Violation]:
        """The unit serves whom it served, each once, and the wish."""
        wanted = Counter([wish, *_list_served(self.routes_of(unit.id))])
        served = Counter(_list_served(routes))
        for request in wanted | served:
            if served[request] < wanted[request]:
                yield Violation("missing", 1, "count", subject=request)
            elif served[request] > wanted[request]:
                yield Violation("duplicate", served[request] - wanted[request], "count", subject=request)

    def _judge_plugs(self, facts: Facts, unit: Unit, changed: Plan) -> Iterator[Violation]:
        for plug, uses in list_uses(facts, changed, standing=False).items():
            others = [use for use in self.uses[plug] if use[2] != unit.id]
            yield from find_overlaps(plug, sorted([*others, *uses], key=_span))

    def _judge_grids(self, facts: Facts, unit: Unit, changed: Plan) -> Iterator[Violation]:
        """Judge a grid again where the unit draws otherwise than before."""
        for name, draws in list_draws(facts, changed).items():
            planned = self.draws.get(name, [])
            if _spans(draws) != _spans(draw for draw in planned if draw.unit == unit.id):
                grid = next(grid for grid in facts.problem.grids if grid.id == name)
                others = [draw for draw in planned if draw.unit != unit.id]
                yield from find_worst(grid, [*list_standing(facts, grid), *others, *draws])


def _goals_of(facts: Facts, unit: Unit, routes: Sequence[Route]) -> Goals:
    pairs = with_origins(routes, {unit.id: unit.state.place})
    return total_cost(route_goals(facts, *pair) for pair in pairs).goals


def _span(use: Use) -> tuple[int, int]:
    return use[0], use[1]


def _spans(draws: Iterable[Draw]) -> set[tuple[int, int, int]]:
    return {(draw.from_s, draw.to_s, draw.power_w) for draw in draws}


def _list_served(routes: Sequence[Route]) -> list[str]:
    return [stop.request for route in routes for stop in route.stops if stop.request is not None]
