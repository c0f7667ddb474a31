"""What is ahead of a unit, from its rows, as the engine's room for predictions sees it; and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from accounts.callers import Caller
from dispatch.models import EtaModel, EtaState, ServiceArea
from dispatch.routing_bridge.ahead import Ahead, Way, build_steps
from routing.prediction.calibration import STEADY, Drift
from routing.prediction.forest import Values
from routing.prediction.many_ahead import Around, look_ahead_all
from routing.prediction.pace import AS_PLANNED, Pace
from routing.prediction.quantiles import Model, Range

_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is expected of one visit; `fix_at`: when its unit was heard of last.

    `range` is None while nothing has been learnt in the area; `row` is what a model learns from.
    """

    stop: Ahead
    fix_at: datetime | None
    arrival_s: float
    ready_s: float
    row: tuple[float, ...]
    range: Range | None


@dataclass(frozen=True, slots=True)
class Outlooks:
    """What is expected of visits, in columns; of `ranges` a line is not a number where nothing was learnt."""

    visits: list[Ahead]
    fixes: list[datetime | None]
    arrival_s: Values
    ready_s: Values
    rows: Values
    ranges: Values

    def list_each(self) -> list[Foreseen]:
        """List them one by one."""
        lines = zip(self.arrival_s.tolist(), self.ready_s.tolist(), self.rows.tolist(), strict=True)
        learnt = [None if line[0] != line[0] else Range(*line) for line in self.ranges.tolist()]
        return [
            Foreseen(stop, fix_at, arrival_s, ready_s, tuple(row), ranged)
            for stop, fix_at, (arrival_s, ready_s, row), ranged in zip(
                self.visits, self.fixes, lines, learnt, strict=True
            )
        ]


def foresee(ways: Iterable[Way], now: datetime) -> Outlooks:
    """Say what is expected of every request on these ways; one call for many costs little more."""
    found = [way for way in ways if way.stops]
    ahead = look_ahead_all(build_steps(found, now), _build_around(found, now))
    stops = [stop for way in found for stop in way.stops]
    fixes = [way.fix_at for way in found for _ in way.stops]
    lines = np.array([line for line, stop in enumerate(stops) if stop.request_id is not None], dtype=np.int64)
    visits = [stops[line] for line in lines]
    ranges = np.full((len(lines), 6), np.nan)
    arrival_s, ready_s, rows = ahead.arrival_s[lines], ahead.ready_s[lines], ahead.rows[lines]
    for area in {way.area.id: way.area for way in found}.values():
        state = find_state(area)
        model = None if state is None else find_model(state.model_id)
        if state is None or model is None:
            continue
        mine = np.array([visit.area_id == area.id for visit in visits], dtype=np.bool_)
        drifts = (build_drift(state.arrival_drift), build_drift(state.ready_drift))
        ranges[mine] = model.predict_all(rows[mine], arrival_s[mine], ready_s[mine], drifts)
    return Outlooks(visits, [fixes[line] for line in lines], arrival_s, ready_s, rows, ranges)


def _build_around(ways: Sequence[Way], now: datetime) -> Around:
    lines = [(*_present(way.area, now), float(way.is_on_site)) for way in ways]
    columns = np.array(lines, dtype=np.float64).reshape(-1, 7).T
    travel, handling, flow, hour, pace_travel, pace_handling, on_site = columns
    return Around(
        travel=travel,
        handling=handling,
        flow=flow,
        hour=hour,
        is_on_site=on_site,
        pace_travel=pace_travel,
        pace_handling=pace_handling,
    )


def _present(area: ServiceArea, now: datetime) -> tuple[float, ...]:
    state = find_state(area)
    model = None if state is None else find_model(state.model_id)
    pace = AS_PLANNED if state is None or model is None else build_pace(state.pace)
    usual = AS_PLANNED if model is None else model.usual
    local = now.astimezone(_zone(area.time_zone))
    hour = local.hour + local.minute / 60
    return (
        pace.travel,
        pace.handling,
        pace.flow,
        hour,
        pace.travel / usual.travel,
        pace.handling / usual.handling,
    )


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


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
