"""Who else could serve a request, found on a running plan in the time one preview takes."""

from dataclasses import replace

from routing.desk import Desk
from routing.model.plan import Plan
from routing.model.problem import Problem, Request
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
    desk = Desk(problem, plan, without=request)
    ranked = [
        (_late_s(asked, found), found.added_milli, unit.id)
        for unit in problem.units
        if (found := _look(desk, replace(asked, unit=unit.id, start_s=None))) is not None
    ]
    return [name for _, _, name in sorted(ranked)]


def _look(desk: Desk, asked: Request) -> Found | None:
    """Look for a place in time, or else for the soonest."""
    wish = desk.take(asked)
    in_time_s = asked.latest_s if asked.promise_s is None else min(asked.latest_s, asked.promise_s)
    found = wish.look_between(asked.earliest_s, in_time_s) if asked.earliest_s <= in_time_s else None
    return found or wish.look_soonest()


def _late_s(asked: Request, found: Found) -> Seconds:
    return 0 if asked.promise_s is None else max(0, found.start_s - asked.promise_s)
