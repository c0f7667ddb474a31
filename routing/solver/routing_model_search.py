"""The RoutingModel itself: nodes, dimensions, disjunctions and breaks; runs until its time is over."""

from collections.abc import Callable
from itertools import pairwise
from time import monotonic
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.evaluation.cost import unserved_milli
from routing.evaluation.facts import Facts
from routing.model.problem import Problem
from routing.solver.draft import Draft
from routing.solver.routing_model_nodes import SCALE, Encoding, Layout
from routing.solver.routing_model_read import read_draft

type Tell = Callable[[Draft], object]


def search(problem: Problem, seconds: float, seed: int, encoding: Encoding, tell: Tell) -> None:
    """Search for so long; every better solution is told as a draft."""
    begun = monotonic()
    layout = Layout(Facts(problem), encoding)
    if not layout.days:
        return
    built = _Built(layout)
    _tell_solutions(built, tell)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = getattr(
        routing_enums_pb2.FirstSolutionStrategy, encoding.first_solution
    )
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    left_s = max(0.01, seconds - (monotonic() - begun))
    parameters.time_limit.FromMilliseconds(int(left_s * 1000))
    built.model.solver().ReSeed(seed % 2**31)
    built.model.SolveWithParameters(parameters)


class _Built:
    """A model made from a layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        starts, ends = layout.list_ends()
        self.manager = pywrapcp.RoutingIndexManager(len(layout.nodes), len(layout.days), starts, ends)
        self.model = pywrapcp.RoutingModel(self.manager)
        self._price_ways()
        self.time = self._add_time()
        self._add_used()
        self._offer_visits()
        self._offer_recharges()
        self.breaks: list[list[Any]] = []
        self._take_breaks()

    def _by_kind(self, make: Callable[[int], Any]) -> list[int]:
        """Register one matrix a kind of unit; return the evaluator of every vehicle."""
        registered = [
            self.model.RegisterTransitMatrix(make(kind).tolist()) for kind in range(len(self.layout.kinds))
        ]
        return [registered[self.layout.kind_of_day[k]] for k in range(len(self.layout.days))]

    def _price_ways(self) -> None:
        for vehicle, evaluator in enumerate(self._by_kind(self.layout.cost_matrix)):
            self.model.SetArcCostEvaluatorOfVehicle(evaluator, vehicle)
        for vehicle, day in enumerate(self.layout.days):
            self.model.SetFixedCostOfVehicle(day.unit.cost_per_use_milli * SCALE, vehicle)

    def _add_time(self) -> Any:
        evaluators, until_s = self._by_kind(self.layout.time_matrix), self.layout.until_s
        self.model.AddDimensionWithVehicleTransits(evaluators, until_s, until_s, False, "time")
        time = self.model.GetDimensionOrDie("time")
        for vehicle, day in enumerate(self.layout.days):
            time.CumulVar(self.model.Start(vehicle)).SetRange(day.start.at_s, until_s)
            time.CumulVar(self.model.End(vehicle)).SetRange(0, max(day.start.home_by_s, day.start.at_s))
            self.model.AddVariableMinimizedByFinalizer(time.CumulVar(self.model.End(vehicle)))
        return time

    def _add_used(self) -> None:
        evaluators = self._by_kind(self.layout.used_matrix)
        capacities = [day.unit.pack.usable_wh - day.unit.pack.reserve_wh for day in self.layout.days]
        most = max((station.gain_wh for station in self.layout.stations.values()), default=0)
        self.model.AddDimensionWithVehicleTransitAndCapacity(evaluators, most, capacities, False, "used")
        used = self.model.GetDimensionOrDie("used")
        price = self.layout.facts.problem.weights.low_pack_milli_per_kwh * SCALE // 1000
        for vehicle, day in enumerate(self.layout.days):
            pack, start = day.unit.pack, self.model.Start(vehicle)
            begun = min(capacities[vehicle], pack.usable_wh - self.layout.begins_with_wh(day))
            used.CumulVar(start).SetValue(max(0, begun))
            used.SlackVar(start).SetValue(0)
            if price and pack.target_wh:
                used.SetCumulVarSoftUpperBound(
                    self.model.End(vehicle), pack.usable_wh - pack.target_wh, price
                )
        for node in self.layout.asked:
            used.SlackVar(self.manager.NodeToIndex(node)).SetValue(0)

    def _offer_visits(self) -> None:
        problem = self.layout.facts.problem
        for node, (request, allowed) in self.layout.asked.items():
            index = self.manager.NodeToIndex(node)
            self.model.AddDisjunction([index], unserved_milli(problem.weights, request) * SCALE)
            self.model.VehicleVar(index).SetValues([-1, *allowed])
            bounds = self.layout.windows[node]
            cumul = self.time.CumulVar(index)
            cumul.SetRange(bounds[0][0], bounds[-1][1])
            for (_, closed), (opened, _) in pairwise(bounds):
                if opened - closed > 1:
                    cumul.RemoveInterval(closed + 1, opened - 1)
            soft = self.layout.soft_bound(request)
            if soft is not None:
                self.time.SetCumulVarSoftUpperBound(index, *soft)

    def _offer_recharges(self) -> None:
        for node, station in self.layout.stations.items():
            index = self.manager.NodeToIndex(node)
            self.model.AddDisjunction([index], 0)
            self.model.VehicleVar(index).SetValues([-1, *station.allowed])
            self.time.CumulVar(index).SetRange(*station.window)

    def _take_breaks(self) -> None:
        solver = self.model.solver()
        for vehicle, day in enumerate(self.layout.days):
            intervals = [
                solver.FixedDurationIntervalVar(
                    p.earliest_s, p.latest_s, p.duration_s, False, f"{vehicle}/{p.id}"
                )
                for p in self.layout.list_breaks(day)
            ]
            self.breaks.append(intervals)
            if not intervals:
                continue
            lengths = self.layout.service_lengths(vehicle)
            visits = [lengths[self.manager.IndexToNode(index)] for index in range(self.model.Size())]
            self.time.SetBreakIntervalsOfVehicle(intervals, vehicle, visits)


def _tell_solutions(built: _Built, tell: Tell) -> None:
    """Tell every better solution."""
    model, best = built.model, [1 << 62]

    def note() -> None:
        cost = model.CostVar().Value()
        if cost < best[0]:
            best[0] = cost
            tell(read_draft(built.layout, built.manager, model, built.time, built.breaks))

    model.AddAtSolutionCallback(note)
