"""Who else could serve a request, found on a running plan in the time one preview takes."""

from dataclasses import replace

from routing.desk import Asked, Desk
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.model.units import Seconds
from routing.search.slot import Found


def rank_units(problem: Problem, plan: Plan, request: str) -> list[str]:
    """List the units that could serve a request beside their other work, the best first.

    Whoever keeps its promise comes before all others, the cheapest of them first; then whoever is there
    soonest. No promise to others gets worse by any of them. Found, not proven: see `preview_units`.

    Raises
    ------
    NoPlan
        When the plan as it stands does not pass the judge.
    """
    asked = next(item for item in problem.requests if item.id == request)
    due_s = asked.latest_s if asked.promise_s is None else asked.promise_s
    # Its own promise does not stand in the way of who would be late.
    asked = replace(asked, unit=None, start_s=None, promise_s=None)
    wish = Desk(problem, plan, without=request).take(asked)
    ranked = [
        (max(0, found.start_s - due_s), found.added_milli, unit.id)
        for unit in problem.units
        if wish.bind(unit.id) and (found := _look(wish, due_s)) is not None
    ]
    return [name for _, _, name in sorted(ranked)]


def _look(wish: Asked, due_s: Seconds) -> Found | None:
    """Look for a place in time, or else for the soonest."""
    asked = wish.request
    in_time_s = min(asked.latest_s, due_s)
    found = wish.look_between(asked.earliest_s, in_time_s) if asked.earliest_s <= in_time_s else None
    return found or wish.look_soonest()
