"""The circuits of an exact model: who goes where, when, and with how much in the pack."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from routing.evaluation.facts import STANDING, Facts, Leg
from routing.evaluation.start import rest_gain_wh
from routing.solver.charging_line import require_charging
from routing.solver.days import Bay, Day, Job, list_days
from routing.solver.exact_sharing import Turns, share_plugs

type Var = cp_model.IntVar
type Linear = Any
"""A linear expression of CP-SAT: its classes differ between versions."""


@dataclass(slots=True)
class Node:
    """Something a day may visit; the first node of a day is its start, and the way home leads there.

    Attributes
    ----------
    visited
        Whether this day does.
    begins, ends
        When it starts, and when it is over.
    before, after
        What the pack holds on arrival, and at the end.
    leaves
        When the unit is free to go on: `ends`, or the end of a break that is taken here.
    """

    place: str
    visited: Var
    begins: Linear
    ends: Linear
    before: Linear
    after: Linear
    leaves: Linear
    job: Job | None = None
    bay: Bay | None = None
    interval: cp_model.IntervalVar | None = None
    length: Linear = 0


@dataclass(slots=True)
class Circuit:
    """One day: its nodes, the ways between them, and how it ends."""

    day: Day
    nodes: list[Node]
    ways: list[tuple[Var, int, int, Leg]]
    idle: Var
    home_s: Var
    home_wh: Var
    pauses: list[tuple[str, Var, list[Var]]] = field(default_factory=list)


@dataclass(slots=True)
class Asked:
    """A request, whoever serves it."""

    starts: Var
    before: Var
    served: list[Var] = field(default_factory=list)


class ExactModel:
    """All circuits of a problem, the requests they share and the plugs they take turns at."""

    def __init__(self, facts: Facts, recharges: int) -> None:
        self.facts, self.recharges = facts, recharges
        self.cp = cp_model.CpModel()
        self.asked = {name: self._make_asked(name) for name in facts.requests}
        self.turns: Turns = {}
        self.circuits: list[Circuit] = []
        for day in list_days(facts):
            self.circuits.append(self._make_circuit(day))
        for asked in self.asked.values():
            self.cp.add_at_most_one(asked.served)
        share_plugs(self.cp, facts, self.turns)

    def _make_asked(self, name: str) -> Asked:
        longest_s = max(
            (shift.end_s + 86_400 for u in self.facts.problem.units for shift in u.shifts), default=0
        )
        most_wh = max((unit.pack.usable_wh for unit in self.facts.problem.units), default=0)
        request = self.facts.requests[name]
        latest_s = max(longest_s, request.latest_s, request.start_s or 0)
        return Asked(
            self.cp.new_int_var(0, latest_s, f"start {name}"), self.cp.new_int_var(0, most_wh, f"pack {name}")
        )

    def _make_circuit(self, day: Day) -> Circuit:
        cp, name = self.cp, f"{day.unit.id}/{day.shift.id}"
        idle = cp.new_bool_var(f"idle {name}")
        home_s = cp.new_int_var(day.start.at_s, max(day.start.at_s, day.start.home_by_s), f"home {name}")
        home_wh = cp.new_int_var(min(0, day.start.floor_wh), day.unit.pack.usable_wh, f"end {name}")
        nodes = [self._start_node(day), *self._serve_nodes(day), *self._recharge_nodes(day)]
        circuit = Circuit(day, nodes, [], idle, home_s, home_wh)
        self._take_breaks(circuit)
        arcs: list[tuple[int, int, Any]] = [(0, 0, idle)]
        arcs += [(index, index, ~node.visited) for index, node in enumerate(nodes) if index]
        for index, node in enumerate(nodes):
            arcs += [(index, other, var) for other, var in self._leave(circuit, index)]
            if index:
                cp.add_implication(node.visited, ~idle)
        cp.add_circuit(arcs)
        way = day.leg(self.facts, day.start.place, day.start.home) or STANDING
        self._arrive_home(circuit, idle, nodes[0], way)
        cp.add(home_wh >= day.start.floor_wh)
        return circuit

    def _start_node(self, day: Day) -> Node:
        begins: Linear = day.start.at_s
        holds: Linear = day.start.energy_wh
        if day.number > 0:
            begins, holds = self._after(day, self.circuits[-1])
        return Node(day.start.place, self.cp.new_constant(1), begins, begins, holds, holds, begins)

    def _after(self, day: Day, before: Circuit) -> tuple[Linear, Linear]:
        """Return when and with how much a unit begins a later shift."""
        cp, name = self.cp, f"{day.unit.id}/{day.shift.id}"
        begins = cp.new_int_var(
            day.start.at_s, max(day.start.at_s, before.day.start.home_by_s), f"begin {name}"
        )
        cp.add_max_equality(begins, [day.start.at_s, before.home_s])
        full_wh = day.unit.pack.usable_wh
        gained = self._rest_gain(day, before)
        holds = cp.new_int_var(min(0, before.day.start.floor_wh), full_wh, f"rested {name}")
        cp.add_min_equality(holds, [full_wh, before.home_wh + gained])
        return begins, holds

    def _rest_gain(self, day: Day, before: Circuit) -> Linear:
        """Return what a pack gains before a later shift: less when the one before it ends in overtime."""
        cp, end_s = self.cp, before.day.shift.end_s
        if before.day.start.home_by_s <= end_s:
            return rest_gain_wh(day.unit, day.shift.start_s - end_s)
        longest_s = max(0, day.shift.start_s - end_s)
        rested_s = cp.new_int_var(0, longest_s, "rested")
        cp.add_max_equality(rested_s, [0, longest_s - _excess(cp, before.home_s, end_s)])
        gained = cp.new_int_var(0, rest_gain_wh(day.unit, longest_s), "gained")
        rest = cp.new_int_var(0, 3599, "rest")
        cp.add(gained * 3600 + rest == rested_s * day.unit.rest_w)
        return gained

    def _serve_nodes(self, day: Day) -> Iterator[Node]:
        for job in day.jobs:
            asked, name = self.asked[job.request.id], f"{day.unit.id}/{day.shift.id} serves {job.request.id}"
            visited = self.cp.new_bool_var(name)
            asked.served.append(visited)
            inside = cp_model.Domain.from_intervals([list(bounds) for bounds in job.starts])
            self.cp.add_linear_expression_in_domain(asked.starts, inside).only_enforce_if(visited)
            after = asked.before - job.draw_wh
            self.cp.add(after >= job.after_wh).only_enforce_if(visited)
            ends = asked.starts + job.length_s
            place = job.request.place
            yield Node(place, visited, asked.starts, ends, asked.before, after, ends, job=job)

    def _recharge_nodes(self, day: Day) -> Iterator[Node]:
        for bay in day.bays:
            earlier: Node | None = None
            for turn in range(self.recharges):
                node = self._recharge_node(day, bay, turn)
                if earlier is not None:
                    self.cp.add_implication(node.visited, earlier.visited)
                    self.cp.add(node.begins >= earlier.ends).only_enforce_if(node.visited)
                earlier = node
                yield node

    def _recharge_node(self, day: Day, bay: Bay, turn: int) -> Node:
        cp, name = self.cp, f"{day.unit.id}/{day.shift.id} at {bay.plug.id} {turn}"
        until_s, full_wh = max(day.start.at_s, day.start.home_by_s), day.unit.pack.usable_wh
        visited = cp.new_bool_var(name)
        begins = cp.new_int_var(day.start.at_s, until_s, f"begin {name}")
        ends = cp.new_int_var(day.start.at_s, until_s, f"end {name}")
        length = cp.new_int_var(0, until_s - day.start.at_s, f"length {name}")
        before = cp.new_int_var(min(0, day.start.floor_wh), full_wh, f"before {name}")
        after = cp.new_int_var(min(0, day.start.floor_wh), full_wh, f"after {name}")
        cp.add(after > before).only_enforce_if(visited)
        cp.add(after >= before)
        cp.add(before >= day.start.floor_wh).only_enforce_if(visited)
        require_charging(cp, day.unit.pack, bay.plug, (before, after, length))
        interval = cp.new_optional_interval_var(begins, length, ends, visited, f"turn {name}")
        self.turns.setdefault(bay.plug.id, []).append((interval, bay))
        cp.add(length == 0).only_enforce_if(~visited)
        place = bay.plug.place
        return Node(
            place, visited, begins, ends, before, after, ends, bay=bay, interval=interval, length=length
        )

    def _take_breaks(self, circuit: Circuit) -> None:
        """Take every break once, after one of the nodes; what follows leaves when it is over."""
        pauses = circuit.day.start.breaks
        if not pauses:
            return
        cp, day = self.cp, circuit.day
        until_s = max(day.start.at_s, day.start.home_by_s) + max(pause.duration_s for pause in pauses)
        for index, node in enumerate(circuit.nodes):
            leaves = cp.new_int_var(0, until_s, f"leave {day.unit.id}/{day.shift.id} {index}")
            cp.add(leaves >= node.ends).only_enforce_if(node.visited)
            node.leaves = leaves
        intervals: list[cp_model.IntervalVar] = []
        for pause in pauses:
            name = f"{pause.id} of {day.unit.id}/{day.shift.id}"
            begins = cp.new_int_var(pause.earliest_s, pause.latest_s, name)
            intervals.append(cp.new_fixed_size_interval_var(begins, pause.duration_s, name))
            where = [cp.new_bool_var(f"{name} after {index}") for index, _ in enumerate(circuit.nodes)]
            cp.add_exactly_one(where)
            for chosen, node in zip(where, circuit.nodes, strict=True):
                cp.add_implication(chosen, node.visited)
                cp.add(begins >= node.ends).only_enforce_if(chosen)
                cp.add(node.leaves >= begins + pause.duration_s).only_enforce_if(chosen)
            circuit.pauses.append((pause.id, begins, where))
        cp.add_no_overlap(intervals)

    def _leave(self, circuit: Circuit, index: int) -> Iterator[tuple[int, Var]]:
        """Make the ways from a node to all others that could follow it, and the way home."""
        day, node = circuit.day, circuit.nodes[index]
        for other, target in enumerate(circuit.nodes):
            if other == index or (other == 0 and index == 0):
                continue
            place = day.start.home if other == 0 else target.place
            leg = day.leg(self.facts, node.place, place)
            if leg is None or _is_hopeless(node, target, leg, other):
                continue
            var = self.cp.new_bool_var(f"{day.unit.id}/{day.shift.id} {index}>{other}")
            circuit.ways.append((var, index, other, leg))
            if other == 0:
                self._arrive_home(circuit, var, node, leg)
            else:
                self.cp.add(target.begins >= node.leaves + leg.seconds).only_enforce_if(var)
                self.cp.add(target.before == node.after - leg.drawn_wh).only_enforce_if(var)
            yield other, var

    def _arrive_home(self, circuit: Circuit, way: Var, last: Node, leg: Leg) -> None:
        self.cp.add(circuit.home_s >= last.leaves + leg.seconds).only_enforce_if(way)
        self.cp.add(circuit.home_wh == last.after - leg.drawn_wh).only_enforce_if(way)


def _is_hopeless(node: Node, target: Node, leg: Leg, other: int) -> bool:
    """Say whether a visit can never follow another in time."""
    if other == 0 or node.job is None or target.job is None:
        return False
    earliest_s = node.job.starts[0][0] + node.job.length_s + leg.seconds
    return earliest_s > target.job.starts[-1][1]


def _excess(cp: cp_model.CpModel, instant: Var, over_s: int) -> Var:
    """Return by how much an instant lies after another; 0 when it does not."""
    excess = cp.new_int_var(0, 1 << 40, "excess")
    cp.add_max_equality(excess, [0, instant - over_s])
    return excess
