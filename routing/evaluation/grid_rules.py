"""What the plugs of one connection to the grid may draw together."""

from collections.abc import Iterator
from typing import NamedTuple

from routing.evaluation.facts import Facts
from routing.model.plan import Plan
from routing.model.problem import Grid
from routing.model.rules import Violation
from routing.model.units import Seconds, Watts


class Draw(NamedTuple):
    """A plug in use: it counts with its full power from the first to the last second.

    `unit` is None for what stands already.
    """

    from_s: Seconds
    to_s: Seconds
    power_w: Watts
    unit: str | None = None
    shift: str | None = None
    stop: int | None = None


def judge_grids(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Find the grids that have to give more than they can, each once and where it is worst."""
    planned = list_draws(facts, plan)
    for grid in facts.problem.grids:
        yield from find_worst(grid, [*list_standing(facts, grid), *planned.get(grid.id, ())])


def list_draws(facts: Facts, plan: Plan) -> dict[str, list[Draw]]:
    """List the planned recharges by their grid."""
    draws: dict[str, list[Draw]] = {}
    for route in plan.routes:
        for index, stop in enumerate(route.stops):
            plug = facts.plugs.get(stop.plug or "") if stop.kind == "recharge" else None
            if plug is not None and plug.grid is not None and stop.end_s > stop.start_s:
                draw = Draw(stop.start_s, stop.end_s, plug.power_w, route.unit, route.shift, index)
                draws.setdefault(plug.grid, []).append(draw)
    return draws


def list_standing(facts: Facts, grid: Grid) -> Iterator[Draw]:
    """List the use of a grid that stands already; a plug that is out of order draws nothing."""
    for plug in facts.problem.plugs:
        if plug.grid == grid.id and plug.id not in facts.plugs_out:
            yield from (Draw(from_s, to_s, plug.power_w) for from_s, to_s in plug.busy)


def find_worst(grid: Grid, draws: list[Draw]) -> Iterator[Violation]:
    """Look at every instant at which more is drawn or less is given; only what is planned is to blame."""
    worst: tuple[Watts, Draw] | None = None
    instants = {draw.from_s for draw in draws} | {from_s for from_s, _ in grid.steps}
    for instant in sorted(instants):
        now = [draw for draw in draws if draw.from_s <= instant < draw.to_s]
        excess_w = sum(draw.power_w for draw in now) - grid.power_at(instant)
        planned = [draw for draw in now if draw.unit is not None]
        if planned and excess_w > (worst[0] if worst else 0):
            worst = excess_w, max(planned)
    if worst is not None:
        excess_w, last = worst
        yield Violation("grid_power", excess_w, "w", last.unit, last.shift, last.stop, grid.id)
