"""What a crew does next: a pure function of its day, its unit and the time."""

from dataclasses import dataclass
from typing import Literal

from dispatch.world.body import Body
from dispatch.world.day import UNDER_WAY, Day, Stop
from dispatch.world.leg import span_m
from dispatch.world.roads import SAME_PLACE_M
from dispatch.world.visit import Visit

Verb = Literal["depart", "arrive", "start", "finish", "fail"]

# How long a crew looks for a car that is not there, and how long it does nothing without work.
SEARCH_S = 420.0
IDLE_S = 60.0


@dataclass(frozen=True, slots=True)
class Wait:
    until: float


@dataclass(frozen=True, slots=True)
class Act:
    """A verb to tell the server; `at` is when it truly happened, however late it is told."""

    verb: Verb
    stop: Stop
    at: float


def find_current(day: Day) -> Stop | None:
    """Find the stop under way; a unit has one at most."""
    return next((stop for stop in day.stops if stop.state in UNDER_WAY), None)


def decide(day: Day, body: Body, now: float) -> Wait | Act:
    """Say what to do now. The body has been reconciled with the day before."""
    stop = find_current(day)
    if stop is None:
        return _decide_next(day, body, now)
    if stop.state == "dispatched":
        return _when("arrive", stop, body.leg.arrives_at if body.leg else now, now)
    visit = body.visit
    if visit is None:
        return Wait(now + IDLE_S)
    if stop.state == "working":
        return _decide_end(day, body, stop, visit, now)
    if visit.nobody_there:
        return _when("fail", stop, visit.ready_at + SEARCH_S, now)
    return _when("start", stop, visit.ready_at, now)


def _decide_end(day: Day, body: Body, stop: Stop, visit: Visit, now: float) -> Wait | Act:
    """Work is done when it is done; only a recharge is broken off when the unit must leave before."""
    if visit.trouble:
        return _when("fail", stop, visit.flow_ends_at, now)
    ahead = (later for later in day.stops if later.state == "planned" and not _is_home_already(later, body))
    following = next(ahead, None)
    if stop.kind != "recharge" or following is None or following.depart >= visit.done_at:
        return _when("finish", stop, visit.done_at, now)
    if now < following.depart:
        return Wait(following.depart)
    return Act("finish", stop, min(now, visit.done_at))


def _decide_next(day: Day, body: Body, now: float) -> Wait | Act:
    todo = (stop for stop in day.stops if stop.state == "planned" and not _is_home_already(stop, body))
    planned = next(todo, None)
    if planned is None:
        return Wait(now + IDLE_S)
    return Act("depart", planned, now) if now >= planned.depart else Wait(planned.depart)


def _is_home_already(stop: Stop, body: Body) -> bool:
    """A way home of no length is nothing to report: it would only be planned again."""
    return stop.kind == "hold" and span_m(body.place, stop.place) <= SAME_PLACE_M


def _when(verb: Verb, stop: Stop, at: float, now: float) -> Wait | Act:
    return Act(verb, stop, at) if now >= at else Wait(at)
