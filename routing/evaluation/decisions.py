"""What a planner decides, without the times that follow from it."""

from dataclasses import dataclass
from typing import Literal

from routing.model.plan import Plan, Stop, Unserved
from routing.model.units import Seconds, WattHours


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on a route.

    Attributes
    ----------
    kind
        What is done.
    subject
        Id of the request, plug or break.
    energy_wh
        Of a recharge: into the pack.
    not_before_s
        Of a recharge: when the plug is free.
    """

    kind: Literal["serve", "recharge", "break"]
    subject: str
    energy_wh: WattHours = 0
    not_before_s: Seconds = 0


@dataclass(frozen=True, slots=True)
class RouteDecisions:
    """The steps of one unit in one shift; the way home goes without saying."""

    unit: str
    shift: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything that is decided in a plan."""

    routes: tuple[RouteDecisions, ...]
    unserved: tuple[Unserved, ...] = ()


def decisions_of(plan: Plan) -> Decisions:
    """Return the decisions behind a plan."""
    routes = tuple(
        RouteDecisions(route.unit, route.shift, tuple(s for stop in route.stops if (s := step_of(stop))))
        for route in plan.routes
    )
    return Decisions(routes, plan.unserved)


def step_of(stop: Stop) -> Step | None:
    """Return the decision behind a stop; None for the way home."""
    if stop.kind == "serve":
        return Step("serve", stop.request or "")
    if stop.kind == "recharge":
        return Step("recharge", stop.plug or "", stop.energy_wh, stop.start_s)
    if stop.kind == "break":
        return Step("break", stop.break_id or "")
    return None
