"""What is ahead of a unit, from its rows, as the engine's room for predictions sees it; and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.callers import Caller
from dispatch.models import EtaModel, EtaState, ServiceArea, Stop, StopState, Unit, UnitState
from routing.prediction.calibration import STEADY, Drift
from routing.prediction.features import Surroundings, build_row
from routing.prediction.pace import AS_PLANNED, Pace
from routing.prediction.quantiles import Model, Range
from routing.prediction.way_ahead import Doing, Step, look_ahead

_KINDS: dict[str, Doing] = {"serve": "serve", "recharge": "recharge", "break": "break"}
_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is expected of one visit.

    `range` is None while nothing has been learnt in the area; `row` is what a model learns from.
    """

    stop: Stop
    arrival_s: float
    ready_s: float
    row: tuple[float, ...]
    range: Range | None


def foresee(routes: Iterable[tuple[Sequence[Stop], UnitState]], now: datetime) -> list[Foreseen]:
    """Say what is expected of every request on these routes; one call for many costs little more.

    Each is a unit's open stops in order, with `unit`, `request` and `route__area__eta_state` joined.
    """
    found = [each for stops, state in routes if stops for each in _foresee_route(stops, state, now)]
    by_area: dict[UUID, list[int]] = {}
    for index, each in enumerate(found):
        by_area.setdefault(each.stop.route.area_id, []).append(index)
    for indices in by_area.values():
        mine = [found[index] for index in indices]
        for index, ranged in zip(indices, _add_ranges(mine, mine[0].stop.route.area), strict=True):
            found[index] = ranged
    return found


def _add_ranges(foreseen: list[Foreseen], area: ServiceArea) -> list[Foreseen]:
    state = find_state(area)
    model = None if state is None else find_model(state.model_id)
    if state is None or model is None:
        return foreseen
    ranges = model.predict(
        [one.row for one in foreseen],
        [one.arrival_s for one in foreseen],
        [one.ready_s for one in foreseen],
        (build_drift(state.arrival_drift), build_drift(state.ready_drift)),
    )
    return [replace(one, range=ranged) for one, ranged in zip(foreseen, ranges, strict=True)]


def _foresee_route(stops: Sequence[Stop], state: UnitState, now: datetime) -> Iterator[Foreseen]:
    area = stops[0].route.area
    eta = find_state(area)
    model = None if eta is None else find_model(eta.model_id)
    pace = AS_PLANNED if eta is None or model is None else build_pace(eta.pace)
    around = _surroundings(area, stops[0].unit, pace, AS_PLANNED if model is None else model.usual, now)
    by_key = {str(stop.id): stop for stop in stops}
    for outlook in look_ahead(_list_steps(stops, state, now), pace):
        stop = by_key[outlook.key]
        yield Foreseen(stop, outlook.arrival_s, outlook.ready_s, build_row(outlook, around), None)


def _surroundings(area: ServiceArea, unit: Unit, pace: Pace, usual: Pace, now: datetime) -> Surroundings:
    local = now.astimezone(_zone(area.time_zone))
    return Surroundings(
        hour=local.hour + local.minute / 60,
        is_on_site=unit.mobility == Unit.Mobility.ON_SITE,
        pace_travel=pace.travel / usual.travel,
        pace_handling=pace.handling / usual.handling,
    )


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _list_steps(stops: Sequence[Stop], state: UnitState, now: datetime) -> Iterator[Step]:
    ends_at: datetime | None = None
    for stop in stops:
        if stop.is_under_way:
            yield _under_way(stop, state, now)
        elif stop.state == StopState.PLANNED:
            yield _planned(stop, ends_at, now)
        else:
            continue
        ends_at = stop.end_at


def _planned(stop: Stop, ends_at: datetime | None, now: datetime) -> Step:
    """Return a stop nobody has set out for; it waits where the plan does."""
    waits = ends_at is None or stop.depart_at > ends_at
    handling_s = float(stop.setup_s + stop.wrapup_s)
    return replace(
        _blank(stop),
        travel_s=_span_s(stop.depart_at, stop.arrive_at),
        handling_s=handling_s,
        flow_s=max(0.0, _span_s(stop.start_at, stop.end_at) - handling_s),
        leaves_s=max(0.0, _span_s(now, stop.depart_at)) if waits else None,
        begins_s=_span_s(now, stop.start_at) if stop.start_at > stop.arrive_at else None,
    )


def _under_way(stop: Stop, state: UnitState, now: datetime) -> Step:
    """Return what remains: of the way, of the setup, of the charge as it is measured, of leaving."""
    flow_s = max(0.0, _span_s(stop.start_at, stop.end_at) - stop.setup_s - stop.wrapup_s)
    if stop.arrived_at is None:
        left = stop.departed_at or stop.depart_at
        arrival = state.next_arrival_at or left + (stop.arrive_at - stop.depart_at)
        return replace(
            _blank(stop),
            travel_s=max(0.0, _span_s(now, arrival)),
            handling_s=float(stop.setup_s + stop.wrapup_s),
            flow_s=flow_s,
            elapsed_s=max(0.0, _span_s(left, now)),
        )
    there = replace(_blank(stop), arrived=True)
    if stop.worked_from is None:
        spent_s = max(0.0, _span_s(stop.arrived_at, now))
        return replace(
            there,
            handling_s=max(0.0, stop.setup_s - spent_s) + stop.wrapup_s,
            flow_s=flow_s,
            elapsed_s=spent_s,
            over_s=max(0.0, spent_s - stop.setup_s),
        )
    return _working(there, stop, flow_s, now)


def _working(there: Step, stop: Stop, flow_s: float, now: datetime) -> Step:
    """Return the rest of a charge: measured, what was planned counts no more."""
    assert stop.worked_from is not None
    spent_s = max(0.0, _span_s(stop.worked_from, now))
    rest_s = flow_s - spent_s if stop.flow_ends_at is None else _span_s(now, stop.flow_ends_at)
    return replace(
        there,
        handling_s=float(stop.wrapup_s),
        flow_s=max(0.0, rest_s),
        elapsed_s=spent_s,
        over_s=max(0.0, -rest_s),
        is_measured=stop.flow_ends_at is not None,
    )


def _blank(stop: Stop) -> Step:
    request = stop.request
    return Step(
        key=None if request is None else str(stop.id),
        kind=_KINDS.get(stop.kind, "hold"),
        is_inside=request is not None and request.site_id is not None,
    )


def _span_s(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()


def find_state(area: ServiceArea) -> EtaState | None:
    """Find what is known of an area's present; None before anything was."""
    return getattr(area, "eta_state", None)


@lru_cache(maxsize=16)
def find_model(model_id: UUID | None) -> Model | None:
    """Find a model by its row; rows of models never change, so each is read once by a process."""
    if model_id is None:
        return None
    document = EtaModel.objects.of(_HOUSE).filter(id=model_id).values_list("document", flat=True).first()
    try:
        return None if document is None else Model.from_json(document)
    except ValueError:
        # Learnt by another version of this house: as good as none.
        return None


def build_pace(stored: Mapping[str, Any]) -> Pace:
    """Read a stored pace; what is missing goes as planned."""
    return Pace(**{name: float(stored[name]) for name in ("travel", "handling", "flow") if name in stored})


def build_drift(stored: Mapping[str, Any]) -> Drift:
    """Read how far bounds are moved."""
    if not stored:
        return STEADY
    p10, p50, p90 = stored["everywhere"]
    by_lead = tuple((low, middle, high) for low, middle, high in stored["by_lead"])
    return Drift((p10, p50, p90), by_lead)
