"""What lies ahead of units, as columns for the engine: of thousands of stops none is looked at by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import numpy as np

from dispatch.models import LIVE, ServiceArea, Stop, Unit
from routing.prediction.forest import Values
from routing.prediction.many_ahead import NOT_BEFORE_NOW, Steps

_KINDS = {"serve": 1.0, "recharge": 2.0, "break": 3.0}
_NAN = float("nan")


class Ahead(NamedTuple):
    """A stop that is ahead or under way: what an expectation follows from, as its rows have it."""

    id: UUID
    unit_id: UUID
    area_id: UUID
    request_id: UUID | None
    state: str
    arrived_at: datetime | None
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A unit, as it was heard of last, and its open stops in order."""

    area: ServiceArea
    is_on_site: bool
    next_arrival_at: datetime | None
    fix_at: datetime | None
    stops: Sequence[Ahead]


def read_way(area: ServiceArea, unit: Unit, stops: Sequence[Stop]) -> Way:
    """Read a unit's way from rows; of `stops` the request is joined."""
    on_site, state = unit.mobility == Unit.Mobility.ON_SITE, unit.state
    ahead = [read_ahead(stop, area.id) for stop in stops if stop.state in LIVE]
    return Way(area, on_site, state.next_arrival_at, state.fix_at, ahead)


def read_ahead(stop: Stop, area_id: UUID) -> Ahead:
    """Read a stop."""
    request = stop.request
    numbers = (
        _KINDS.get(stop.kind, 0.0),
        float(request is not None and request.site_id is not None),
        float(stop.is_under_way),
        *(_epoch(at) for at in (stop.depart_at, stop.arrive_at, stop.start_at, stop.end_at)),
        float(stop.setup_s),
        float(stop.wrapup_s),
        *(_epoch(at) for at in (stop.departed_at, stop.arrived_at, stop.worked_from, stop.flow_ends_at)),
    )
    return Ahead(stop.id, stop.unit_id, area_id, stop.request_id, stop.state, stop.arrived_at, numbers)


def _epoch(at: datetime | None) -> float:
    return _NAN if at is None else at.timestamp()


def build_steps(ways: Sequence[Way], now: datetime) -> Steps:
    """Build the columns: of a stop that is planned its plan, of one under way what remains.

    A planned one waits where the plan does.
    """
    route = np.repeat(np.arange(len(ways)), [len(way.stops) for way in ways])
    table = np.array([stop.numbers for way in ways for stop in way.stops], dtype=np.float64).reshape(-1, 13)
    kind, inside, under_way, *times, departed, arrived, worked, flow_ends = table.T
    depart, arrive, start, end, setup, wrapup = times
    at = now.timestamp()
    coming = np.array([_epoch(way.next_arrival_at) for way in ways])[route]
    is_under_way, is_there, works = under_way > 0, ~np.isnan(arrived), ~np.isnan(worked)
    is_there, works = is_under_way & is_there, is_under_way & is_there & works
    is_measured = works & ~np.isnan(flow_ends)
    follows = np.r_[False, route[1:] == route[:-1]]
    waits = ~follows | (depart > np.r_[0.0, end[:-1]])

    left = np.where(np.isnan(departed), depart, departed)
    lands = np.where(np.isnan(coming), left + (arrive - depart), coming)
    flow = np.maximum(0.0, end - start - (setup + wrapup))
    since = np.where(works, worked, np.where(is_there, arrived, left))
    spent = np.where(is_under_way, np.maximum(0.0, at - since), 0.0)
    rest = np.where(is_measured, flow_ends - at, flow - spent)
    parking = np.where(works, 0.0, np.where(is_there, np.maximum(0.0, setup - spent), setup))
    over = np.where(works, -rest, np.where(is_there, spent - setup, 0.0))
    travel = np.where(is_under_way, np.where(is_there, 0.0, np.maximum(0.0, lands - at)), arrive - depart)
    return Steps(
        route=route,
        travel_s=travel,
        handling_s=parking + wrapup,
        flow_s=np.where(works, np.maximum(0.0, rest), flow),
        leaves_s=_only(~is_under_way & waits, np.maximum(0.0, depart - at)),
        begins_s=_only(~is_under_way & (start > arrive), start - at),
        elapsed_s=spent,
        over_s=np.maximum(0.0, over),
        arrived=is_there,
        is_measured=is_measured,
        is_inside=inside > 0,
        is_serve=kind == _KINDS["serve"],
        is_recharge=kind == _KINDS["recharge"],
        is_break=kind == _KINDS["break"],
    )


def _only(where: "np.typing.NDArray[np.bool_]", values: Values) -> Values:
    return np.where(where, values, NOT_BEFORE_NOW)
