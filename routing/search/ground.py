"""What one unit sees of the problem, looked up once."""

from collections.abc import Iterable
from copy import copy
from itertools import pairwise

from routing.evaluation.cost import change_milli, distance_milli, time_milli
from routing.evaluation.decisions import RouteDecisions, Step
from routing.evaluation.facts import STANDING, STAYING, Facts, draw_wh
from routing.evaluation.fitness import list_misfits
from routing.evaluation.hours import start_bounds
from routing.evaluation.start import Start, first_start, next_start
from routing.model.problem import Request, Unit
from routing.model.units import Milli, Seconds, WattHours
from routing.search.calendar import Use
from routing.search.tour import Days, Failure, Gap, Item, Job, Node, Tour

MOST_REMEMBERED = 4_096
"""For how many days the ways between their items are remembered: mostly one day changes at a time."""


class Ground:
    """The starts, requests, plugs and breaks of one unit."""

    def __init__(self, facts: Facts, unit: Unit) -> None:
        self.facts, self.unit = facts, unit
        self.plugs = {plug.id: plug for plug in facts.list_plugs(unit)}
        self.is_driven_by_the_clock = bool(facts.problem.travel.profiles[unit.profile].slices)
        self._concerning = self._list_concerning_plugs()
        self.starts = self._make_starts()
        self.pauses = [{pause.id: pause for pause in shift.breaks} for shift in unit.shifts]
        self.refuges: dict[tuple[int, str], WattHours] = {}
        self.jobs: dict[str, Job] = {}
        self.known_fits: dict[str, bool] = {}
        self.known_nodes: dict[tuple[int, tuple[Item, ...]], list[Node] | Failure] = {}

    def wished(self, facts: Facts) -> "Ground":
        """Return a copy that knows one request more."""
        twin = copy(self)
        twin.facts, twin.jobs, twin.known_fits = facts, dict(self.jobs), dict(self.known_fits)
        twin.known_nodes = dict(self.known_nodes)
        return twin

    def _make_starts(self) -> list[Start]:
        """Return the start of every day as if the unit did nothing; places and times hold anyway."""
        starts: list[Start] = []
        left: tuple[str, Seconds, WattHours] | None = None
        for shift in self.unit.shifts:
            if left is None:
                start = first_start(self.facts, self.unit, shift)
            else:
                start = next_start(self.facts, self.unit, shift, left)
            way = self.facts.way(self.unit, start.place, start.home) or STAYING
            ended_s = max(way.arrival_s(start.at_s), shift.end_s)
            left = (start.home, ended_s, start.energy_wh - way.bound.drawn_wh)
            starts.append(start)
        return starts

    def _list_concerning_plugs(self) -> frozenset[str]:
        """List whose use matters to this unit: its plugs, and those that draw on a grid of one of them."""
        grids = {plug.grid for plug in self.plugs.values() if plug.grid is not None}
        mates = {plug.id for plug in self.facts.problem.plugs if plug.grid in grids} if grids else set()
        return frozenset(self.plugs.keys() | mates)

    def list_concerning(self, uses: Iterable[Use]) -> list[Use]:
        """List the uses of plugs that matter to this unit."""
        return [use for use in uses if use[0] in self._concerning]

    def idle_days(self) -> Days:
        """Return days with nothing but the breaks that are due."""
        return tuple(tuple(Item("break", pause.id) for pause in start.breaks) for start in self.starts)

    def job(self, request: Request) -> Job:
        """Return a request as this unit sees it."""
        job = self.jobs.get(request.id)
        if job is None or job.request is not request:
            earliest_s, latest_s = start_bounds(request)
            length_s = self.facts.service_s(self.unit, request)
            if request.finish_by_s is not None:
                latest_s = min(latest_s, request.finish_by_s - length_s)
            drawn_wh = draw_wh(self.unit, request.energy_wh)
            change = change_milli(self.facts.problem.weights, request, self.unit.id)
            job = Job(request, earliest_s, latest_s, length_s, drawn_wh, change)
            self.jobs[request.id] = job
        return job

    def fits(self, request: Request) -> bool:
        """Say whether this unit could serve a request at some time."""
        if request.id not in self.known_fits:
            self.known_fits[request.id] = not list_misfits(self.facts, self.unit, request)
        return self.known_fits[request.id]

    def list_nodes(self, day: int, row: tuple[Item, ...]) -> list[Node] | Failure:
        """Look up the items of a day and the ways between them, the way home last; not to be changed."""
        known = self.known_nodes.get((day, row))
        if known is None:
            if len(self.known_nodes) >= MOST_REMEMBERED:
                self.known_nodes.clear()
            known = self.known_nodes[day, row] = self._look_up(day, row)
        return known

    def _look_up(self, day: int, row: tuple[Item, ...]) -> list[Node] | Failure:
        place = self.starts[day].place
        nodes: list[Node] = []
        for item in row:
            node = self._make_node(day, item, place)
            if node is None:
                return Failure("reach", 1, "count", day, len(nodes))
            nodes.append(node)
            place = node.place
        home = self.starts[day].home
        way = self.facts.way(self.unit, place, home)
        if way is None:
            return Failure("reach", 1, "count", day, len(nodes))
        nodes.append(Node("hold", "", home, way.bound, way))
        return nodes

    def _make_node(self, day: int, item: Item, place: str) -> Node | None:
        """Return a node, or None when there is no way to it."""
        kind, subject, not_before_s = item
        if kind == "break":
            return Node(kind, subject, place, STANDING, STAYING, pause=self.pauses[day][subject])
        if kind == "serve":
            job = self.job(self.facts.requests[subject])
            way = self.facts.way(self.unit, place, job.request.place)
            if way is None:
                return None
            return Node(kind, subject, job.request.place, way.bound, way, job)
        plug = self.plugs[subject]
        way = self.facts.way(self.unit, place, plug.place)
        if way is None:
            return None
        return Node(kind, subject, plug.place, way.bound, way, plug=plug, not_before_s=not_before_s)

    def list_gaps(self, tour: Tour) -> list[list[Gap]]:
        """List for every day the positions where something may be put."""
        if tour.memory.gaps is None:
            tour.memory.gaps = [self._gaps_of_day(tour, day) for day in range(len(tour.days))]
        return tour.memory.gaps

    def _gaps_of_day(self, tour: Tour, day: int) -> list[Gap]:
        nodes = self.list_nodes(day, tour.days[day])
        assert not isinstance(nodes, Failure), "a tour has been walked"
        latest_s = self.starts[day].home_by_s
        latest: list[Seconds] = []
        for node in reversed(nodes):
            if node.job:
                latest_s = min(node.job.latest_s, latest_s - node.job.length_s)
            elif node.pause:
                latest_s = min(node.pause.latest_s, latest_s - node.pause.duration_s)
            latest.append(latest_s)
            latest_s -= node.leg.seconds
        places = [self.starts[day].place, *(node.place for node in nodes)]
        soonest = self._list_soonest(nodes, tour.frees[day][0])
        rows = zip(places, tour.frees[day], soonest, places[1:], reversed(latest), strict=False)
        return [Gap(*row) for row in rows]

    def _list_soonest(self, nodes: list[Node], free_s: Seconds) -> list[Seconds]:
        """List before each node when the unit could be free there if recharges took no time."""
        soonest: list[Seconds] = []
        for node in nodes:
            soonest.append(free_s)
            free_s = node.way.arrival_s(free_s)
            if node.job:
                free_s = max(free_s, node.job.earliest_s) + node.job.length_s
            elif node.pause:
                free_s = max(free_s, node.pause.earliest_s) + node.pause.duration_s
        return soonest

    def recharge_ways_milli(self, tour: Tour) -> Milli:
        """Return what the ways to the recharges and away from them cost."""
        milli = 0
        for day, row in enumerate(tour.days):
            nodes = self.list_nodes(day, row)
            assert not isinstance(nodes, Failure), "a tour has been walked"
            for node, following in pairwise(nodes):
                if node.plug:
                    metres = node.leg.metres + following.leg.metres
                    seconds = node.leg.seconds + following.leg.seconds
                    milli += distance_milli(self.unit, metres) + time_milli(self.unit, seconds) + 2
        return milli

    def decisions(self, tour: Tour) -> list[RouteDecisions]:
        """Return what a tour decides, for the schedule."""
        refills = iter(tour.refills)
        routes: list[RouteDecisions] = []
        for shift, row in zip(self.unit.shifts, tour.days, strict=True):
            steps: list[Step] = []
            for kind, subject, _ in row:
                if kind == "recharge":
                    start_s, energy_wh = next(refills)
                    steps.append(Step(kind, subject, energy_wh, start_s))
                else:
                    steps.append(Step(kind, subject))
            routes.append(RouteDecisions(self.unit.id, shift.id, tuple(steps)))
        return routes
