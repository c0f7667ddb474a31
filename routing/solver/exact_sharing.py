"""Plugs take one unit at a time, and those of one grid no more than it gives."""

from itertools import pairwise

from ortools.sat.python import cp_model

from routing.evaluation.facts import Facts
from routing.evaluation.grid_rules import list_standing
from routing.model.problem import Grid
from routing.model.units import Seconds, Watts
from routing.solver.days import Bay, list_bays

type Turns = dict[str, list[tuple[cp_model.IntervalVar, Bay]]]
"""The recharges that may be made at a bay, by its first plug."""

_LAST_S: Seconds = 1 << 40


def share_plugs(cp: cp_model.CpModel, facts: Facts, turns: Turns) -> None:
    """Let no more units be at like plugs than there are; what is taken already stays taken."""
    for bay in list_bays(facts.problem):
        intervals = [interval for interval, _ in turns.get(bay.plug.id, [])]
        for from_s, to_s in bay.plug.busy:
            intervals.append(cp.new_fixed_size_interval_var(from_s, to_s - from_s, "taken"))
        if len(bay.plugs) == 1:
            cp.add_no_overlap(intervals)
        elif len(intervals) > len(bay.plugs):
            cp.add_cumulative(intervals, [1] * len(intervals), len(bay.plugs))
    for grid in facts.problem.grids:
        _share_grid(cp, facts, turns, grid)


def _share_grid(cp: cp_model.CpModel, facts: Facts, turns: Turns, grid: Grid) -> None:
    """Let the recharges of a grid draw what it has left: what it does not give is drawn by nobody."""
    drawing = [turn for row in turns.values() for turn in row if turn[1].plug.grid == grid.id]
    if not drawing:
        return
    left = _list_left(facts, grid)
    most_w = max(left_w for _, _, left_w in left)
    intervals = [interval for interval, _ in drawing]
    powers_w: list[Watts] = [bay.plug.power_w for _, bay in drawing]
    for from_s, to_s, left_w in left:
        if left_w < most_w:
            intervals.append(cp.new_fixed_size_interval_var(from_s, to_s - from_s, "not given"))
            powers_w.append(most_w - left_w)
    cp.add_cumulative(intervals, powers_w, most_w)


def _list_left(facts: Facts, grid: Grid) -> list[tuple[Seconds, Seconds, Watts]]:
    """List from when to when how much is left beside what stands already."""
    standing = list(list_standing(facts, grid))
    marks = {-_LAST_S, _LAST_S} | {from_s for from_s, _ in grid.steps}
    marks |= {instant for draw in standing for instant in (draw.from_s, draw.to_s)}
    found: list[tuple[Seconds, Seconds, Watts]] = []
    for from_s, to_s in pairwise(sorted(marks)):
        drawn_w = sum(draw.power_w for draw in standing if draw.from_s <= from_s < draw.to_s)
        found.append((from_s, to_s, max(0, grid.power_at(from_s) - drawn_w)))
    return found
