"""The way ahead of a unit, stop by stop: what is left to do before each, and when that leads there.

The physics of it: ways as the time of day has them, what remains of the charge under way by its measured
power, recharges, breaks, waiting. What is uncertain about it, the quantiles add (`quantiles.py`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from routing.prediction.pace import AS_PLANNED, Pace

type Doing = Literal["serve", "recharge", "break", "hold"]
"""A stop of another kind (`drop`, `collect`) is one where nothing flows: a `hold`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stop, of what has begun only the rest.

    Attributes
    ----------
    key
        Whoever is served there; None: nobody is told about it.
    travel_s, handling_s, flow_s
        The way to it; parking, plugging in and leaving; how long energy flows, or the break lasts.
    leaves_s, begins_s
        Not before these seconds from now: where the plan waits on purpose; None: it does not.
    arrived
        The unit is there: only the rest of its work is ahead.
    elapsed_s, over_s
        How long the stage under way has lasted, and by how much longer than planned.
    is_measured
        What flows is known by its measured power: the usual pace of charging counts no more.
    is_inside
        At a site, behind a gate, rather than in the street.
    """

    key: str | None = None
    kind: Doing = "serve"
    travel_s: float = 0.0
    handling_s: float = 0.0
    flow_s: float = 0.0
    leaves_s: float | None = None
    begins_s: float | None = None
    arrived: bool = False
    elapsed_s: float = 0.0
    over_s: float = 0.0
    is_measured: bool = False
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """What lies between now and an instant on a route, in seconds, but `cars`: visits before."""

    travel_s: float = 0.0
    handling_s: float = 0.0
    flow_s: float = 0.0
    recharge_s: float = 0.0
    break_s: float = 0.0
    idle_s: float = 0.0
    cars: int = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected at a stop, in seconds from now.

    Attributes
    ----------
    before, work
        What lies before the arrival, and the stop's own work.
    first
        What is under way, or comes first.
    """

    key: str
    arrival_s: float
    ready_s: float
    before: Load
    work: Load
    step: Step
    first: Step


def look_ahead(steps: Iterable[Step], pace: Pace = AS_PLANNED, free_s: float = 0.0) -> Iterator[Outlook]:
    """Walk a unit's route from where it is.

    Parameters
    ----------
    steps
        In order; the first is what is under way, if something is.
    free_s
        From when on the unit can do anything, in seconds from now.
    """
    load, at_s, first = Load(idle_s=free_s), free_s, None
    for step in steps:
        first = first or step
        leaves_s = at_s if step.leaves_s is None else max(at_s, step.leaves_s)
        way_s = step.travel_s * pace.travel
        arrival_s = max(leaves_s + way_s, step.begins_s or 0.0)
        load = replace(load, travel_s=load.travel_s + way_s, idle_s=load.idle_s + arrival_s - at_s - way_s)
        work = _work(step, pace)
        at_s = arrival_s + work.handling_s + work.flow_s + work.recharge_s + work.break_s
        if step.key is not None:
            yield Outlook(step.key, arrival_s, at_s, load, work, step, first)
        load = _add(load, work)


def _work(step: Step, pace: Pace) -> Load:
    handling_s = step.handling_s * pace.handling
    flow_s = step.flow_s if step.is_measured else step.flow_s * pace.flow
    if step.kind == "recharge":
        return Load(handling_s=handling_s, recharge_s=flow_s)
    if step.kind == "break":
        return Load(handling_s=handling_s, break_s=step.flow_s)
    return Load(handling_s=handling_s, flow_s=flow_s, cars=int(step.kind == "serve"))


def _add(load: Load, work: Load) -> Load:
    return replace(
        load,
        handling_s=load.handling_s + work.handling_s,
        flow_s=load.flow_s + work.flow_s,
        recharge_s=load.recharge_s + work.recharge_s,
        break_s=load.break_s + work.break_s,
        cars=load.cars + work.cars,
    )
